/* SPDX-License-Identifier: MIT */
/*
 * What was handed over, or asked for, and cannot be had.
 */
#ifndef COMPLAINTS_H
#define COMPLAINTS_H

#include "arch/multiboot.h"
#include "services/options.h"

/* Each adds its sentences, apart by "; ". */

void complain_of_boot(struct text *complaints,
                      const struct boot_information *boot);
void complain_of_screen(struct text *complaints, const struct options *options,
                        const struct boot_information *boot);

#endif
