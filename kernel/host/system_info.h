/* SPDX-License-Identifier: MIT */
/*
 * System information of a hosted process.
 */
#pragma once

#include "ui/pages/system_info.h"

/* The information is constant.  OPTIONS: the arguments that are not files. */
void host_system_info_fill(struct system_info *system_info,
                           const char *options);
