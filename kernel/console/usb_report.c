/* SPDX-License-Identifier: MIT */
/*
 * Source: "HID Usage Tables", version 1.12, chapter 10 (keyboard/keypad page).
 * Its usages name keys by their place on a US keyboard, as scancodes do.
 */
#include "usb_report.h"

#define PREFIX_EXTENDED 0xE0
#define RELEASED        0x80
#define EXTENDED        0x80 /* offset of E0 keys in the tables */

#define FIRST_KEY      0x04 /* usages below report errors, or no key */
#define FIRST_MODIFIER 0xE0
#define MODIFIERS      8u

/* Scancode of each key from FIRST_KEY on.  0 marks keys that type nothing:
   Print Screen and Pause. */
static const uint8_t codes[] = {
    /* 04: A to Z */
    0x1E, 0x30, 0x2E, 0x20, 0x12, 0x21, 0x22, 0x23, 0x17, 0x24, 0x25, 0x26,
    0x32, 0x31, 0x18, 0x19, 0x10, 0x13, 0x1F, 0x14, 0x16, 0x2F, 0x11, 0x2D,
    0x15, 0x2C,
    /* 1E: 1 to 9, 0 */
    0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B,
    /* 28: Enter, Escape, Backspace, Tab, Space */
    0x1C, 0x01, 0x0E, 0x0F, 0x39,
    /* 2D: - = [ ] \ and the same key of keyboards outside the US */
    0x0C, 0x0D, 0x1A, 0x1B, 0x2B, 0x2B,
    /* 33: ; ' ` , . / */
    0x27, 0x28, 0x29, 0x33, 0x34, 0x35,
    /* 39: Caps Lock, F1 to F12 */
    0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F, 0x40, 0x41, 0x42, 0x43, 0x44, 0x57,
    0x58,
    /* 46: Print Screen, Scroll Lock, Pause */
    0, 0x46, 0,
    /* 49: Insert, Home, Page Up, Delete, End, Page Down */
    EXTENDED | 0x52, EXTENDED | 0x47, EXTENDED | 0x49, EXTENDED | 0x53,
    EXTENDED | 0x4F, EXTENDED | 0x51,
    /* 4F: Right, Left, Down, Up */
    EXTENDED | 0x4D, EXTENDED | 0x4B, EXTENDED | 0x50, EXTENDED | 0x48,
    /* 53: Num Lock, and / * - + Enter of the keypad */
    0x45, EXTENDED | 0x35, 0x37, 0x4A, 0x4E, EXTENDED | 0x1C,
    /* 59: 1 to 9, 0 and . of the keypad */
    0x4F, 0x50, 0x51, 0x4B, 0x4C, 0x4D, 0x47, 0x48, 0x49, 0x52, 0x53,
    /* 64: the key beside left Shift outside the US, Menu */
    0x56, EXTENDED | 0x5D};

/* Left Ctrl, Shift, Alt and Windows key, then the right ones */
static const uint8_t modifier_codes[MODIFIERS] = {
    0x1D,
    0x2A,
    0x38,
    EXTENDED | 0x5B,
    EXTENDED | 0x1D,
    0x36,
    EXTENDED | 0x38,
    EXTENDED | 0x5C,
};

static const struct {
    uint8_t usage, led;
} locks[] = {
    {0x39, USB_LED_CAPS},
    {0x47, USB_LED_SCROLL},
    {0x53, USB_LED_NUM},
};

/* A key that is pressed or released */
struct change {
    uint8_t usage;
    bool down;
};

static bool contains(const struct usb_report_keys *keys, uint8_t usage)
{
    for (unsigned i = 0; i < USB_REPORT_KEYS; i++)
        if (keys->usages[i] == usage)
            return true;
    return false;
}

/* Returns the scancode of a key, or 0 if there is none. */
static uint8_t find_code(uint8_t usage)
{
    if (usage >= FIRST_MODIFIER && usage < FIRST_MODIFIER + MODIFIERS)
        return modifier_codes[usage - FIRST_MODIFIER];
    if (usage < FIRST_KEY || usage >= FIRST_KEY + sizeof codes)
        return 0;
    return codes[usage - FIRST_KEY];
}

/* ------------------------------------------------------------- reports --- */

/* All keys are 01 if too many are held (C), and 02 or 03 after an error. */
static bool has_error(const uint8_t *usages)
{
    for (unsigned i = 0; i < USB_REPORT_KEYS; i++)
        if (usages[i] > 0 && usages[i] < FIRST_KEY)
            return true;
    return false;
}

void usb_report_receive(struct usb_report_decoder *decoder,
                        const uint8_t *report, unsigned size)
{
    const uint8_t *usages = report + USB_REPORT_KEYS_AT;

    if (size < USB_REPORT_SIZE)
        return;
    decoder->reported.modifiers = report[0];
    if (has_error(usages))
        return;
    for (unsigned i = 0; i < USB_REPORT_KEYS; i++)
        decoder->reported.usages[i] = usages[i];
}

void usb_report_unplug(struct usb_report_decoder *decoder)
{
    decoder->reported = (struct usb_report_keys){.modifiers = 0};
    decoder->leds = 0;
}

/* ------------------------------------------------------------- changes --- */

/* Each of these finds a change since the last report and applies it. */

static bool release_key(struct usb_report_decoder *decoder,
                        struct change *change)
{
    uint8_t *usages = decoder->held.usages;

    for (unsigned i = 0; i < USB_REPORT_KEYS; i++) {
        if (usages[i] == 0 || contains(&decoder->reported, usages[i]))
            continue;
        *change = (struct change){usages[i], false};
        usages[i] = 0;
        return true;
    }
    return false;
}

static bool change_modifier(struct usb_report_decoder *decoder,
                            struct change *change)
{
    uint8_t reported = decoder->reported.modifiers;

    for (unsigned i = 0; i < MODIFIERS; i++) {
        if (!((decoder->held.modifiers ^ reported) >> i & 1))
            continue;
        *change =
            (struct change){(uint8_t)(FIRST_MODIFIER + i), reported >> i & 1};
        decoder->held.modifiers ^= (uint8_t)(1u << i);
        return true;
    }
    return false;
}

static void hold(struct usb_report_keys *keys, uint8_t usage)
{
    for (unsigned i = 0; i < USB_REPORT_KEYS; i++)
        if (keys->usages[i] == 0) {
            keys->usages[i] = usage;
            return;
        }
}

/* All keys that are held have been reported, so there is room for others. */
static bool press_key(struct usb_report_decoder *decoder, struct change *change)
{
    const uint8_t *usages = decoder->reported.usages;

    for (unsigned i = 0; i < USB_REPORT_KEYS; i++) {
        if (usages[i] == 0 || contains(&decoder->held, usages[i]))
            continue;
        *change = (struct change){usages[i], true};
        hold(&decoder->held, usages[i]);
        return true;
    }
    return false;
}

static bool find_change(struct usb_report_decoder *decoder,
                        struct change *change)
{
    return release_key(decoder, change) || change_modifier(decoder, change) ||
           press_key(decoder, change);
}

static void toggle_lock(struct usb_report_decoder *decoder, uint8_t usage)
{
    for (unsigned i = 0; i < sizeof locks / sizeof locks[0]; i++)
        if (locks[i].usage == usage)
            decoder->leds ^= locks[i].led;
}

/* The key pressed last repeats until it is released. */
static void set_repeat(struct usb_report_decoder *decoder,
                       const struct change *change, uint64_t now)
{
    if (change->down) {
        decoder->repeating = change->usage;
        decoder->next_repeat = now + USB_REPEAT_DELAY_US;
    } else if (decoder->repeating == change->usage) {
        decoder->repeating = 0;
    }
}

static bool find_repeat(struct usb_report_decoder *decoder, uint64_t now,
                        struct change *change)
{
    if (decoder->repeating == 0 || now < decoder->next_repeat)
        return false;
    decoder->next_repeat += USB_REPEAT_PERIOD_US;
    if (decoder->next_repeat <= now)
        decoder->next_repeat = now + USB_REPEAT_PERIOD_US;
    *change = (struct change){decoder->repeating, true};
    return true;
}

/* -------------------------------------------------------------- events --- */

static bool decode(struct scancode_decoder *decoder,
                   const struct change *change, struct event *event)
{
    uint8_t code = find_code(change->usage);
    uint8_t byte = code & (uint8_t)~EXTENDED;

    if (code == 0)
        return false;
    if (code & EXTENDED)
        scancode_decode(decoder, PREFIX_EXTENDED, event);
    return scancode_decode(decoder, change->down ? byte : byte | RELEASED,
                           event);
}

bool usb_report_next(struct usb_report_decoder *decoder, uint64_t now,
                     struct event *event)
{
    struct change change;

    while (find_change(decoder, &change)) {
        set_repeat(decoder, &change, now);
        if (change.down)
            toggle_lock(decoder, change.usage);
        if (decode(&decoder->scancodes, &change, event))
            return true;
    }
    return find_repeat(decoder, now, &change) &&
           decode(&decoder->scancodes, &change, event);
}
