/* SPDX-License-Identifier: MIT */
#include "panic.h"
#include "arch/cpu.h"
#include "arch/paging.h"
#include "drivers/clock.h"
#include "drivers/power.h"
#include "hypervisor/guest_memory.h"
#include "hypervisor/user_mode.h"
#include "panic_screen.h"
#include "platform/batch_main.h"
#include "platform/floppy_disk.h"
#include "platform/keyboard_input.h"
#include "platform/serial_io.h"
#include "platform/usb_input.h"
#include "platform/watchdog.h"
#include "video/screen.h"

#define KIOSK_WAIT_US 30000000u
#define KIOSK_POLLS   100000000u /* without a clock */

#define STACK_CANARY 0xFF0A0D00u /* terminator canary: NUL, CR, LF, FF */

static struct ui *console;
static const struct boot_screen *screen;
static const struct options *options;
static const struct acpi *acpi;
static const char *message; /* NULL if an exception is the cause */
static struct panic_report report;
static unsigned parts_done;

void panic_start(struct ui *new_console, const struct boot_screen *new_screen,
                 const struct options *new_options, const struct acpi *new_acpi)
{
    console = new_console;
    screen = new_screen;
    options = new_options;
    acpi = new_acpi;
}

/* USB controllers write to memory on their own, and a motor would go on. */
static void stop_devices(const struct panic_report *unused)
{
    (void)unused;
    usb_input_disconnect();
    floppy_disk_stop();
}

static void start_devices(const struct panic_report *unused)
{
    (void)unused;
    if (!console->view.environment.screen)
        screen_start(screen, &options->screen);
    if (keyboard_presence() == KEYBOARD_ABSENT)
        keyboard_input_start(options->keyboard, acpi, false);
}

static void show(const struct panic_report *shown)
{
    screen_set_size((struct cells_size){PANIC_ROWS, PAGE_COLUMNS});
    screen_invalidate();
    unsigned drawn = 0;

    while (!screen_show(&shown->ui->view.cells, &drawn))
        continue;
}

/* An exhibit restarts by itself.  A panic may come before the clock has been
   started. */
static bool restarts(uint64_t start, unsigned polls)
{
    if (options->kiosk == 0)
        return false;
    return clock_info().rate != 0 ? clock_now() - start >= KIOSK_WAIT_US
                                  : polls >= KIOSK_POLLS;
}

static void wait(const struct panic_report *shown)
{
    uint64_t start = clock_info().rate != 0 ? clock_now() : 0;

    if (options->qemu_exit)
        exit_qemu(false);
    for (unsigned polls = 0;
         !keyboard_input_enter_pressed() &&
         !serial_io_enter_pressed(shown->ui) && !restarts(start, polls);
         polls++)
        pause_briefly();
    paging_stop();
    power_reboot();
}

/* Each part is started only once, so a part that faults is skipped. */
static void (*const parts[])(const struct panic_report *report) = {
    stop_devices,
    panic_draw_title,
    panic_draw_registers,
    panic_draw_backtrace,
    panic_draw_baby,
    start_devices,
    show,
    panic_send,
    wait,
};

#define PARTS (sizeof parts / sizeof parts[0])

void panic_exception(struct trap_frame *frame)
{
    interrupts_off();
    watchdog_suspend();
    if (parts_done == 0)
        report = (struct panic_report){*frame, message, console,
                                       cpu_page_fault_address()};
    else if (frame->vector == VECTOR_NMI)
        parts_done--; /* repeat the part that the NMI interrupted */
    while (parts_done < PARTS)
        parts[parts_done++](&report);
    halt_forever();
}

void panic(const char *text)
{
    message = text;
    invalid_opcode();
}

void panic_interrupted(const char *text)
{
    message = text;
    panic_exception(traps_interrupted());
}

/* Used by the compiler's stack protector, also in ring 3. */
USER_CONSTANT const uint32_t __stack_chk_guard = STACK_CANARY;

_Noreturn void __stack_chk_fail(void);

USER_CODE void __stack_chk_fail(void)
{
    if (user_mode())
        user_call(USER_CALL_SMASHED);
    panic("Stack smashing: a function wrote past the end of an array");
}
