/* SPDX-License-Identifier: MIT */
/* System information of a hosted process */
#pragma once

#include "ui/pages/system_info.h"

/* OPTIONS holds the command-line arguments that are not file names. */
void host_system_info_fill(struct system_info *system_info,
                           const char *options);
