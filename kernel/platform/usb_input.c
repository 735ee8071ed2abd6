/* SPDX-License-Identifier: MIT */
#include "usb_input.h"
#include "arch/paging.h"
#include "drivers/pic.h"
#include "drivers/usb/xhci_pci.h"
#include "ui/keyboards.h"
#include "usb_keyboards.h"
#include <string.h>

#define STOP_POLLS 200000 /* reads of a register; a stop takes 16 ms */

/* IRQs that no device of a PC without PCI uses, bit N for IRQ N */
#define SHARED_IRQS 0x0E20u /* 5 and 9 to 11 */

/* Interrupts between two polls: more than a controller may cause in 5 s.  The
   line may be shared with a device that nobody acknowledges. */
#define STORM 5000u

struct controller {
    struct xhci_place place;
    uintptr_t registers; /* linear address, or 0 if they are not mapped */
    struct xhci_memory *memory;
    struct usb_keyboards *keyboards; /* NULL if it is not used */
    const char *problem; /* why it is not used: a sentence about the PC */
};

static struct controller controllers[USB_CONTROLLERS];
static unsigned controller_count;
static const char *older; /* problem if there are only controllers of USB 2 */
static volatile uint32_t interrupts_seen;

/* -------------------------------------------------------- controllers --- */

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

/* -------------------------------------------------------------- start --- */

/* Called with interrupts disabled.  Several controllers may share the line. */
static void interrupt(void)
{
    for (unsigned i = 0; i < controller_count; i++)
        if (controllers[i].keyboards != NULL)
            xhci_acknowledge(&controllers[i].keyboards->usb.xhci);
    if (++interrupts_seen == STORM)
        for (unsigned irq = 0; irq < 16; irq++)
            if (SHARED_IRQS >> irq & 1)
                pic_mask(irq);
}

/* Returns the memory of the keyboards, which follows that of the controller, or
   NULL if there is not enough. */
static struct usb_keyboards *
allocate(struct controller *controller, struct range *memory,
         const struct xhci_capabilities *capabilities)
{
    struct usb_keyboards *keyboards;
    uint32_t size = xhci_memory_size(capabilities);
    uint32_t at = memory_take(memory, size + (uint32_t)sizeof *keyboards);

    if (at == 0)
        return NULL;
    controller->memory = (struct xhci_memory *)at;
    keyboards = (struct usb_keyboards *)(at + size);
    memset(keyboards, 0, sizeof *keyboards);
    return keyboards;
}

/* Returns why the controller cannot be used, or NULL after it was started.  The
   interrupt handler of another controller sees it only then. */
static const char *start(struct controller *controller, struct ui *ui,
                         struct range *memory, bool interrupts, uint64_t now)
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
    struct usb_keyboards *keyboards = allocate(controller, memory, &found);

    if (keyboards == NULL)
        return "there is too little memory for its USB controller";
    usb_keyboards_start(keyboards, ui);
    usb_start(&keyboards->usb, &access, &found, controller->memory,
              (uint32_t)controller->memory, now);
    controller->keyboards = keyboards;
    if (interrupts)
        pic_handle(irq, interrupt);
    return NULL;
}

void usb_input_start(struct ui *ui, struct range *memory, bool interrupts,
                     uint64_t now)
{
    for (unsigned i = 0; i < controller_count; i++) {
        struct controller *controller = &controllers[i];

        if (controller->problem == NULL)
            controller->problem =
                start(controller, ui, memory, interrupts, now);
        if (controller->problem != NULL)
            xhci_disconnect(&controller->place);
    }
}

/* -------------------------------------------------------------- polling --- */

/* What is known of all controllers together */
struct summary {
    unsigned keyboards;
    bool used, searching;
    const char *problem;          /* of a controller, or NULL */
    struct usb_location location; /* of the first keyboard */
};

static struct summary summarize(void)
{
    struct summary summary = {
        .problem = controller_count == 0 ? older : NULL,
    };

    for (unsigned i = controller_count; i-- > 0;) {
        const struct controller *each = &controllers[i];

        if (each->problem != NULL)
            summary.problem = each->problem;
        if (each->keyboards == NULL)
            continue;
        summary.used = true;
        summary.searching |= !each->keyboards->usb.searched;
        summary.keyboards +=
            usb_keyboards_count(each->keyboards, &summary.location);
    }
    return summary;
}

/* A controller that has failed was restarted in vain. */
static uint32_t poll_controller(struct controller *controller, uint64_t now)
{
    struct usb_keyboards *keyboards = controller->keyboards;

    if (keyboards == NULL)
        return 0;
    keyboards->events = 0;
    usb_keyboards_poll(keyboards, now);
    if (keyboards->usb.xhci.state == XHCI_FAILED) {
        controller->problem = keyboards->usb.xhci.failure;
        controller->keyboards = NULL;
        xhci_disconnect(&controller->place);
    }
    return keyboards->events;
}

/* Tells the console whether there is a keyboard.  While USB is being searched,
   that is uncertain. */
static void tell(struct ui *ui, enum keyboard_presence presence)
{
    struct summary summary = summarize();

    if (summary.keyboards > 0)
        presence = KEYBOARD_PRESENT;
    else if (summary.searching && presence == KEYBOARD_ABSENT)
        presence = KEYBOARD_UNCERTAIN;
    ui->view.environment.usb = summary.used;
    ui->view.environment.usb_problem = summary.problem;
    if (ui->view.environment.keyboard_presence != presence)
        keyboards_set_presence(ui, presence);
}

uint32_t usb_input_poll(struct ui *ui, enum keyboard_presence presence,
                        uint64_t now)
{
    uint32_t events = 0;

    interrupts_seen = 0;
    for (unsigned i = 0; i < controller_count; i++)
        events += poll_controller(&controllers[i], now);
    tell(ui, presence);
    return events;
}

bool usb_input_has_event(void)
{
    for (unsigned i = 0; i < controller_count; i++)
        if (controllers[i].keyboards != NULL &&
            xhci_has_event(&controllers[i].keyboards->usb.xhci))
            return true;
    return false;
}

bool usb_input_is_used(void)
{
    return summarize().used;
}

void usb_input_describe(struct strbuf *text)
{
    struct summary summary = summarize();

    if (!summary.used && summary.problem == NULL)
        return;
    strbuf_add_apart(text);
    if (summary.keyboards > 0) {
        strbuf_add(text, "USB keyboard");
        usb_location_describe(text, summary.location);
        if (summary.keyboards > 1)
            strbuf_add(text, ", %u more", summary.keyboards - 1);
    } else if (summary.searching) {
        strbuf_add(text, "USB is being searched");
    } else {
        strbuf_add(text, "%s",
                   summary.problem != NULL ? summary.problem : "none on USB");
    }
}

/* --------------------------------------------------------------- stop --- */

void usb_input_stop(void)
{
    for (unsigned i = 0; i < controller_count; i++) {
        struct usb_keyboards *keyboards = controllers[i].keyboards;

        for (unsigned polls = 0; keyboards != NULL && polls < STOP_POLLS;
             polls++)
            if (usb_stop(&keyboards->usb))
                break;
        xhci_disconnect(&controllers[i].place);
    }
}

void usb_input_restart(uint64_t now)
{
    for (unsigned i = 0; i < controller_count; i++) {
        if (controllers[i].keyboards == NULL)
            continue;
        xhci_power_on(&controllers[i].place, false);
        usb_restart(&controllers[i].keyboards->usb, now);
    }
}

void usb_input_disconnect(void)
{
    for (unsigned i = 0; i < controller_count; i++)
        xhci_disconnect(&controllers[i].place);
}
