/* SPDX-License-Identifier: MIT */
#include "keyboard_input.h"
#include "console/scancode.h"
#include "drivers/keyboard.h"

#define POLL_US 2000u /* minimum time between polls */

static struct scancode_decoder decoder;
static enum keyboard_presence presence = KEYBOARD_ABSENT;
static uint64_t polled;

void keyboard_input_start(unsigned use, const struct acpi *acpi, bool bios)
{
    bool denied = acpi->keyboard_known && !acpi->keyboard;

    if (use == KEYBOARD_OFF || !keyboard_start(use == KEYBOARD_RAW))
        return;
    decoder.set_2 = !keyboard_translates();
    presence = denied || !bios ? KEYBOARD_UNCERTAIN : KEYBOARD_PRESENT;
}

enum keyboard_presence keyboard_presence(void)
{
    return presence;
}

/* Returns the number of events.  If bytes were lost, all keys are released. */
static uint32_t process_scancode(struct ui *ui, uint8_t byte)
{
    struct event event;
    uint32_t count = 0;

    decoder.keymap = ui->view.keymap;
    if (scancode_decode(&decoder, byte, &event)) {
        ui_event(ui, &event);
        count++;
    }
    while (scancode_release(&decoder, &event)) {
        ui_event(ui, &event);
        count++;
    }
    if (decoder.modifier)
        keys_modifier(ui);
    decoder.modifier = false;
    return count;
}

static bool is_enter(uint8_t byte)
{
    struct event event;
    bool enter = scancode_decode(&decoder, byte, &event) && event.down &&
                 !event.repeat && event.key == KEY_ENTER;

    while (scancode_release(&decoder, &event))
        continue;
    return enter;
}

bool keyboard_input_enter_pressed(void)
{
    bool enter = false;
    uint8_t byte;

    keyboard_poll();
    while (keyboard_read(&byte))
        enter |= is_enter(byte);
    return enter;
}

uint32_t keyboard_input_poll(struct ui *ui, uint64_t now)
{
    uint8_t byte;
    uint32_t count = 0;

    if (now - polled >= POLL_US) {
        keyboard_poll();
        polled = now;
    }
    while (keyboard_read(&byte))
        count += process_scancode(ui, byte);
    if (count > 0)
        presence = KEYBOARD_PRESENT;
    return count;
}
