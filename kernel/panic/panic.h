/* SPDX-License-Identifier: MIT */
/* Kernel panic: displays the panic screen and reboots when Enter is pressed. */
#pragma once

#include "arch/multiboot.h"
#include "arch/traps.h"
#include "drivers/acpi.h"
#include "ui/ui.h"

/* Must be called first, because everything after it may panic.  The panic
   screen is drawn in UI's cells.  A panic during boot starts the screen and the
   keyboard from SCREEN, OPTIONS and ACPI, which may be filled in later.  With
   qemu-exit, a panic exits QEMU with a failure status. */
void panic_start(struct ui *ui, const struct boot_screen *screen,
                 const struct options *options, const struct acpi *acpi);

/* Panics because of the exception in FRAME.  If drawing a part of the panic
   screen causes another fault, only that part is lost. */
_Noreturn void panic_exception(struct trap_frame *frame);

/* Panics without an exception.  MESSAGE describes the cause. */
_Noreturn void panic(const char *message);

/* Panics from an interrupt handler and reports the interrupted code. */
_Noreturn void panic_interrupted(const char *message);
