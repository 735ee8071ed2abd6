/* SPDX-License-Identifier: MIT */
/*
 * Batch mode: the boot option `batch`.
 */
#pragma once

#include "services/library.h"
#include "services/options.h"

/*
 * Runs the first MODULES programs of LIBRARY, or if MODULES is 0 the one that
 * OPTIONS name, reports on COM1, and powers off or ends QEMU.  Returns only if
 * there was nothing to run and qemu-exit is not set; WARNINGS says so.
 */
void batch_main(const struct options *options, const struct library *library,
                unsigned modules, struct strbuf *warnings);

/* Flushes COM1 and ends QEMU with an exit status; returns on any other PC. */
void exit_qemu(bool good);
