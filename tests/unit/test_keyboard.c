/* SPDX-License-Identifier: MIT */
/* Tests the keyboard driver with good and faulty controllers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "drivers/keyboard.c"

#define ACCESSES_MAX 500000 /* maximum number of port accesses per call */

static struct {
    bool untranslated; /* true if configuration bit 6 cannot be set */
    bool stuck;        /* true if the input buffer stays full */
    bool silent;       /* true if the controller never answers */
    bool all_ones, all_zeros;
    /* number of bytes that the touchpad has yet to send */
    unsigned touchpad_bytes;
    uint8_t config;
    bool keyboard_off, mouse_off;
    uint8_t out[32]; /* bytes in the controller's output queue */
    bool mouse[32];  /* whether each byte in the queue is from the mouse */
    unsigned count;
    bool writes_config;
    bool configured; /* true once a configuration was written */
    bool pulsed;
    unsigned commands;
    unsigned accesses;
} pc;

static irq_handler *handler;

static void queue(uint8_t byte, bool mouse)
{
    assert_true(pc.count < sizeof pc.out);
    pc.out[pc.count] = byte;
    pc.mouse[pc.count++] = mouse;
}

static uint8_t status(void)
{
    if (pc.touchpad_bytes > 0 && !pc.mouse_off && pc.count < 4) {
        pc.touchpad_bytes--;
        queue(0x08, true);
    }
    return (uint8_t)(0x14 | (pc.count > 0 ? 0x01 : 0) | (pc.stuck ? 0x02 : 0) |
                     (pc.count > 0 && pc.mouse[0] ? 0x20 : 0));
}

static uint8_t data(void)
{
    uint8_t byte = pc.out[0];

    if (pc.count > 0)
        pc.count--;
    memmove(pc.out, pc.out + 1, pc.count);
    memmove(pc.mouse, pc.mouse + 1, pc.count * sizeof pc.mouse[0]);
    return byte;
}

uint8_t port_read(uint16_t port)
{
    assert_in_range(++pc.accesses, 1, ACCESSES_MAX);
    if (pc.all_ones || pc.all_zeros)
        return pc.all_ones ? 0xFF : 0x00;
    assert_true(port == 0x60 || port == 0x64);
    return port == 0x64 ? status() : data();
}

static void take_command(uint8_t value)
{
    pc.commands++;
    pc.writes_config = value == 0x60;
    if (value == 0x20 && !pc.silent)
        queue(pc.config, false);
    if (value == 0xA7 || value == 0xA8)
        pc.mouse_off = value == 0xA7;
    if (value == 0xAD || value == 0xAE)
        pc.keyboard_off = value == 0xAD;
    if (value == 0xFE)
        pc.pulsed = true;
    assert_non_null(memchr("\x20\x60\xA7\xAD\xAE\xFE", value, 6));
}

void port_write(uint16_t port, uint8_t value)
{
    assert_in_range(++pc.accesses, 1, ACCESSES_MAX);
    if (pc.stuck || pc.all_ones || pc.all_zeros)
        return;
    if (port == 0x64) {
        take_command(value);
        return;
    }
    assert_int_equal(port, 0x60);
    assert_true(pc.writes_config);
    pc.writes_config = false;
    pc.configured = true;
    pc.config = pc.untranslated ? value & (uint8_t)~0x40 : value;
}

void port_delay(void)
{
    assert_in_range(++pc.accesses, 1, ACCESSES_MAX);
}

uint32_t interrupts_save(void)
{
    return 3;
}

void interrupts_restore(uint32_t flags)
{
    assert_int_equal(flags, 3);
}

void pic_handle(unsigned irq, irq_handler *to_call)
{
    assert_int_equal(irq, 1);
    handler = to_call;
}

static void begin(uint8_t config)
{
    memset(&pc, 0, sizeof pc);
    pc.config = config;
    handler = NULL;
}

/* Makes a byte from the keyboard or mouse arrive and raises its interrupt. */
static void arrive(uint8_t byte, bool mouse)
{
    pc.accesses = 0;
    queue(byte, mouse);
    handler();
}

static void check_byte(uint8_t expected)
{
    uint8_t byte;

    assert_true(keyboard_has_byte());
    assert_true(keyboard_read(&byte));
    assert_int_equal(byte, expected);
}

static void check_none(void)
{
    uint8_t byte;

    assert_false(keyboard_has_byte());
    assert_false(keyboard_read(&byte));
}

/* The driver must start whatever configuration the firmware left. */
static void test_start(void **state)
{
    (void)state;
    for (unsigned config = 0; config < 256; config++) {
        begin((uint8_t)config);
        queue(0x1C, false); /* Enter key from the boot menu */
        assert_true(keyboard_start(false));
        assert_true(keyboard_translates());
        assert_int_equal(pc.config, (config | 0x41) & ~0x12u);
        assert_false(pc.keyboard_off);
        assert_true(pc.mouse_off);
        assert_non_null(handler);
        check_none();
        arrive(0x1E, false);
        check_byte(0x1E);
        check_none();
    }
}

static void test_untranslated(void **state)
{
    (void)state;
    begin(0x01);
    pc.untranslated = true;
    assert_true(keyboard_start(false));
    assert_false(keyboard_translates());
    begin(0x01);
    assert_true(keyboard_start(false));
    assert_true(keyboard_translates());
}

/* Bytes from a mouse or touchpad must be discarded. */
static void test_touchpad(void **state)
{
    (void)state;
    for (unsigned touchpad_bytes = 0; touchpad_bytes < 40; touchpad_bytes++) {
        begin(0x47);
        pc.touchpad_bytes = touchpad_bytes;
        assert_true(keyboard_start(false));
        assert_true(keyboard_translates());
        assert_int_equal(pc.config, 0x45);
        pc.touchpad_bytes = 0;
        pc.count = 0;
        arrive(0x01, true);
        check_none();
        arrive(0x1E, false);
        arrive(0x81, true);
        arrive(0x9E, false);
        check_byte(0x1E);
        check_byte(0x9E);
        check_none();
    }
}

static void test_raw_mode(void **state)
{
    (void)state;
    begin(0x30);
    assert_true(keyboard_start(true));
    assert_int_equal(pc.commands, 0);
    assert_false(pc.configured);
    assert_true(keyboard_translates());
    arrive(0x1E, false);
    check_byte(0x1E);
}

static void test_polled_mode(void **state)
{
    (void)state;
    begin(0x45);
    keyboard_start(false);
    keyboard_poll();
    check_none();
    queue(0x1E, false);
    keyboard_poll();
    check_byte(0x1E);
}

static void test_send_only_controller(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < 2; kind++) {
        begin(0x45);
        pc.stuck = kind == 0;
        pc.silent = kind == 1;
        assert_true(keyboard_start(false));
        assert_true(keyboard_translates());
        assert_false(pc.configured || pc.keyboard_off);
        arrive(0x1E, false);
        check_byte(0x1E);
        pc.accesses = 0;
        keyboard_reset_processor();
        assert_int_equal(pc.pulsed, kind == 1);
    }
}

static void test_no_controller(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < 2; kind++) {
        begin(0x45);
        pc.all_ones = kind == 0;
        pc.all_zeros = kind == 1;
        assert_false(keyboard_start(false));
        assert_null(handler);
        pc.accesses = 0;
        keyboard_poll();
        check_none();
        keyboard_reset_processor();
        assert_int_equal(pc.accesses, 0);
    }
    begin(0x45);
    pc.all_ones = true;
    assert_false(keyboard_start(true));
}

/* Bytes lost because the buffer is full must be reported. */
static void test_full_buffer(void **state)
{
    (void)state;
    begin(0x45);
    keyboard_start(false);
    for (unsigned i = 0; i < RING_SIZE; i++)
        arrive((uint8_t)(i + 1), false);
    for (unsigned i = 0; i < RING_SIZE; i++)
        check_byte((uint8_t)(i + 1));
    check_none();
    for (unsigned i = 0; i < 3 * RING_SIZE; i++)
        arrive((uint8_t)(i % 100 + 1), false);
    for (unsigned i = 0; i < RING_SIZE - 1; i++)
        check_byte((uint8_t)(i % 100 + 1));
    check_byte(0x00);
    check_none();
    arrive(0x1E, false);
    check_byte(0x1E);
}

static void test_reset(void **state)
{
    (void)state;
    begin(0x45);
    keyboard_start(false);
    keyboard_reset_processor();
    assert_true(pc.pulsed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_untranslated),
        cmocka_unit_test(test_touchpad),
        cmocka_unit_test(test_raw_mode),
        cmocka_unit_test(test_polled_mode),
        cmocka_unit_test(test_send_only_controller),
        cmocka_unit_test(test_no_controller),
        cmocka_unit_test(test_full_buffer),
        cmocka_unit_test(test_reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
