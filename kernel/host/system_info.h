/* SPDX-License-Identifier: MIT */
/*
 * What this process stands on, for the page of what lies below.
 */
#ifndef HOST_FACTS_H
#define HOST_FACTS_H

#include "ui/pages/system_info.h"

/* Writes it into BELOW; none of it changes later.  OPTIONS: the words that
   are none of files. */
void host_facts_fill(struct below *below, const char *options);

#endif
