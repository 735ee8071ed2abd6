/* SPDX-License-Identifier: MIT */
/*
 * Brings the PC up, wires drivers to the console, and turns the loop.
 */
#include "arch/cpu.h"
#include "arch/multiboot.h"
#include "arch/traps.h"
#include "boot/programs.h"
#include "console/scancode.h"
#include "drivers/clock.h"
#include "drivers/keyboard.h"
#include "drivers/pic.h"
#include "drivers/power.h"
#include "drivers/uart.h"
#include "fault.h"
#include "screen.h"
#include "serial.h"
#include "ui/batch.h"
#include "ui/ui.h"

#define FIRST_PROGRAM "july1948"
#define QEMU_SUCCESS  0x10
#define QEMU_FAILURE  0x11

static struct boot_information boot;
static struct options options;
static struct ui ui;
static struct batch batch;
static char module_names[BOOT_MODULES_MAX][12];

void kmain(uint32_t magic, uint32_t information);

/* A module without a name is called by its place in the list. */
static const char *name_module(unsigned i)
{
    struct text text = text_begin(module_names[i], sizeof module_names[i]);

    if (boot.module[i].name[0] != '\0')
        return boot.module[i].name;
    text_add(&text, "module-%u", i + 1);
    return module_names[i];
}

static void fill_library(struct library *library)
{
    const struct shipped_program *program = shipped_programs;

    for (unsigned i = 0; i < boot.modules; i++)
        library_add(library, name_module(i), boot.module[i].text,
                    boot.module[i].size);
    for (; program < shipped_programs_end; program++)
        library_add(library, program->name, program->text,
                    (size_t)(program->end - program->text));
}

static void leave(enum ui_wish wish)
{
    if (wish == WISH_REBOOT)
        power_reboot();
    else
        power_off();
}

/* Sleeps until an interrupt, unless a key came meanwhile.  A PC whose ticks
   do not arrive must not sleep: nothing might wake it. */
static void sleep(void)
{
    if (clock_ticks() < 2)
        return;
    interrupts_off();
    if (keyboard_is_waiting())
        interrupts_on();
    else
        halt_until_interrupt();
}

static void take_keys(void)
{
    static struct scancode_decoder decoder;
    struct event event;
    uint8_t byte;

    while (keyboard_take(&byte))
        if (scancode_decode(&decoder, byte, &event))
            ui_event(&ui, &event);
}

_Noreturn static void operate(void)
{
    for (;;) {
        uint64_t start = clock_now();
        bool drawn;

        take_keys();
        uint32_t wait = ui_turn(&ui, start, &drawn);
        if (drawn)
            screen_show(&ui.cells);
        if (ui.wish != WISH_NONE)
            leave(ui.wish);
        ui_took(&ui, clock_now() - start);
        if (wait > 0)
            sleep();
    }
}

static bool run_batch(void)
{
    while (batch_turn(&batch)) {
        if (!serial_send(batch.out.at, batch.out.length))
            return false;
        batch.out = text_begin(batch.buffer, sizeof batch.buffer);
    }
    return !batch.failed;
}

/* Returns only if there was nothing to run and nobody waits for a status. */
static void batch_and_leave(struct text *complaints)
{
    bool any = batch_start(&batch, &options, &ui.library, boot.modules,
                           complaints);
    bool good = run_batch();

    serial_flush();
    if (!any && !options.qemu_exit)
        return;
    if (options.qemu_exit)
        power_exit_qemu(good ? QEMU_SUCCESS : QEMU_FAILURE);
    else
        power_off();
    halt_for_good();
}

static void describe(struct text *found, bool screen, bool keyboard, bool uart)
{
    text_add(found, "Found: screen %s, keyboard %s, COM1 %s",
             screen ? "VGA text" : "none", keyboard ? "8042" : "none",
             uart ? "yes" : "none");
}

void kmain(uint32_t magic, uint32_t information)
{
    static char complaint[MESSAGE_SIZE], found[CELLS_COLUMNS];
    struct text complaints = text_begin(complaint, sizeof complaint);
    struct text finds = text_begin(found, sizeof found);

    multiboot_read(&boot, magic, information);
    options_read(&options, boot.command, &complaints);
    fill_library(&ui.library);

    traps_start(fault_report);
    pic_start();
    clock_start();
    bool uart = uart_start();
    bool keyboard = keyboard_start();
    interrupts_on();

    if (options.batch)
        batch_and_leave(&complaints);
    bool screen = options.video != VIDEO_NONE &&
                  screen_start(options.video == VIDEO_TEXT25, boot.graphics);
    describe(&finds, screen, keyboard, uart);
    ui_start(&ui, options.video == VIDEO_TEXT25 ? 24 : 50, &options,
             boot.modules, FIRST_PROGRAM, complaint, found, clock_now());
    operate();
}
