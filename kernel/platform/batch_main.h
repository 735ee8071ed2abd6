/* SPDX-License-Identifier: MIT */
/* Runs the kernel in batch mode (the boot option `batch`). */
#pragma once

#include "services/batch.h"

/* Runs the first MODULES programs of LIBRARY or, if MODULES is 0, the program
   named by the options.  Reports on the serial port, then powers off or exits
   QEMU.  Returns only if there was nothing to run and qemu-exit is not set;
   WARNINGS then contains the reason.  BATCH must be zeroed, and is zeroed again
   on return. */
void batch_main(struct batch *batch, const struct options *options,
                const struct library *library, unsigned modules,
                struct strbuf *warnings);

/* Flushes the serial port and exits QEMU.  Returns if not running in QEMU. */
void exit_qemu(bool good);
