/* SPDX-License-Identifier: MIT */
#include "system_info.h"
#include "arch/cpu.h"
#include "arch/traps.h"
#include "drivers/clock.h"
#include "drivers/pic.h"
#include "drivers/uart.h"
#include "keyboard_input.h"
#include "video/screen.h"
#include "version.h"
#include <stdarg.h>

#define KERNEL_START 0x100000u

#define IRQ_TIMER    0
#define IRQ_KEYBOARD 1
#define IRQ_COM2     3
#define IRQ_COM1     4

/* From linker.ld.  A note of the linker's: three numbers and four letters are
   before what it is about (System V ABI, "Note Section"). */
extern const uint8_t build_note[], kernel_end[];
#define BUILD_OFFSET 16
#define BUILD_BYTES  4

const char *facts_version(void)
{
    static char version[40];
    struct text text = text_begin(version, sizeof version);

    text_add(&text, "version %s, build ", BABY_VERSION);
    for (unsigned i = 0; i < BUILD_BYTES; i++)
        text_add(&text, "%02x", build_note[BUILD_OFFSET + i]);
    return version;
}

static void add_port(struct text *text, const struct ui *ui, enum port port,
                     enum uart uart)
{
    if (uart_is_present(uart))
        text_add(text, ", COM%u%s", port,
                 ui->console == port ? " terminal" : "");
}

void facts_found(struct text *text, const struct ui *ui)
{
    text_add(text, "Found: screen ");
    screen_describe(text);
    text_add(text, ", keyboard %s",
             keys_outlook() == KEYS_NONE ? "none" : "8042");
    add_port(text, ui, PORT_COM1, UART_COM1);
    add_port(text, ui, PORT_COM2, UART_COM2);
    text_add(text, ", %s", clock_facts().source);
}

__attribute__((format(printf, 4, 5))) static void add(struct below *below,
                                                      enum below_layer layer,
                                                      const char *name,
                                                      const char *format, ...)
{
    struct text text = below_add(below, layer, name);
    va_list arguments;

    va_start(arguments, format);
    text_add_list(&text, format, arguments);
    va_end(arguments);
}

/* --------------------------------------------------------- the kernel --- */

static void add_interrupts(struct below *below)
{
    add(below, BELOW_KERNEL, "interrupts",
        "timer %u, keyboard %u, COM1 %u, COM2 %u; of nobody %u",
        (unsigned)pic_count(IRQ_TIMER), (unsigned)pic_count(IRQ_KEYBOARD),
        (unsigned)pic_count(IRQ_COM1), (unsigned)pic_count(IRQ_COM2),
        (unsigned)(pic_spurious() + traps_unexpected()));
}

static void add_idle(struct below *below, const struct facts_sources *sources)
{
    uint64_t all = sources->awake + sources->asleep;
    unsigned thousandths =
        all == 0 ? 0 : (unsigned)(sources->asleep * 1000u / all);

    add(below, BELOW_KERNEL, "asleep", "%u.%u %% of the time%s",
        thousandths / 10, thousandths % 10,
        clock_wakes() ? "" : ", looking at devices: no tick wakes it");
}

static void add_memory(struct below *below, const struct range *history)
{
    uint32_t kernel = (uint32_t)kernel_end - KERNEL_START;
    uint32_t kept = history->end - history->start;

    add(below, BELOW_KERNEL, "memory", "kernel %u KB; history %u KB at %x",
        (unsigned)kernel >> 10, (unsigned)kept >> 10, (unsigned)history->start);
}

static uint32_t free_memory; /* bytes below 4 GiB */

void facts_start(const struct memory *memory)
{
    free_memory = memory_free(memory);
}

static void add_map(struct below *below, const struct memory *memory)
{
    add(below, BELOW_KERNEL, "memory map",
        "%u ranges told and taken; %u MB free below 4 GB", memory->count,
        (unsigned)(free_memory >> 20));
}

static void add_command(struct below *below, const char *command)
{
    add(below, BELOW_KERNEL, "boot line", "%s",
        command[0] != '\0' ? command : "nothing");
}

/* ------------------------------------------------------------- the PC --- */

static void add_processor(struct below *below)
{
    struct cpu_facts facts = cpu_facts();

    if (!facts.cpuid)
        add(below, BELOW_PC, "processor", "%s, which has no CPUID",
            facts.checks_alignment ? "a 486" : "a 386");
    else if (facts.brand[0] == '\0')
        add(below, BELOW_PC, "processor", "%s, family %u, model %u",
            facts.maker, facts.family, facts.model);
    else
        add(below, BELOW_PC, "processor", "%s", facts.brand);
}

static void add_loader(struct below *below, const struct facts_sources *sources)
{
    const char *loader = sources->boot->loader;
    char hypervisor[CPU_NAME_SIZE];

    cpu_hypervisor_name(hypervisor);
    if (hypervisor[0] != '\0')
        add(below, BELOW_PC, "hypervisor", "%s", hypervisor);
    add(below, BELOW_PC, "started by", "%s, %s",
        sources->bios ? "a BIOS" : "UEFI",
        loader[0] != '\0' ? loader : "a loader without a name");
}

static void add_screen(struct below *below)
{
    struct text text = below_add(below, BELOW_PC, "screen");

    screen_describe(&text);
}

static void add_keyboard(struct below *below)
{
    static const char *const outlooks[] = {
        [KEYS_NONE] = "none was found",
        [KEYS_DOUBTFUL] = "8042, but no key came: the keyboard may be on USB",
        [KEYS_LIKELY] = "8042",
    };

    add(below, BELOW_PC, "keyboard", "%s", outlooks[keys_outlook()]);
}

static void add_serial(struct below *below)
{
    bool com1 = uart_is_present(UART_COM1), com2 = uart_is_present(UART_COM2);

    add(below, BELOW_PC, "serial", "%s%s%s", com1 ? "COM1" : "",
        com1 && com2 ? " and COM2"
        : com2       ? "COM2"
                     : "",
        com1 || com2 ? "" : "none");
}

static void add_clock(struct below *below)
{
    struct clock_facts facts = clock_facts();

    add(below, BELOW_PC, "clock", "%s, %u Hz", facts.source,
        (unsigned)facts.rate);
}

static void add_power(struct below *below, const struct acpi *acpi)
{
    if (!acpi->found)
        add(below, BELOW_PC, "power", "no ACPI: it may not switch off");
    else
        add(below, BELOW_PC, "power", "ACPI %u: %s, %s", acpi->revision,
            acpi->can_sleep ? "switches off" : "does not switch off",
            acpi->can_reset ? "resets" : "has no reset of its own");
}

void facts_fill(struct below *below, const struct facts_sources *sources)
{
    below->version = facts_version();
    below->title[BELOW_KERNEL] = "This kernel: no operating system";
    below->title[BELOW_PC] = "The PC";
    below->count = 0;
    add_interrupts(below);
    add_idle(below, sources);
    add_memory(below, &sources->history);
    add_map(below, &sources->boot->memory);
    add_command(below, sources->boot->command);
    add_processor(below);
    add_loader(below, sources);
    add_screen(below);
    add_keyboard(below);
    add_serial(below);
    add_clock(below);
    add_power(below, sources->acpi);
}
