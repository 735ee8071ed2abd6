/* SPDX-License-Identifier: MIT */
/*
 * System information of a hosted process.
 */
#ifndef HOST_SYSTEM_INFO_H
#define HOST_SYSTEM_INFO_H

#include "ui/pages/system_info.h"

/* The information is constant.  OPTIONS: the arguments that are not files. */
void host_system_info_fill(struct system_info *system_info,
                           const char *options);

#endif
