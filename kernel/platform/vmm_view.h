/* SPDX-License-Identifier: MIT */
/* What the page of machines shows of the hypervisor. */
#pragma once

#include "ui/base/view.h"

/* For guests that run in ring 3 */
extern const struct vmm_view vmm_view;
