/* SPDX-License-Identifier: MIT */
/*
 * The last page: what the kernel was doing and how the Baby stands, where
 * something has gone wrong that nothing can be done about; for a photograph,
 * and as text for all serial ports.
 */
#ifndef PANIC_PANIC_H
#define PANIC_PANIC_H

#include "arch/multiboot.h"
#include "arch/traps.h"
#include "drivers/acpi.h"
#include "ui/ui.h"

/* Before anything can fail: UI's cells are drawn in then, and its Baby is what
   is shown.  SCREEN, OPTIONS and ACPI are as the boot loader's, the boot
   line and the PC tell: the page may come before screen and keyboard were
   started, and starts them then.  With qemu-exit QEMU is to end with a failure,
   as nobody is there to press a key. */
void fault_start(struct ui *ui, const struct boot_screen *screen,
                 const struct options *options, const struct acpi *acpi);

/*
 * Shows the exception in FRAME on the screen and sends it, and restarts the PC
 * when a key asks for it.  A fault in all this loses only the part of the page
 * that it was in.
 */
_Noreturn void fault_report(struct trap_frame *frame);

/* The same for what no exception tells of: WHY, in words. */
_Noreturn void fault_because(const char *why);

/* .. found by a handler of an interrupt, which interrupted what is at fault. */
_Noreturn void fault_interrupted(const char *why);

#endif
