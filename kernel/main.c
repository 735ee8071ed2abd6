/* SPDX-License-Identifier: MIT */
/*
 * Brings the PC up, wires drivers to the console, and turns the loop.
 */
#include "arch/cpu.h"
#include "arch/multiboot.h"
#include "arch/traps.h"
#include "code.h"
#include "contenders.h"
#include "drivers/acpi.h"
#include "drivers/clock.h"
#include "drivers/pic.h"
#include "drivers/power.h"
#include "drivers/uart.h"
#include "facts.h"
#include "fault.h"
#include "files.h"
#include "keys.h"
#include "screen.h"
#include "serial.h"
#include "sleep.h"
#include "ui/ui.h"
#include "unattended.h"

#define FIRST_PROGRAM "july1948"
#define HISTORY_MOST  (16u << 20) /* bytes */
#define SERIAL_MOST   256         /* bytes in a turn */

static struct boot_information boot;
static struct options options;
static struct acpi acpi;
static struct ui ui;

/* How quick the console is; `make bench` reads it out of memory. */
struct figures {
    uint32_t frames;       /* drawn */
    uint32_t keys;         /* events that came from the keyboard */
    uint32_t worst_key_us; /* from its interrupt until it was on the screen */
    uint32_t ms;           /* since the start, at the last turn */
} figures;

/* Where the debugger's history is kept; the boot tests read it, too. */
struct range history_memory;

void kmain(uint32_t magic, uint32_t information);

static void leave(enum ui_wish wish)
{
    if (wish == WISH_REBOOT)
        power_reboot();
    else if (wish == WISH_POWER_OFF)
        power_off();
    else
        unattended_exit(wish == WISH_SUCCESS);
    ui_stay(&ui);
}

/* KEYS, of which the first can have come at SINCE, are on the screen now. */
static void count_keys(uint32_t keys, uint64_t since)
{
    uint32_t took = (uint32_t)(clock_now() - since);

    figures.keys += keys;
    if (keys > 0 && took > figures.worst_key_us)
        figures.worst_key_us = took;
}

static enum uart uart_of(enum port port)
{
    return port == PORT_COM2 ? UART_COM2 : UART_COM1;
}

/* A bufferful at a time, here and below, so that the loop turns whatever
   comes. */
static void take_bytes(enum port port, uint64_t now)
{
    enum uart uart = uart_of(port);
    char bytes[SERIAL_MOST];
    size_t count = 0;
    uint8_t byte;

    uart_poll(uart);
    while (count < sizeof bytes && uart_take(uart, &byte))
        bytes[count++] = (char)byte;
    ui_received(&ui, port, bytes, count, uart_lost(uart), now);
}

/* False: the port takes no more for now, or there is no more. */
static bool send_bytes(enum port port, uint64_t now)
{
    size_t count, sent = 0, total = 0;
    const char *bytes;

    do {
        count = ui_to_send(&ui, port, &bytes);
        for (sent = 0; sent < count; sent++)
            if (!uart_send(uart_of(port), (uint8_t)bytes[sent]))
                break;
        ui_sent(&ui, port, sent, now);
        total += sent;
    } while (count > 0 && sent == count && total < SERIAL_MOST);
    return count > 0 && sent == count;
}

/* The terminal may have other rows than before. */
static void prepare_screen(void)
{
    if (ui.repaint)
        screen_forget();
    ui.repaint = false;
    screen_set_theme(ui.theme);
    screen_set_rows(ui.cells.rows);
}

/* Tells the page of what lies below how things are. */
static void tell(uint64_t now, uint64_t asleep)
{
    const struct facts_sources sources = {
        .boot = &boot,
        .acpi = &acpi,
        .history = history_memory,
        .awake = now - asleep,
        .asleep = asleep,
    };

    facts_fill(&ui.below, &sources);
}

_Noreturn static void operate(void)
{
    uint64_t asleep = 0;
    uint64_t looked = clock_now(); /* for a key, or woken by one */

    for (;;) {
        uint64_t start = clock_now();
        uint64_t cycles = cpu_cycles();
        bool drawn;

        /* Bytes first: those from before the key that asks for a program
           are none of it. */
        take_bytes(PORT_COM1, start);
        take_bytes(PORT_COM2, start);
        uint32_t keys = keys_take(&ui, start);
        if (ui_shows_below(&ui))
            tell(start, asleep);
        uint32_t wait = ui_turn(&ui, start, &drawn);
        if (drawn) {
            prepare_screen();
            figures.frames++;
        }
        bool more = !screen_show(&ui.cells);

        more |= send_bytes(PORT_COM1, start);
        more |= send_bytes(PORT_COM2, start);
        count_keys(keys, looked);
        figures.ms = (uint32_t)(start / 1000u);
        looked = start;
        if (ui.wish != WISH_NONE)
            leave(ui.wish);
        ui_took(&ui, clock_now() - start, cpu_cycles() - cycles);
        if (wait > 0 && !more) {
            uint64_t slept = clock_now();

            sleep_for(wait);
            looked = clock_now();
            asleep += looked - slept;
        }
    }
}

/* Nothing of the boot loader's is to be read any more, but the modules. */
static void find_history(void)
{
    struct range *found = &history_memory;

    *found = memory_share(&boot.memory, HISTORY_MOST);
    ui.memory = (void *)found->start;
    ui.memory_size = memory_answers(ui.memory, found->end - found->start);
    found->end = found->start + ui.memory_size;
}

/* What the boot loader gave us that we cannot take. */
static void complain_of_boot(struct text *complaints)
{
    if (!boot.valid) {
        text_add_apart(complaints);
        text_add(complaints, "no Multiboot loader started this kernel");
    }
    if (boot.command_cut) {
        text_add_apart(complaints);
        text_add(complaints, "the boot line was longer than %u characters",
                 BOOT_COMMAND_SIZE - 1);
    }
    if (boot.modules_left_out > 0) {
        text_add_apart(complaints);
        text_add(complaints, "%u modules were left out: %u is the most",
                 boot.modules_left_out, BOOT_MODULES_MAX);
    }
}

static void start_port(enum port port, struct text *complaints)
{
    bool console = port == options.console;
    bool found = uart_start(uart_of(port), console ? options.baud : BAUD);

    if (console && found) {
        ui.console = port;
    } else if (console) {
        text_add_apart(complaints);
        text_add(complaints, "this PC has no COM%u for a terminal", port);
    }
}

static void start_serial(struct text *complaints)
{
    start_port(PORT_COM1, complaints);
    if (options.console == PORT_COM2 || options.data == PORT_COM2)
        start_port(PORT_COM2, complaints);
    ui.serial = uart_is_present(uart_of(options.data));
    serial_use(uart_of(options.data));
}

static void describe(struct text *found)
{
    text_add(found, "Found: screen ");
    screen_describe(found);
    text_add(found, ", keyboard %s, COM1 %s",
             ui.keys_outlook == KEYS_NONE ? "none" : "8042",
             uart_is_present(UART_COM1) ? "yes" : "none");
    if (uart_is_present(UART_COM2))
        text_add(found, ", COM2 yes");
    if (ui.console != PORT_NONE)
        text_add(found, ", terminal on COM%u", ui.console);
    text_add(found, ", clock %s", clock_facts().source);
}

/* What was asked for and is not there. */
static void complain_of_screen(struct text *complaints)
{
    if (options.video != VIDEO_LFB || boot.screen.kind == BOOT_SCREEN_GRAPHICS)
        return;
    text_add_apart(complaints);
    text_add(complaints, "video=lfb: the boot loader set no graphics mode");
}

/* As the boot line allows. */
static void start_devices(struct text *complaints)
{
    if (options.cpu_386)
        cpu_take_for_386();
    if (options.notsc)
        cpu_forget_cycles();
    traps_start(fault_report);
    pic_start();
    if (!options.noirq)
        interrupts_on();
    if (!options.acpi_off)
        acpi_start(&acpi, &boot.memory);
    power_start(&acpi);
    clock_start(&acpi, !options.noirq);
    start_serial(complaints);
    keys_start(options.keyboard, &acpi);
}

void kmain(uint32_t magic, uint32_t information)
{
    static char complaint[MESSAGE_SIZE], found[CELLS_COLUMNS];
    static char hypervisor[CPU_NAME_SIZE];
    struct text complaints = text_begin(complaint, sizeof complaint);
    struct text finds = text_begin(found, sizeof found);

    multiboot_read(&boot, magic, information);
    options_read(&options, boot.command, &complaints);
    complain_of_boot(&complaints);
    files_fill(&ui.library, &boot);

    start_devices(&complaints);
    find_history();
    ui.code = &code_area;
    ui.trial_code = &trial_area;
    ui.history_code = &history_area;
    ui.contenders = contenders;
    ui.contender_count = contenders_fill(&trial_area);
    cpu_hypervisor_name(hypervisor);
    ui.hypervisor = hypervisor;
    ui.keys_outlook = keys_outlook();

    if (options.batch)
        unattended_batch(&options, &ui.library, boot.modules, &complaints);
    unsigned rows = screen_start(&boot.screen, &options);

    fault_use(&ui.cells);
    complain_of_screen(&complaints);
    ui.screen = rows > 0;
    if (ui.console == PORT_NONE &&
        (!ui.screen || ui.keys_outlook == KEYS_NONE) &&
        uart_is_present(UART_COM1))
        ui.console = PORT_COM1;
    describe(&finds);
    if (!ui.screen && serial_send(found, finds.length))
        serial_send("\n", 1);
    if (options.video == VIDEO_TEXT25)
        rows = 24;
    else if (!ui.screen)
        rows = CELLS_ROWS_MAX;
    ui_start(&ui, rows, &options, boot.modules, FIRST_PROGRAM, complaint, found,
             clock_now());
    operate();
}
