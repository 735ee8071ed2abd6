/* SPDX-License-Identifier: MIT */
/* Tests reading the configuration descriptors of keyboards, hubs and other USB
   devices, whole, truncated and wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "drivers/usb/descriptors.h"

#define SIZE_MAX_BYTES 160
#define TEXT_MAX       120

/* The descriptors of a boot keyboard's interface, 25 bytes */
#define KEYBOARD(number, endpoint)                                             \
    "09 04 " number " 00 01 03 01 01 00 09 21 11 01 00 01 22 3F 00 "           \
    "07 05 " endpoint " 03 08 00 0A "

static size_t parse(const char *text, uint8_t *bytes)
{
    size_t size = 0;
    unsigned byte;
    int used;

    for (; sscanf(text, "%x%n", &byte, &used) == 1; text += used) {
        assert_true(size < SIZE_MAX_BYTES);
        bytes[size++] = (uint8_t)byte;
    }
    return size;
}

/* Lists what was found: the configuration's value, and for each interface "K"
   or "H", its number, endpoint, packet size and interval. */
static const char *describe(const struct usb_configuration *found)
{
    static char text[TEXT_MAX];
    int length = snprintf(text, sizeof text, "%u:", found->value);

    assert_in_range(found->count, 0, USB_INTERFACES_MAX);
    for (unsigned i = 0; i < found->count; i++) {
        const struct usb_interface *each = &found->interfaces[i];

        length += snprintf(
            text + length, sizeof text - (size_t)length, " %c%u/%u/%u/%u",
            each->function == USB_KEYBOARD ? 'K' : 'H', each->number,
            each->endpoint, each->packet_size, each->interval);
    }
    return text;
}

/* Reads SIZE bytes, which are allocated exactly, so that AddressSanitizer
   reports a read beyond them. */
static const char *read_bytes(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size + 1);
    struct usb_configuration found;

    assert_non_null(copy);
    memcpy(copy + 1, bytes, size);
    memset(&found, 0xA5, sizeof found);
    bool valid = usb_read_configuration(copy + 1, size, &found);

    free(copy);
    if (!valid)
        assert_true(found.count == 0 && found.value == 0);
    return valid ? describe(&found) : "none";
}

static const char *read_text(const char *text)
{
    uint8_t bytes[SIZE_MAX_BYTES];

    return read_bytes(bytes, parse(text, bytes));
}

struct row {
    const char *text, *found;
};

static void check(const struct row *rows, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (strcmp(read_text(rows[i].text), rows[i].found) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", rows[i].text,
                     read_text(rows[i].text), rows[i].found);
}

static const struct row devices[] = {
    /* HID 1.11, appendix E: a keyboard with a mouse (or trackpoint) */
    {"09 02 3B 00 02 01 00 A0 32 "
     "09 04 00 00 01 03 01 01 00 09 21 01 01 00 01 22 3F 00 "
     "07 05 81 03 08 00 0A "
     "09 04 01 00 01 03 01 02 00 09 21 01 01 00 01 22 32 00 "
     "07 05 82 03 08 00 0A",
     "1: K0/1/8/10"},
    /* QEMU's usb-kbd at full speed, and at high speed */
    {"09 02 22 00 01 01 08 A0 32 09 04 00 00 01 03 01 01 00 "
     "09 21 11 01 00 01 22 3F 00 07 05 81 03 08 00 0A",
     "1: K0/1/8/10"},
    {"09 02 22 00 01 01 08 A0 32 09 04 00 00 01 03 01 01 00 "
     "09 21 11 01 00 01 22 3F 00 07 05 81 03 08 00 07",
     "1: K0/1/8/7"},
    /* 046d:c52b, a receiver for keyboards and mice, with a third interface of
       the vendor's */
    {"09 02 54 00 03 01 04 A0 31 "
     "09 04 00 00 01 03 01 01 00 09 21 11 01 00 01 22 3B 00 "
     "07 05 81 03 08 00 08 "
     "09 04 01 00 01 03 01 02 00 09 21 11 01 00 01 22 94 00 "
     "07 05 82 03 08 00 02 "
     "09 04 02 00 01 03 00 00 00 09 21 11 01 00 01 22 62 00 "
     "07 05 83 03 20 00 02",
     "1: K0/1/8/8"},
    /* 04f2:0833, a keyboard with keys for media */
    {"09 02 3B 00 02 01 00 A0 32 "
     "09 04 00 00 01 03 01 01 00 09 21 11 01 00 01 22 36 00 "
     "07 05 81 03 08 00 0A "
     "09 04 01 00 01 03 00 00 00 09 21 11 01 00 01 22 8B 00 "
     "07 05 82 03 04 00 0A",
     "1: K0/1/8/10"},
    /* Hubs: with one translator or none; with a translator for each port only
       in setting 1; USB 3, with the companion of its endpoint */
    {"09 02 19 00 01 01 00 E0 00 09 04 00 00 01 09 00 00 00 "
     "07 05 81 03 02 00 0C",
     "1: H0/1/2/12"},
    {"09 02 29 00 01 01 00 E0 32 09 04 00 00 01 09 00 01 00 "
     "07 05 81 03 01 00 0C 09 04 00 01 01 09 00 02 00 "
     "07 05 81 03 01 00 0C",
     "1: H0/1/1/12"},
    {"09 02 1F 00 01 01 00 E0 00 09 04 00 00 01 09 00 03 00 "
     "07 05 81 13 02 00 08 06 30 00 00 02 00",
     "1: H0/1/2/8"},
    /* A disk, and a mouse */
    {"09 02 20 00 01 01 00 80 32 09 04 00 00 02 08 06 50 00 "
     "07 05 81 02 00 02 00 07 05 02 02 00 02 00",
     "1:"},
    {"09 02 22 00 01 01 00 A0 31 09 04 00 00 01 03 01 02 00 "
     "09 21 11 01 00 01 22 34 00 07 05 81 03 05 00 0A",
     "1:"},
};

static void test_devices(void **state)
{
    (void)state;
    check(devices, sizeof devices / sizeof devices[0]);
}

static const struct row unusual[] = {
    /* Configuration 2; the keyboard is behind a mouse; several of them */
    {"09 02 22 00 01 02 00 A0 32 " KEYBOARD("00", "81"), "2: K0/1/8/10"},
    {"09 02 3B 00 02 01 00 A0 32 09 04 00 00 01 03 01 02 00 "
     "09 21 11 01 00 01 22 34 00 07 05 82 03 05 00 0A " KEYBOARD("01", "83"),
     "1: K1/3/8/10"},
    {"09 02 3B 00 02 01 00 A0 32 " KEYBOARD("00", "81") KEYBOARD("01", "82"),
     "1: K0/1/8/10 K1/2/8/10"},
    {"09 02 FF 00 05 01 00 A0 32 " KEYBOARD("00", "81") KEYBOARD("01", "82")
         KEYBOARD("02", "83") KEYBOARD("03", "84") KEYBOARD("04", "85"),
     "1: K0/1/8/10 K1/2/8/10 K2/3/8/10 K3/4/8/10"},
    /* Two interfaces with the same number, or with the same endpoint */
    {"09 02 3B 00 02 01 00 A0 32 " KEYBOARD("00", "81") KEYBOARD("00", "82"),
     "1: K0/1/8/10"},
    {"09 02 3B 00 02 01 00 A0 32 " KEYBOARD("00", "81") KEYBOARD("01", "81"),
     "1: K0/1/8/10"},
    {"09 02 42 00 02 01 00 A0 32 " KEYBOARD("00", "81")
         KEYBOARD("01", "81") "07 05 82 03 08 00 0A",
     "1: K0/1/8/10 K1/2/8/10"},
    /* An OUT endpoint for the LEDs, and a bulk endpoint, before the right one;
       a second interrupt IN endpoint behind it */
    {"09 02 37 00 01 01 00 A0 32 09 04 00 00 03 03 01 01 00 "
     "09 21 11 01 00 01 22 3F 00 07 05 01 03 08 00 0A 07 05 82 02 40 00 00 "
     "07 05 81 03 08 00 0A 07 05 83 03 08 00 0A",
     "1: K0/1/8/10"},
    /* Longer descriptors: an endpoint of audio has 9 bytes */
    {"0A 02 26 00 01 01 00 A0 32 00 0A 04 00 00 01 03 01 01 00 00 "
     "09 21 11 01 00 01 22 3F 00 09 05 81 03 08 00 0A 00 00",
     "1: K0/1/8/10"},
    /* An interface association before the keyboard */
    {"09 02 2A 00 02 01 00 A0 32 08 0B 00 02 03 00 00 00 " KEYBOARD("00", "81"),
     "1: K0/1/8/10"},
    /* Additional transactions in bits 11 and 12 of the packet size; 1024 */
    {"09 02 19 00 01 01 00 A0 32 09 04 00 00 01 03 01 01 00 "
     "07 05 81 03 08 08 0A",
     "1: K0/1/8/10"},
    {"09 02 19 00 01 01 00 A0 32 09 04 00 00 01 03 01 01 00 "
     "07 05 8F 03 00 04 FF",
     "1: K0/15/1024/255"},
};

static void test_unusual_devices(void **state)
{
    (void)state;
    check(unusual, sizeof unusual / sizeof unusual[0]);
}

static const struct row wrong[] = {
    {"", "none"},
    /* Not a configuration: a device, or one that is too short */
    {"12 01 00 02 00 00 00 08 6D 04 2B C5 00 24 01 02 00 01", "none"},
    {"08 02 21 00 01 01 00 A0 09 04 00 00 01 03 01 01 00", "none"},
    {"00 00 00 00 00 00 00 00 00 00", "none"},
    /* Total length of 0, of the first descriptor, and beyond the end */
    {"09 02 00 00 01 01 00 A0 32 " KEYBOARD("00", "81"), "1:"},
    {"09 02 09 00 01 01 00 A0 32 " KEYBOARD("00", "81"), "1:"},
    {"09 02 21 00 01 01 00 A0 32 " KEYBOARD("00", "81"), "1:"},
    {"09 02 FF FF 01 01 00 A0 32 " KEYBOARD("00", "81"), "1: K0/1/8/10"},
    /* First descriptor longer than all */
    {"FF 02 22 00 01 01 00 A0 32 " KEYBOARD("00", "81"), "1:"},
    /* Lengths of 0 and 1, which would never lead on */
    {"09 02 24 00 01 01 00 A0 32 00 00 " KEYBOARD("00", "81"), "1:"},
    {"09 02 23 00 01 01 00 A0 32 01 " KEYBOARD("00", "81"), "1:"},
    /* An interface or endpoint that is too short */
    {"09 02 18 00 01 01 00 A0 32 08 04 00 00 01 03 01 01 "
     "07 05 81 03 08 00 0A",
     "1:"},
    {"09 02 18 00 01 01 00 A0 32 09 04 00 00 01 03 01 01 00 "
     "06 05 81 03 08 00",
     "1:"},
    /* The endpoint of an interface that is too short is not the keyboard's */
    {"09 02 1B 00 02 01 00 A0 32 09 04 00 00 01 03 01 01 00 02 04 "
     "07 05 81 03 08 00 0A",
     "1:"},
    /* No endpoint; one before the interface; endpoint 0; packets of 0 and of
       1025 bytes; other types of transfer */
    {"09 02 12 00 01 01 00 A0 32 09 04 00 00 00 03 01 01 00", "1:"},
    {"09 02 19 00 01 01 00 A0 32 07 05 81 03 08 00 0A "
     "09 04 00 00 01 03 01 01 00",
     "1:"},
    {"09 02 22 00 01 01 00 A0 32 " KEYBOARD("00", "80"), "1:"},
    {"09 02 22 00 01 01 00 A0 32 " KEYBOARD("00", "01"), "1:"},
    {"09 02 19 00 01 01 00 A0 32 09 04 00 00 01 03 01 01 00 "
     "07 05 81 03 00 00 0A",
     "1:"},
    {"09 02 19 00 01 01 00 A0 32 09 04 00 00 01 03 01 01 00 "
     "07 05 81 03 01 04 0A",
     "1:"},
    {"09 02 27 00 01 01 00 A0 32 09 04 00 00 03 03 01 01 00 "
     "07 05 81 00 08 00 0A 07 05 81 01 08 00 0A 07 05 81 02 08 00 0A",
     "1:"},
    /* An interval of 0 */
    {"09 02 19 00 01 01 00 A0 32 09 04 00 00 01 03 01 01 00 "
     "07 05 81 03 08 00 00",
     "1: K0/1/8/1"},
    /* A keyboard without the boot protocol */
    {"09 02 19 00 01 01 00 A0 32 09 04 00 00 01 03 00 01 00 "
     "07 05 81 03 08 00 0A",
     "1:"},
    /* A keyboard in another alternate setting only */
    {"09 02 19 00 01 01 00 A0 32 09 04 00 01 01 03 01 01 00 "
     "07 05 81 03 08 00 0A",
     "1:"},
};

static void test_wrong_descriptors(void **state)
{
    (void)state;
    check(wrong, sizeof wrong / sizeof wrong[0]);
}

/* An interface is found as soon as its endpoint is whole, whatever the total
   length says. */
static void test_truncated(void **state)
{
    static const char text[] =
        "09 02 3B 00 02 01 00 A0 32 " KEYBOARD("00", "81") KEYBOARD("01", "82");
    uint8_t bytes[SIZE_MAX_BYTES];
    size_t size = parse(text, bytes);

    (void)state;
    assert_int_equal(size, 59);
    for (size_t i = 0; i <= size; i++)
        assert_string_equal(read_bytes(bytes, i),
                            i < 9    ? "none"
                            : i < 34 ? "1:"
                            : i < 59 ? "1: K0/1/8/10"
                                     : "1: K0/1/8/10 K1/2/8/10");
}

/* Every byte of every device takes every value; nothing outside is read. */
static void test_every_byte(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof devices / sizeof devices[0]; i++) {
        uint8_t bytes[SIZE_MAX_BYTES];
        size_t size = parse(devices[i].text, bytes);

        for (size_t at = 0; at < size; at++) {
            uint8_t old = bytes[at];

            for (unsigned value = 0; value <= UINT8_MAX; value++) {
                bytes[at] = (uint8_t)value;
                read_bytes(bytes, size);
            }
            bytes[at] = old;
        }
        assert_string_equal(read_bytes(bytes, size), devices[i].found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_devices),
        cmocka_unit_test(test_unusual_devices),
        cmocka_unit_test(test_wrong_descriptors),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_every_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
