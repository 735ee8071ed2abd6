/* SPDX-License-Identifier: MIT */
/*
 * Kernel panic: shows the panic screen, sends it to all serial ports, and
 * restarts the PC when Enter is pressed.
 */
#pragma once

#include "arch/multiboot.h"
#include "arch/traps.h"
#include "drivers/acpi.h"
#include "ui/ui.h"

/*
 * Call first, as everything after it may panic.  The panic screen is drawn in
 * UI's cells and shows UI's Baby.  SCREEN, OPTIONS and ACPI may be filled in
 * later: a panic during boot starts the screen and the keyboard from them.
 * With qemu-exit the panic ends QEMU with a failure and waits for no key.
 */
void panic_start(struct ui *ui, const struct boot_screen *screen,
                 const struct options *options, const struct acpi *acpi);

/*
 * Panics because of the exception in FRAME.  A further fault while drawing
 * loses only the part of the panic screen that it occurred in.
 */
_Noreturn void panic_exception(struct trap_frame *frame);

/* Panics without an exception; MESSAGE says what happened. */
_Noreturn void panic(const char *message);

/* Panics from an interrupt handler; the interrupted code is at fault. */
_Noreturn void panic_interrupted(const char *message);
