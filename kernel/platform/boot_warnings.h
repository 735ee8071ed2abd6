/* SPDX-License-Identifier: MIT */
/* Warnings about boot loader data and options that cannot be honoured. */
#pragma once

#include "arch/multiboot.h"
#include "services/options.h"

/* Both functions append their warnings, separated by "; ". */

void warn_boot(struct strbuf *warnings, const struct boot_information *boot);
void warn_screen(struct strbuf *warnings, const struct options *options,
                 const struct boot_information *boot);
