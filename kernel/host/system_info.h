/* SPDX-License-Identifier: MIT */
/*
 * What this process stands on, for the page of what lies below.
 */
#ifndef HOST_SYSTEM_INFO_H
#define HOST_SYSTEM_INFO_H

#include "ui/pages/system_info.h"

/* Writes it into BELOW; none of it changes later.  OPTIONS: the words that
   are none of files. */
void host_facts_fill(struct system_info *system_info, const char *options);

#endif
