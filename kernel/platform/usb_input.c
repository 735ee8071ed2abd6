/* SPDX-License-Identifier: MIT */
#include "usb_input.h"
#include "arch/paging.h"
#include "console/usb_report.h"
#include "drivers/pic.h"
#include "drivers/usb/usb.h"
#include "drivers/usb/xhci_pci.h"

#define MEMORY_LEFT                                                            \
    0x40000u              /* of the memory for undo and history, at least      \
                           */
#define STOP_POLLS 200000 /* reads of a register; a stop takes 16 ms */

/* IRQs that no device of a PC without PCI uses, bit N for IRQ N */
#define SHARED_IRQS 0x0E20u /* 5 and 9 to 11 */

/* Interrupts between two polls: more than a controller may cause in 5 s.  The
   line may be shared with a device that nobody acknowledges. */
#define STORM 5000u

struct controller {
    struct xhci_place place;
    uintptr_t registers; /* linear address, or 0 if they are not mapped */
    bool started;
    const char
        *problem; /* why it is not used: a sentence about the PC, or NULL */
    struct usb usb;
    struct usb_report_decoder decoders[USB_KEYBOARDS];
    struct usb_location locations[USB_KEYBOARDS];
};

static struct controller controllers[USB_CONTROLLERS];
static unsigned controller_count;
static const char *older; /* problem if there are only controllers of USB 2 */
static struct ui *console;
static uint32_t events; /* key events sent in this poll */
static volatile uint32_t interrupts_seen;

/* ------------------------------------------------------------ controllers ---
 */

static uint32_t read32(void *context, uint32_t offset)
{
    const struct controller *controller = context;

    return *(volatile uint32_t *)(controller->registers + offset);
}

static void write32(void *context, uint32_t offset, uint32_t value)
{
    const struct controller *controller = context;

    *(volatile uint32_t *)(controller->registers + offset) = value;
}

static void find_older(const struct pci *pci)
{
    static const struct {
        uint32_t class_code;
        const char *problem;
    } kinds[] = {
        {PCI_CLASS_EHCI, "its USB controllers (EHCI) are not supported"},
        {PCI_CLASS_OHCI, "its USB controllers (OHCI) are not supported"},
        {PCI_CLASS_UHCI, "its USB controllers (UHCI) are not supported"},
    };

    for (unsigned i = sizeof kinds / sizeof kinds[0]; i-- > 0;)
        if (pci_find(pci, kinds[i].class_code, 0) != NULL)
            older = kinds[i].problem;
}

void usb_input_find(const struct pci *pci, unsigned use,
                    enum keyboard_presence presence)
{
    enum xhci_presence found;

    if (use == USB_OFF || (use == USB_AUTO && presence == KEYBOARD_PRESENT))
        return;
    find_older(pci);
    for (unsigned i = 0; i < USB_CONTROLLERS; i++) {
        struct controller *controller = &controllers[i];

        found = xhci_find(pci, i, &controller->place);
        if (found == XHCI_ABSENT)
            return;
        controller_count++;
        if (found == XHCI_UNASSIGNED)
            controller->problem =
                "the firmware gave its USB controller no address";
        else if (found == XHCI_REACHABLE)
            controller->registers = (uintptr_t)controller->place.address;
    }
}

unsigned usb_input_registers(struct range ranges[USB_CONTROLLERS])
{
    unsigned count = 0;

    for (unsigned i = 0; i < controller_count; i++) {
        uint32_t start = (uint32_t)controllers[i].registers;

        if (start != 0)
            ranges[count++] =
                (struct range){start, start + controllers[i].place.size};
    }
    return count;
}

/* Takes SIZE bytes from the end of MEMORY.  Returns 0 if too few are left. */
static uint32_t take_memory(struct range *memory, uint32_t size)
{
    uint32_t end = memory->end & ~(XHCI_PAGE - 1);

    if (end < memory->start || end - memory->start < size + MEMORY_LEFT)
        return 0;
    memory->end = (end - size) & ~(XHCI_PAGE - 1);
    return memory->end;
}

/* ------------------------------------------------------------- keyboards ---
 */

static void add_location(struct strbuf *text, struct usb_location location)
{
    strbuf_add(text, " at port %u", location.port);
    if (location.hubs == 1)
        strbuf_add(text, " behind a hub");
    else if (location.hubs > 1)
        strbuf_add(text, " behind %u hubs", location.hubs);
}

static void send_events(struct controller *controller, unsigned keyboard,
                        uint64_t now)
{
    struct usb_report_decoder *decoder = &controller->decoders[keyboard];
    struct event event;

    while (usb_report_next(decoder, now, &event)) {
        ui_event(console, &event);
        events++;
    }
    if (controller->usb.keyboards[keyboard].used)
        usb_set_leds(&controller->usb, keyboard, decoder->leds);
}

static void plugged(void *context, unsigned keyboard,
                    struct usb_location location)
{
    struct controller *controller = context;
    char notice[NOTICE_SIZE];
    struct strbuf text = strbuf_begin(notice, sizeof notice);

    controller->decoders[keyboard] = (struct usb_report_decoder){.leds = 0};
    controller->locations[keyboard] = location;
    strbuf_add(&text, "USB keyboard");
    add_location(&text, location);
    ui_notice(console, notice);
}

static void report(void *context, unsigned keyboard, const uint8_t *bytes,
                   unsigned size)
{
    struct controller *controller = context;

    usb_report_receive(&controller->decoders[keyboard], bytes, size);
    send_events(controller, keyboard, controller->usb.xhci.now);
}

static void unplugged(void *context, unsigned keyboard)
{
    struct controller *controller = context;
    char notice[NOTICE_SIZE];
    struct strbuf text = strbuf_begin(notice, sizeof notice);

    usb_report_unplug(&controller->decoders[keyboard]);
    send_events(controller, keyboard, controller->usb.xhci.now);
    strbuf_add(&text, "USB keyboard");
    add_location(&text, controller->locations[keyboard]);
    strbuf_add(&text, " was unplugged");
    ui_notice(console, notice);
}

static void failed(void *context, struct usb_location location,
                   const char *what)
{
    char notice[NOTICE_SIZE];
    struct strbuf text = strbuf_begin(notice, sizeof notice);

    (void)context;
    strbuf_add(&text, "USB device");
    add_location(&text, location);
    strbuf_add(&text, " failed: %s", what);
    ui_notice(console, notice);
}

/* ------------------------------------------------------------------ start ---
 */

/* Called with interrupts disabled.  Several controllers may share the line. */
static void interrupt(void)
{
    for (unsigned i = 0; i < controller_count; i++)
        if (controllers[i].started)
            xhci_acknowledge(&controllers[i].usb.xhci);
    if (++interrupts_seen == STORM)
        for (unsigned irq = 0; irq < 16; irq++)
            if (SHARED_IRQS >> irq & 1)
                pic_mask(irq);
}

/* Returns why the controller cannot be used, or NULL after it was started. */
static const char *start(struct controller *controller, struct range *memory,
                         bool interrupts, uint64_t now)
{
    const struct xhci_access access = {read32, write32, controller};
    const struct xhci_place *place = &controller->place;
    uint8_t irq = pci_irq(place->function);
    struct xhci_capabilities found;

    interrupts = interrupts && irq < 16 && SHARED_IRQS >> irq & 1;
    if (controller->registers == 0)
        controller->registers = paging_map_high(place->address, place->size);
    if (controller->registers == 0)
        return "the address of its USB controller is too high";
    xhci_power_on(place, interrupts);
    if (!xhci_read_capabilities(&access, place->size, &found))
        return "its USB controller does not respond";
    uint32_t address = take_memory(memory, xhci_memory_size(&found));

    if (address == 0)
        return "there is too little memory for its USB controller";
    controller->usb.client =
        (struct usb_client){controller, plugged, report, unplugged, failed};
    usb_start(&controller->usb, &access, &found, (struct xhci_memory *)address,
              address, now);
    controller->started = true;
    if (interrupts)
        pic_handle(irq, interrupt);
    return NULL;
}

void usb_input_start(struct range *memory, bool interrupts, uint64_t now)
{
    for (unsigned i = 0; i < controller_count; i++) {
        struct controller *controller = &controllers[i];

        if (controller->problem == NULL)
            controller->problem = start(controller, memory, interrupts, now);
        if (controller->problem != NULL)
            xhci_disconnect(&controller->place);
    }
}

/* --------------------------------------------------------------- polling ---
 */

/* What is known of all controllers together */
struct summary {
    unsigned keyboards;
    bool searching;
    const char *problem;          /* of a controller, or NULL */
    struct usb_location location; /* of the first keyboard */
};

static void add_controller(struct summary *summary,
                           const struct controller *controller)
{
    if (controller->problem != NULL)
        summary->problem = controller->problem;
    if (controller->started && !controller->usb.searched)
        summary->searching = true;
    for (unsigned i = USB_KEYBOARDS; i-- > 0;) {
        if (!controller->usb.keyboards[i].used)
            continue;
        summary->keyboards++;
        summary->location = controller->locations[i];
    }
}

static struct summary summarize(void)
{
    struct summary summary = {.keyboards = 0};

    for (unsigned i = controller_count; i-- > 0;)
        add_controller(&summary, &controllers[i]);
    return summary;
}

static const char *problem_of(const struct summary *summary)
{
    return summary->problem != NULL                 ? summary->problem
           : older != NULL && controller_count == 0 ? older
                                                    : NULL;
}

static void poll_controller(struct controller *controller, uint64_t now)
{
    if (!controller->started)
        return;
    usb_poll(&controller->usb, now);
    for (unsigned i = 0; i < USB_KEYBOARDS; i++)
        if (controller->usb.keyboards[i].used)
            send_events(controller, i, now);
    if (controller->usb.xhci.state != XHCI_FAILED)
        return;
    /* It has been restarted in vain. */
    controller->started = false;
    controller->problem = controller->usb.xhci.failure;
    xhci_disconnect(&controller->place);
}

/* Without keyboards on USB, it depends on the others: but not before the search
   is over. */
static void tell(enum keyboard_presence presence)
{
    struct summary summary = summarize();

    if (summary.keyboards > 0)
        presence = KEYBOARD_PRESENT;
    else if (summary.searching && presence == KEYBOARD_ABSENT)
        presence = KEYBOARD_UNCERTAIN;
    console->view.environment.usb = usb_input_is_used();
    console->view.environment.usb_problem = problem_of(&summary);
    if (console->view.environment.keyboard_presence != presence)
        ui_set_keyboard(console, presence);
}

uint32_t usb_input_poll(struct ui *ui, enum keyboard_presence presence,
                        uint64_t now)
{
    console = ui;
    events = 0;
    interrupts_seen = 0;
    for (unsigned i = 0; i < controller_count; i++)
        poll_controller(&controllers[i], now);
    tell(presence);
    return events;
}

bool usb_input_has_event(void)
{
    for (unsigned i = 0; i < controller_count; i++)
        if (controllers[i].started && xhci_has_event(&controllers[i].usb.xhci))
            return true;
    return false;
}

bool usb_input_is_used(void)
{
    for (unsigned i = 0; i < controller_count; i++)
        if (controllers[i].started)
            return true;
    return false;
}

void usb_input_describe(struct strbuf *text)
{
    struct summary summary = summarize();

    if (summary.keyboards > 0) {
        strbuf_add(text, "USB keyboard");
        add_location(text, summary.location);
        if (summary.keyboards > 1)
            strbuf_add(text, ", %u more", summary.keyboards - 1);
    } else if (summary.searching) {
        strbuf_add(text, "USB is being searched");
    } else if (problem_of(&summary) != NULL) {
        strbuf_add(text, "%s", problem_of(&summary));
    } else {
        strbuf_add(text, usb_input_is_used() ? "none on USB" : "USB not used");
    }
}

/* ------------------------------------------------------------------- stop ---
 */

void usb_input_stop(void)
{
    for (unsigned i = 0; i < controller_count; i++) {
        struct controller *controller = &controllers[i];

        if (!controller->started)
            continue;
        for (unsigned polls = 0; polls < STOP_POLLS; polls++)
            if (usb_stop(&controller->usb))
                break;
        xhci_disconnect(&controller->place);
    }
}

void usb_input_restart(uint64_t now)
{
    for (unsigned i = 0; i < controller_count; i++) {
        struct controller *controller = &controllers[i];

        if (!controller->started)
            continue;
        xhci_power_on(&controller->place, false);
        usb_start(&controller->usb, &controller->usb.xhci.access,
                  &controller->usb.xhci.capabilities,
                  controller->usb.xhci.memory, controller->usb.xhci.address,
                  now);
    }
}

void usb_input_disconnect(void)
{
    for (unsigned i = 0; i < controller_count; i++)
        xhci_disconnect(&controllers[i].place);
}
