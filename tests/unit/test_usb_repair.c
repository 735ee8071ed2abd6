/* SPDX-License-Identifier: MIT */
/* Tests keyboards in use: pipes that fail are repaired, and LEDs are set. */
#include "usb_setup.h"

#define REPAIRS 3 /* of a pipe, without a packet between them */

static struct fake_usb keyboard, hub, other;

/* Plugs in a keyboard at port 1, and one behind a hub. */
static int begin(void **state)
{
    start(state);
    keyboard = (struct fake_usb){.model = &fake_keyboard};
    hub = (struct fake_usb){.model = &fake_full_hub};
    other = (struct fake_usb){.model = &fake_low_keyboard};
    fake_plug(&pc.fake, &keyboard, NULL, 1);
    fake_plug(&pc.fake, &hub, NULL, 2);
    fake_plug(&pc.fake, &other, &hub, 7);
    run(3 * SECOND);
    assert_int_equal(keyboards(), 2);
    return 0;
}

static const enum fake_error errors[] = {FAKE_STALL, FAKE_ERROR, FAKE_BABBLE};

/* After an error the keyboard types on, without having been unplugged.  The
   fake loses packets if the data toggles of both sides differ. */
static void test_repair(void **state)
{
    for (unsigned i = 0; i < TESTS(errors); i++) {
        begin(state);
        for (unsigned j = 0; j < 20; j++) {
            fake_break(&keyboard, 1, errors[i]);
            run(20 * MS);
            type(&keyboard, 1, keyboard_at(1, 0), (uint8_t)j);
            if (j % 2)
                type(&keyboard, 1, keyboard_at(1, 0), 100);
        }
        assert_int_equal(pc.unplugs, 0);
        assert_int_equal(pc.fake.executed[14], 20);
        assert_int_equal(pc.fake.executed[16], 20);
    }
}

/* A TRB error leaves the endpoint in another state, in which it cannot be
   reset; it is repaired as well (4.8.3). */
static void test_trb_error(void **state)
{
    begin(state);
    for (uint8_t i = 0; i < 5; i++) {
        fake_break(&keyboard, 1, FAKE_TRB);
        fake_report(&keyboard, 1, "\0\0\7\0\0\0\0", 8);
        run(20 * MS);
        type(&keyboard, 1, keyboard_at(1, 0), i);
    }
    assert_int_equal(pc.unplugs, 0);
}

/* Three repairs without a packet between them are the last: the device is
   dropped and set up again. */
static void test_three_repairs(void **state)
{
    for (unsigned i = 0; i < 2 * TESTS(errors); i++) {
        struct fake_usb *broken = i & 1 ? &keyboard : &other;

        begin(state);
        for (unsigned j = 0; j < REPAIRS; j++) {
            fake_break(broken, 1, errors[i / 2]);
            run(50 * MS);
        }
        assert_int_equal(pc.unplugs, 0);
        fake_break(broken, 1, errors[i / 2]);
        run(50 * MS);
        assert_int_equal(pc.unplugs, 1);
        run(SECOND);
        assert_int_equal(pc.plugs, 3);
        assert_int_equal(pc.failures, 0);
        type(&keyboard, 1, keyboard_at(1, 0), 4);
        type(&other, 1, keyboard_at(7, 1), 5);
    }
}

/* A keyboard that never sends a packet but errors is given up after three
   tries; the other one types on. */
static void test_hopeless(void **state)
{
    begin(state);
    for (unsigned i = 0; i < 5000 && pc.failures == 0; i++) {
        if (keyboard.state == FAKE_CONFIGURED && fake_is_sent(&keyboard))
            fake_break(&keyboard, 1, FAKE_ERROR);
        step();
    }
    assert_int_equal(pc.failures, 1);
    assert_string_equal(pc.failed, "endpoint");
    assert_int_equal(pc.unplugs, 3);
    run(SECOND);
    assert_int_equal(pc.plugs, 4);
    type(&other, 1, keyboard_at(7, 1), 4);
}

/* Both requests and commands of a repair fail. */
static void test_repair_fails(void **state)
{
    begin(state);
    keyboard.fault[0] = (struct fake_fault){FAKE_ERROR, 1, 0, 1, 0};
    fake_break(&keyboard, 1, FAKE_STALL);
    run(SECOND);
    assert_int_equal(pc.unplugs, 1);
    type(&keyboard, 1, keyboard_at(1, 0), 4);
    pc.fake.trouble.command = 16;
    pc.fake.trouble.code = 19;
    pc.fake.trouble.times = 1;
    fake_break(&keyboard, 1, FAKE_STALL);
    run(SECOND);
    assert_int_equal(pc.unplugs, 2);
    type(&keyboard, 1, keyboard_at(1, 0), 5);
    assert_int_equal(pc.failures, 0);
}

/* The pipe of a hub is repaired, and it reports changes again. */
static void test_repair_hub(void **state)
{
    for (unsigned i = 0; i < TESTS(errors); i++) {
        begin(state);
        fake_break(&hub, 1, errors[i]);
        run(SECOND);
        fake_unplug(&other);
        run(SECOND);
        assert_int_equal(keyboards(), 1);
        fake_plug(&pc.fake, &other, &hub, 7);
        run(2 * SECOND);
        type(&other, 1, keyboard_at(7, 1), 4);
        assert_int_equal(pc.failures, 0);
    }
}

/* Packets without data, or with one byte, are no reason to stop. */
static void test_short_packets(void **state)
{
    begin(state);
    unsigned number = keyboard_at(1, 0);

    fake_report(&keyboard, 1, "", 0);
    run(10 * MS);
    assert_int_equal(pc.reports[number], 0);
    fake_report(&keyboard, 1, "\7", 1);
    run(10 * MS);
    assert_int_equal(pc.reports[number], 1);
    assert_int_equal(pc.report[number][0], 7);
    type(&keyboard, 1, number, 4);
    assert_int_equal(pc.fake.executed[14], 0);
}

/* A packet that is longer than the endpoint's is a babble. */
static void test_long_packet(void **state)
{
    uint8_t bytes[9] = {1};

    begin(state);
    fake_report(&keyboard, 1, bytes, sizeof bytes);
    run(50 * MS);
    assert_int_equal(pc.reports[keyboard_at(1, 0)], 0);
    assert_int_equal(pc.fake.executed[14], 1);
    type(&keyboard, 1, keyboard_at(1, 0), 4);
}

/* Some controllers report a short packet twice; it is received once. */
static void test_spurious_events(void **state)
{
    struct fake_options options = usual;

    (void)state;
    options.spurious = true;
    start_with(&options);
    keyboard = (struct fake_usb){.model = &fake_keyboard};
    fake_plug(&pc.fake, &keyboard, NULL, 1);
    run(SECOND);
    for (unsigned i = 0; i < 100; i++) {
        fake_report(&keyboard, 1, &(uint8_t[4]){0, 0, (uint8_t)i}, 4);
        run(3 * MS);
        assert_int_equal(pc.reports[0], 2 * i + 1);
        type(&keyboard, 1, 0, 4);
    }
}

/* ---------------------------------------------------------------- LEDs --- */

static void test_leds(void **state)
{
    begin(state);
    for (unsigned leds = 1; leds < 8; leds++) {
        usb_set_leds(&pc.usb, keyboard_at(1, 0), (uint8_t)leds);
        usb_set_leds(&pc.usb, keyboard_at(7, 1), (uint8_t)(8 - leds));
        run(20 * MS);
        assert_int_equal(keyboard.leds[0], leds);
        assert_int_equal(other.leds[0], 8 - leds);
        assert_int_equal(keyboard.leds_set[0], leds);
    }
    usb_set_leds(&pc.usb, keyboard_at(1, 0), 7);
    run(20 * MS);
    assert_int_equal(keyboard.leds_set[0], 7);
}

/* Each keyboard of a device has LEDs of its own. */
static void test_leds_of_interfaces(void **state)
{
    struct fake_usb two = {.model = &fake_two_keyboards};

    begin(state);
    fake_plug(&pc.fake, &two, NULL, 4);
    run(SECOND);
    unsigned first = keyboard_at(4, 0);

    usb_set_leds(&pc.usb, first, 2);
    run(20 * MS);
    assert_memory_equal(two.leds, "\2\0\0", 3);
    usb_set_leds(&pc.usb, first + 1, 5);
    run(20 * MS);
    assert_memory_equal(two.leds, "\2\0\5", 3);
    assert_int_equal(two.leds_set[0], 1);
}

/* A keyboard may have no LEDs: it stalls the request, and types on. */
static void test_no_leds(void **state)
{
    begin(state);
    keyboard.fault[0] = (struct fake_fault){FAKE_STALL, 9, 1, 1, 0};
    keyboard.fault[0].seen = 1;
    for (unsigned leds = 1; leds < 4; leds++) {
        keyboard.fault[0].times = 1;
        keyboard.fault[0].seen = 1;
        usb_set_leds(&pc.usb, keyboard_at(1, 0), (uint8_t)leds);
        run(50 * MS);
        assert_int_equal(keyboard.fault[0].times, 0);
        type(&keyboard, 1, keyboard_at(1, 0), 4);
    }
    usb_set_leds(&pc.usb, keyboard_at(1, 0), 4);
    run(20 * MS);
    assert_int_equal(keyboard.leds[0], 4);
    assert_int_equal(pc.unplugs, 0);
}

/* A keyboard fails when its LEDs are set, while it sends reports: it is set up
   again each time, as it has worked before. */
static void test_leds_fail(void **state)
{
    begin(state);
    for (unsigned i = 0; i < 6; i++) {
        type(&keyboard, 1, keyboard_at(1, 0), 4);
        keyboard.fault[0] = (struct fake_fault){FAKE_ERROR, 9, 0, 1, 0};
        usb_set_leds(&pc.usb, keyboard_at(1, 0), 1);
        while (pc.unplugs == i) {
            fake_report(&keyboard, 1, "\0\0\7\0\0\0\0", 8);
            step();
        }
        for (unsigned j = 0; j < 4; j++) {
            fake_report(&keyboard, 1, "\0\0\7\0\0\0\0", 8);
            step();
        }
        run(SECOND);
    }
    type(&keyboard, 1, keyboard_at(1, 0), 4);
    assert_int_equal(pc.failures, 0);
}

/* The keyboard is unplugged while its LEDs are set. */
static void test_leds_of_unplugged(void **state)
{
    for (unsigned i = 0; i < 10; i++) {
        begin(state);
        usb_set_leds(&pc.usb, keyboard_at(7, 1), 3);
        run(i / 2 * MS);
        fake_unplug(i & 1 ? &other : &hub);
        run(2 * SECOND);
        assert_int_equal(keyboards(), 1);
        usb_set_leds(&pc.usb, keyboard_at(1, 0), 1);
        run(20 * MS);
        assert_int_equal(keyboard.leds[0], 1);
        assert_int_equal(pc.failures, 0);
    }
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_repair),
        TEST(test_trb_error),
        TEST(test_three_repairs),
        TEST(test_hopeless),
        TEST(test_repair_fails),
        TEST(test_repair_hub),
        TEST(test_short_packets),
        TEST(test_long_packet),
        TEST(test_spurious_events),
        TEST(test_leds),
        TEST(test_leds_of_interfaces),
        TEST(test_no_leds),
        TEST(test_leds_fail),
        TEST(test_leds_of_unplugged),
    };

    return cmocka_run_group_tests(tests, NULL, finish);
}
