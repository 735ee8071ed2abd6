/* SPDX-License-Identifier: MIT */
/*
 * What was handed over, or asked for, and cannot be had.
 */
#ifndef PLATFORM_BOOT_WARNINGS_H
#define PLATFORM_BOOT_WARNINGS_H

#include "arch/multiboot.h"
#include "services/options.h"

/* Each adds its sentences, apart by "; ". */

void warn_boot(struct strbuf *warnings, const struct boot_information *boot);
void warn_screen(struct strbuf *warnings, const struct options *options,
                 const struct boot_information *boot);

#endif
