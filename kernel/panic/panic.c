/* SPDX-License-Identifier: MIT */
#include "panic.h"
#include "arch/cpu.h"
#include "arch/paging.h"
#include "drivers/power.h"
#include "panic_screen.h"
#include "platform/keyboard_input.h"
#include "video/screen.h"
#include "platform/batch_main.h"
#include "platform/watchdog.h"
#include "platform/serial_io.h"

#define STACK_MARK 0xFF0A0D00u /* a text that runs over does not keep it */

static struct ui *ui;
static const struct boot_screen *screen;
static const struct options *options;
static const struct acpi *acpi;
static const char *because; /* NULL: only the exception tells */
static struct fault fault;
static unsigned parts_done;

void fault_start(struct ui *shown, const struct boot_screen *told,
                 const struct options *wanted, const struct acpi *found)
{
    ui = shown;
    screen = told;
    options = wanted;
    acpi = found;
}

static void start_devices(const struct fault *unused)
{
    (void)unused;
    if (!ui->view.environment.screen)
        screen_start(screen, options);
    if (keyboard_presence() == KEYBOARD_ABSENT)
        keyboard_input_start(options->keyboard, acpi, false);
}

static void show(const struct fault *shown)
{
    screen_set_rows(FAULT_ROWS);
    screen_forget();
    while (!screen_show(&shown->ui->view.cells))
        continue;
}

static void wait(const struct fault *shown)
{
    if (options->qemu_exit)
        unattended_exit(false);
    while (!keyboard_input_enter_pressed() &&
           !serial_io_enter_pressed(shown->ui))
        pause_briefly();
    paging_stop();
    power_reboot();
}

/* Each is begun once: one that faults is passed over. */
static void (*const parts[])(const struct fault *fault) = {
    fault_page_begin,   fault_page_registers,
    fault_page_callers, fault_page_baby,
    start_devices,      show,
    fault_page_send,    wait,
};

#define PARTS (sizeof parts / sizeof parts[0])

void fault_report(struct trap_frame *frame)
{
    interrupts_off();
    watchdog_rest();
    if (parts_done == 0)
        fault = (struct fault){*frame, because, ui, cpu_page_fault_address()};
    else if (frame->vector == VECTOR_NMI)
        parts_done--; /* no fault of that part's; no second one comes */
    while (parts_done < PARTS)
        parts[parts_done++](&fault);
    halt_for_good();
}

void fault_because(const char *why)
{
    because = why;
    invalid_opcode();
}

void fault_interrupted(const char *why)
{
    because = why;
    fault_report(traps_interrupted());
}

/* What gcc and clang call where a function finds that something has written
   beyond an array in its frame, and what it is to find there. */
const uint32_t __stack_chk_guard = STACK_MARK;

_Noreturn void __stack_chk_fail(void);

void __stack_chk_fail(void)
{
    fault_because("A function wrote beyond an array on the stack");
}
