/* SPDX-License-Identifier: MIT */
#include "system_info.h"
#include "arch/cpu.h"
#include "arch/traps.h"
#include "drivers/clock.h"
#include "drivers/pic.h"
#include "drivers/uart.h"
#include "hypervisor/vm.h"
#include "keyboard_input.h"
#include "usb_input.h"
#include "version.h"
#include "video/screen.h"
#include <stdarg.h>

#define KERNEL_START 0x100000u

#define IRQ_TIMER    0
#define IRQ_KEYBOARD 1
#define IRQ_COM2     3
#define IRQ_COM1     4

#define CONTROLLERS_SHOWN 3 /* as many as fit into a row */

/* The build ID follows a 16-byte header (System V ABI, "Note Section"). */
extern const uint8_t build_note[], kernel_end[];
#define BUILD_OFFSET 16
#define BUILD_BYTES  4

const char *system_info_version(void)
{
    static char version[40];
    struct strbuf text = strbuf_begin(version, sizeof version);

    strbuf_add(&text, "version %s, build ", BABY_VERSION);
    for (unsigned i = 0; i < BUILD_BYTES; i++)
        strbuf_add(&text, "%02x", build_note[BUILD_OFFSET + i]);
    return version;
}

static void add_port(struct strbuf *text, const struct ui *ui, enum port port,
                     enum uart uart)
{
    if (uart_is_present(uart))
        strbuf_add(text, ", COM%u%s", port,
                   ui->view.console == port ? " terminal" : "");
}

void system_info_summary(struct strbuf *text, const struct ui *ui)
{
    strbuf_add(text, "Found: screen ");
    screen_describe(text);
    strbuf_add(text, ", keyboard %s%s",
               keyboard_presence() != KEYBOARD_ABSENT ? "8042"
               : usb_input_is_used()                  ? "USB"
                                                      : "none",
               keyboard_presence() != KEYBOARD_ABSENT && usb_input_is_used()
                   ? " or USB"
                   : "");
    add_port(text, ui, PORT_COM1, UART_COM1);
    add_port(text, ui, PORT_COM2, UART_COM2);
    strbuf_add(text, ", %s", clock_info().source);
}

__attribute__((format(printf, 4, 5))) static void
add(struct system_info *system_info, enum system_info_layer layer,
    const char *name, const char *format, ...)
{
    struct strbuf text = system_info_add(system_info, layer, name);
    va_list arguments;

    va_start(arguments, format);
    strbuf_add_list(&text, format, arguments);
    va_end(arguments);
}

static void add_interrupts(struct system_info *system_info)
{
    add(system_info, LAYER_KERNEL, "interrupts",
        "timer %u, keyboard %u, COM1 %u, COM2 %u; spurious %u",
        (unsigned)pic_count(IRQ_TIMER), (unsigned)pic_count(IRQ_KEYBOARD),
        (unsigned)pic_count(IRQ_COM1), (unsigned)pic_count(IRQ_COM2),
        (unsigned)(pic_spurious() + traps_ignored()));
}

static void add_idle(struct system_info *system_info,
                     const struct system_info_sources *sources)
{
    uint64_t all = sources->awake + sources->asleep;
    unsigned thousandths =
        all == 0 ? 0 : (unsigned)(sources->asleep * 1000u / all);

    add(system_info, LAYER_KERNEL, "idle", "%u.%u %% of the time%s",
        thousandths / 10, thousandths % 10,
        clock_tick_is_reliable() ? "" : " (polling without timer interrupts)");
}

static void add_memory(struct system_info *system_info,
                       const struct range *history)
{
    uint32_t kernel = (uint32_t)kernel_end - KERNEL_START;
    uint32_t kept = history->end - history->start;

    add(system_info, LAYER_KERNEL, "memory",
        "kernel %u KB; history %u KB at %x; engine in ring %u",
        (unsigned)kernel >> 10, (unsigned)kept >> 10, (unsigned)history->start,
        vm_is_started() ? 3u : 0u);
}

static uint32_t free_memory; /* free bytes below 4 GiB */

void system_info_start(const struct memory *memory)
{
    free_memory = memory_free(memory);
}

static void add_map(struct system_info *system_info,
                    const struct memory *memory)
{
    add(system_info, LAYER_KERNEL, "memory map",
        "%u ranges (free or in use); %u MB free below 4 GB", memory->count,
        (unsigned)(free_memory >> 20));
}

static void add_command(struct system_info *system_info, const char *command)
{
    add(system_info, LAYER_KERNEL, "boot line", "%s",
        command[0] != '\0' ? command : "empty");
}

static void add_processor(struct system_info *system_info)
{
    struct cpu_info info = cpu_info();

    if (!info.cpuid)
        add(system_info, LAYER_PC, "processor", "%s without CPUID",
            info.checks_alignment ? "486" : "386");
    else if (info.brand[0] == '\0')
        add(system_info, LAYER_PC, "processor", "%s, family %u, model %u",
            info.vendor, info.family, info.model);
    else
        add(system_info, LAYER_PC, "processor", "%s", info.brand);
}

static void add_loader(struct system_info *system_info,
                       const struct system_info_sources *sources)
{
    const char *loader = sources->boot->loader;
    char hypervisor[CPU_NAME_SIZE];

    cpu_hypervisor_name(hypervisor);
    if (hypervisor[0] != '\0')
        add(system_info, LAYER_PC, "hypervisor", "%s", hypervisor);
    add(system_info, LAYER_PC, "started by", "%s, %s",
        sources->bios ? "BIOS" : "UEFI",
        loader[0] != '\0' ? loader : "unnamed boot loader");
}

static void add_screen(struct system_info *system_info)
{
    struct strbuf text = system_info_add(system_info, LAYER_PC, "screen");

    screen_describe(&text);
}

static void add_keyboard(struct system_info *system_info)
{
    static const char *const presences[] = {
        [KEYBOARD_ABSENT] = "none found",
        [KEYBOARD_UNCERTAIN] = "8042, but no key pressed yet",
        [KEYBOARD_PRESENT] = "8042",
    };
    struct strbuf text = system_info_add(system_info, LAYER_PC, "keyboard");
    enum keyboard_presence presence = keyboard_presence();

    if (presence != KEYBOARD_ABSENT || !usb_input_is_used())
        strbuf_add(&text, "%s", presences[presence]);
    usb_input_describe(&text);
}

/* Adds the first controllers to TEXT, each with its bus, device and function,
   and returns the number of all. */
static unsigned add_controllers(struct strbuf *text, const struct pci *pci)
{
    static const struct {
        uint32_t class_code;
        const char *name;
    } kinds[] = {
        {PCI_CLASS_XHCI, "xHCI"},
        {PCI_CLASS_EHCI, "EHCI"},
        {PCI_CLASS_OHCI, "OHCI"},
        {PCI_CLASS_UHCI, "UHCI"},
    };
    const struct pci_function *found;
    unsigned count = 0;

    for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        for (unsigned j = 0;
             (found = pci_find(pci, kinds[i].class_code, j)) != NULL; j++)
            if (count++ < CONTROLLERS_SHOWN)
                strbuf_add(text, "%s %s %02x:%02x.%u", count > 1 ? "," : ";",
                           kinds[i].name, found->address >> 8u,
                           found->address >> 3 & 31u, found->address & 7u);
    return count;
}

static void add_pci(struct system_info *system_info, const struct pci *pci)
{
    struct strbuf text = system_info_add(system_info, LAYER_PC, "PCI, USB");

    if (pci->count == 0) {
        strbuf_add(&text, "no PCI bus found");
        return;
    }
    strbuf_add(&text, "%u function%s", pci->count, pci->count == 1 ? "" : "s");
    unsigned count = add_controllers(&text, pci);

    if (count == 0)
        strbuf_add(&text, "; no USB controller");
    else if (count > CONTROLLERS_SHOWN)
        strbuf_add(&text, ", %u more", count - CONTROLLERS_SHOWN);
}

static void add_serial(struct system_info *system_info)
{
    bool com1 = uart_is_present(UART_COM1), com2 = uart_is_present(UART_COM2);

    add(system_info, LAYER_PC, "serial", "%s%s%s", com1 ? "COM1" : "",
        com1 && com2 ? " and COM2"
        : com2       ? "COM2"
                     : "",
        com1 || com2 ? "" : "none");
}

static void add_clock(struct system_info *system_info)
{
    struct clock_info info = clock_info();

    add(system_info, LAYER_PC, "clock", "%s, %u Hz", info.source,
        (unsigned)info.rate);
}

static void add_power(struct system_info *system_info, const struct acpi *acpi)
{
    if (!acpi->found)
        add(system_info, LAYER_PC, "power", "no ACPI: power-off may not work");
    else
        add(system_info, LAYER_PC, "power", "ACPI %u: %s, %s", acpi->revision,
            acpi->can_sleep ? "can power off" : "cannot power off",
            acpi->can_reset ? "reset register" : "no reset register");
}

void system_info_fill(struct system_info *system_info,
                      const struct system_info_sources *sources)
{
    system_info->version = system_info_version();
    system_info->title[LAYER_KERNEL] = "This kernel (no operating system)";
    system_info->title[LAYER_PC] = "The PC";
    system_info->count = 0;
    add_interrupts(system_info);
    add_idle(system_info, sources);
    add_memory(system_info, &sources->history);
    add_map(system_info, &sources->boot->memory);
    add_command(system_info, sources->boot->command);
    add_processor(system_info);
    add_loader(system_info, sources);
    add_screen(system_info);
    add_keyboard(system_info);
    add_pci(system_info, sources->pci);
    add_serial(system_info);
    add_clock(system_info);
    add_power(system_info, sources->acpi);
}
