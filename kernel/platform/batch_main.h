/* SPDX-License-Identifier: MIT */
/*
 * The PC without an operator: `batch` on the boot line.
 */
#ifndef PLATFORM_BATCH_MAIN_H
#define PLATFORM_BATCH_MAIN_H

#include "services/library.h"
#include "services/options.h"

/*
 * Runs the first MODULES programs of LIBRARY, else the one that OPTIONS name,
 * reports on COM1 and leaves.  Returns only if there was nothing to run and
 * nobody waits for QEMU's status; COMPLAINTS says so then.
 */
void unattended_batch(const struct options *options,
                      const struct library *library, unsigned modules,
                      struct strbuf *warnings);

/* Ends QEMU with a status, once COM1 is empty; returns where there is none. */
void unattended_exit(bool good);

#endif
