/* SPDX-License-Identifier: MIT */
/* Initializes the PC, connects drivers and console, and runs the main loop. */
#include "arch/cpu.h"
#include "arch/multiboot.h"
#include "arch/paging.h"
#include "arch/traps.h"
#include "drivers/acpi.h"
#include "drivers/clock.h"
#include "drivers/keyboard.h"
#include "drivers/pci.h"
#include "drivers/pic.h"
#include "drivers/power.h"
#include "drivers/power_button.h"
#include "drivers/uart.h"
#include "hypervisor/vm.h"
#include "panic/fault_injection.h"
#include "panic/guest_fault.h"
#include "panic/panic.h"
#include "panic/wild_engine.h"
#include "platform/batch_main.h"
#include "platform/bench_engines.h"
#include "platform/boot_programs.h"
#include "platform/boot_warnings.h"
#include "platform/code_memory.h"
#include "platform/floppy_disk.h"
#include "platform/guest_places.h"
#include "platform/idle.h"
#include "platform/keyboard_input.h"
#include "platform/memory_protection.h"
#include "platform/serial.h"
#include "platform/serial_io.h"
#include "platform/system_info.h"
#include "platform/usb_input.h"
#include "platform/watchdog.h"
#include "services/option_parser.h"
#include "ui/ui.h"
#include "video/screen.h"

#define FIRST_PROGRAM "july1948"
#define BUTTON_US     50000u      /* time between polls of the power button */
#define HISTORY_MAX   (16u << 20) /* maximum size of history memory in bytes */

static struct boot_information boot;
static struct options options;
static struct acpi acpi;
static struct pci pci;
static struct ui ui;

/* Performance counters, read from memory by the boot tests and `make bench` */
struct perf_counters {
    uint32_t frames;       /* number of frames drawn */
    uint32_t keys;         /* number of key events */
    uint32_t worst_key_us; /* longest delay from key interrupt to screen */
    uint32_t ms;           /* time of the last loop iteration, in ms */
    uint32_t instructions; /* instructions of the Baby, modulo 2^32 */
    uint32_t worst_usb_us; /* longest call of usb_input_poll() */
} perf_counters;

/* Memory for the undo journal and history, also read by the boot tests */
struct range history_memory;

extern const char kernel_end[]; /* defined in linker.ld */

void kmain(uint32_t magic, uint32_t information);

/* Disables paging, as the ACPI reset register may be at an unmapped address. */
static void reboot(void)
{
    bool paged = paging_is_on();

    paging_stop();
    power_reboot();
    if (paged)
        paging_start();
}

static void handle_request(enum ui_request request)
{
    watchdog_suspend();
    serial_io_close_terminal(&ui);
    usb_input_stop();
    floppy_disk_stop();
    if (request == REQUEST_REBOOT)
        reboot();
    else if (request == REQUEST_POWER_OFF)
        power_off();
    else
        exit_qemu(request == REQUEST_SUCCESS);
    usb_input_restart(clock_now());
    ui_request_failed(&ui);
}

/* Counts KEYS, which arrived after SINCE.  Their delay ends when they have been
   drawn, unless the drawing is PENDING.  Cells not yet shown are not waited
   for. */
static void count_keys(uint32_t keys, uint64_t since, bool pending)
{
    static bool waiting;
    static uint64_t first;

    perf_counters.keys += keys;
    if (keys > 0 && !waiting) {
        waiting = true;
        first = since;
    }
    if (!waiting || pending)
        return;
    waiting = false;
    uint32_t took = (uint32_t)(clock_now() - first);

    if (took > perf_counters.worst_key_us)
        perf_counters.worst_key_us = took;
}

/* Time when no byte of the keyboard was waiting, or of the last wakeup */
static uint64_t no_key_at;

/* NOW must have been read before. */
static bool key_waits(uint64_t now)
{
    if (keyboard_has_byte() || usb_input_has_event())
        return true;
    no_key_at = now;
    return false;
}

/* Draws changed cells until a key is pressed, but no longer than a slice of the
   machine lasts.  Returns true if all are shown, and their number in DRAWN. */
static bool show(unsigned *drawn)
{
    uint32_t slice = pace_slice(&ui.view.session.pace);
    uint64_t start = clock_now();

    *drawn = 0;
    while (!screen_show(&ui.view.cells, drawn)) {
        watchdog_feed();
        uint64_t now = clock_now();

        if (key_waits(now) || now - start >= slice)
            return false;
    }
    return true;
}

/* Suspends the watchdog, as clearing a large framebuffer may take seconds. */
static void prepare_screen(void)
{
    if (ui.repaint)
        screen_invalidate();
    ui.repaint = false;
    watchdog_suspend();
    screen_set_theme(ui.view.theme);
    screen_set_size(
        (struct cells_size){ui.view.cells.rows, ui.view.cells.columns});
    watchdog_feed();
}

/* Draws a part of the screen, the FIRST one after a turn that began at TURNED.
   Returns true if it was the last one. */
static bool show_part(bool first, uint64_t turned)
{
    uint64_t turn = clock_now() - turned;
    unsigned cells;

    if (first) {
        prepare_screen();
        perf_counters.frames++;
    }
    uint64_t start = clock_now();
    bool all = show(&cells);
    uint64_t end = clock_now();

    ui_account_cells(&ui, first, cells, end - start);
    ui_account_drawing(&ui, &(struct drawing_part){
                                first, all, first ? turned : start, end, turn});
    return all;
}

/* A BIOS data area may also come from UEFI's CSM, but only a loader under a
   BIOS keeps text mode by default or reports the boot drive. */
static bool has_bios(void)
{
    return acpi_has_bios() &&
           (boot.bios_drive || boot.screen.kind != BOOT_SCREEN_GRAPHICS);
}

static void poll_power_button(uint64_t now)
{
    static uint64_t polled;

    if (now - polled < BUTTON_US)
        return;
    polled = now;
    if (power_button_pressed())
        keys_power_button(&ui);
}

static void update_system_info(uint64_t now, uint64_t asleep)
{
    const struct system_info_sources sources = {
        .boot = &boot,
        .acpi = &acpi,
        .pci = &pci,
        .bios = has_bios(),
        .history = history_memory,
        .awake = now - asleep,
        .asleep = asleep,
    };

    system_info_fill(&ui.system_info, &sources);
}

/* Returns the number of key events. */
static uint32_t poll_usb(uint64_t now)
{
    uint64_t start = clock_now();
    uint32_t keys = usb_input_poll(&ui, keyboard_presence(), now);
    uint32_t took = (uint32_t)(clock_now() - start);

    if (took > perf_counters.worst_usb_us)
        perf_counters.worst_usb_us = took;
    return keys;
}

_Noreturn static void main_loop(void)
{
    uint64_t asleep = 0;
    bool showing = false; /* true if screen_show() must draw more cells */

    for (;;) {
        bool draws;

        watchdog_feed();
        for (uint64_t now = clock_now(); ui_more(&ui, now); now = clock_now())
            key_waits(now);
        uint64_t start = clock_now(), since = no_key_at;

        /* Receive before polling keys.  If a key starts receiving a file, older
           bytes must not become part of it. */
        serial_io_receive(&ui, start);
        uint32_t keys = keyboard_input_poll(&ui, start);
        keys += poll_usb(start);
        no_key_at = start;
        if (ui_shows_system_info(&ui))
            update_system_info(start, asleep);
        uint64_t turned = clock_now(), cycles = cpu_cycles();
        uint32_t wait = ui_work(&ui, start, &draws);

        ui_account_time(&ui, clock_now() - turned, cpu_cycles() - cycles);
        if (draws)
            ui_draw(&ui);
        if (draws || showing)
            showing = !show_part(draws, turned);
        bool more = serial_io_send(&ui, start) || showing;

        count_keys(keys, since, ui.view.changed);
        perf_counters.ms = (uint32_t)(start / 1000u);
        perf_counters.instructions =
            (uint32_t)ui.view.session.machine.instructions;
        poll_power_button(start);
        floppy_disk_poll(clock_now());
        if (ui.view.request != REQUEST_NONE)
            handle_request(ui.view.request);
        if (wait > 0 && !more && !floppy_disk_is_busy()) {
            uint64_t slept = clock_now();

            sleep_for(wait);
            no_key_at = clock_now();
            asleep += no_key_at - slept;
        }
    }
}

/* Allocates history memory and enables paging.  Afterwards the loader's data is
   no longer accessible, except for modules. */
static void start_memory(struct strbuf *warnings)
{
    struct range *found = &history_memory, registers[USB_CONTROLLERS];
    unsigned count = usb_input_registers(registers);
    bool paging;

    system_info_start(&boot.memory);
    *found = memory_share(&boot.memory, HISTORY_MAX + guest_places_size);
    found->end = found->start +
                 memory_test((void *)found->start, found->end - found->start);
    paging = memory_protection_start(&boot, registers, count, found);
    usb_input_start(&ui, found, !options.noirq, clock_now());
    if (!paging) {
        strbuf_add_apart(warnings);
        strbuf_add(warnings,
                   "not enough memory for paging: memory is not protected");
    } else {
        vm_start();
        guest_places_start(&ui.view.environment, guest_fault_describe);
    }
    floppy_disk_start(&ui, &boot, found);
    guest_places_fill(&ui.view.environment, *found);
}

static void hang(void)
{
    panic_interrupted("Watchdog: the main loop has not run for two seconds");
}

static void start_devices(struct strbuf *warnings)
{
    if (options.cpu_386)
        cpu_treat_as_386();
    if (options.notsc)
        cpu_disable_tsc();
    pic_start();
    if (!options.noirq)
        interrupts_on();
    if (!options.acpi_off)
        acpi_start(&acpi, &boot.memory);
    power_start(&acpi);
    power_button_start(&acpi);
    pci_start(&pci);
    clock_start(&acpi, !options.noirq);
    serial_io_start(&ui, &options, warnings);
    keyboard_input_start(options.keyboard, &acpi, has_bios());
    if (!options.batch)
        usb_input_find(&pci, options.usb, keyboard_presence());
}

void kmain(uint32_t magic, uint32_t information)
{
    static char warning[MESSAGE_SIZE], found[PAGE_COLUMNS];
    static char hypervisor[CPU_NAME_SIZE];
    struct strbuf warnings = strbuf_begin(warning, sizeof warning);
    struct strbuf finds = strbuf_begin(found, sizeof found);

    panic_start(&ui, &boot.screen, &options, &acpi);
    traps_start(panic_exception);
    multiboot_read(&boot, magic, information, (uint32_t)kernel_end);
    options_read(&options, boot.command, &warnings);
    options_hide_secrets(boot.command);
    warn_boot(&warnings, &boot);
    unsigned in_modules = boot_programs_fill(&ui.view.library, &boot);

    start_devices(&warnings);
    start_memory(&warnings);
    watchdog_start(hang);
    if (options.batch)
        batch_main(&ui.batch, &options, &ui.view.library, in_modules,
                   &warnings);
    ui.view.environment.code = &code_area;
    ui.view.environment.timed_run_code = &timed_run_area;
    ui.view.environment.history_code = &history_area;
    ui.view.environment.bench_entries = bench_entries;
    ui.view.environment.bench_entry_count =
        bench_entries_fill(&timed_run_area, ui.report.work.room);
    cpu_hypervisor_name(hypervisor);
    ui.view.environment.hypervisor = hypervisor;
    ui.view.environment.keyboard_presence = keyboard_presence();
    usb_input_poll(&ui, keyboard_presence(), clock_now());

    struct screen_sizes sizes = screen_start(&boot.screen, &options.screen);

    warn_screen(&warnings, &options, &boot);
    ui.view.environment.screen = sizes.page.rows > 0;
    if (!ui.view.environment.screen ||
        ui.view.environment.keyboard_presence == KEYBOARD_ABSENT)
        serial_io_enable_terminal(&ui);
    system_info_summary(&finds, &ui);
    if (!ui.view.environment.screen && serial_send(found, finds.length))
        serial_send("\n", 1);
    if (options.screen.video == VIDEO_TEXT25)
        sizes.page.rows = SHORT_ROWS;
    else if (!ui.view.environment.screen)
        sizes.page = (struct cells_size){CELLS_ROWS_MAX, CELLS_COLUMNS_MAX};
    ui_start(&ui, sizes, &options, in_modules, FIRST_PROGRAM, warning, found,
             clock_now());
    watchdog_feed();
    inject_fault(options.fault);
    if (wild_engine(options.fault) != NULL)
        session_set_engine(&ui.view.session, wild_engine(options.fault),
                           &code_area);
    main_loop();
}
