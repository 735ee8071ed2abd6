/* SPDX-License-Identifier: MIT */
/* Tests what becomes of keyboards when their controller fails, is stopped or is
   started, and when the search for devices is over. */
#include "usb_setup.h"

#define RESTARTS 2

static struct fake_usb keyboard, hub, other;

/* Plugs in a keyboard at port 1, and one behind a hub. */
static void begin(void)
{
    start_with(&usual);
    keyboard = (struct fake_usb){.model = &fake_keyboard};
    hub = (struct fake_usb){.model = &fake_hub};
    other = (struct fake_usb){.model = &fake_low_keyboard};
    fake_plug(&pc.fake, &keyboard, NULL, 1);
    fake_plug(&pc.fake, &hub, NULL, 2);
    fake_plug(&pc.fake, &other, &hub, 3);
}

static void check_types(void)
{
    assert_int_equal(keyboards(), 2);
    assert_int_equal(pc.failures, 0);
    type(&keyboard, 1, keyboard_at(1, 0), 4);
    type(&other, 1, keyboard_at(3, 1), 5);
}

/* A controller that fails at any time is started again, and all keyboards are
   found again. */
static void test_restart_anytime(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 1500; i += 7) {
        begin();
        run(i * MS);
        pc.fake.trouble.status = i % 2 ? 0x0004 : 0x1000;
        while (pc.usb.xhci.state != XHCI_STARTING || pc.usb.restarts == 0)
            step();
        assert_int_equal(keyboards(), 0);
        pc.fake.trouble.status = 0;
        run(3 * SECOND);
        check_types();
        assert_int_equal(pc.usb.restarts, 1);
    }
}

/* The third failure is the last one. */
static void test_third_failure(void **state)
{
    (void)state;
    begin();
    for (unsigned i = 0; i <= RESTARTS; i++) {
        run(3 * SECOND);
        check_types();
        pc.fake.trouble.status = 0x0004;
        run(2 * MS);
        pc.fake.trouble.status = 0;
        assert_int_equal(keyboards(), 0);
        assert_int_equal(pc.usb.xhci.state,
                         i < RESTARTS ? XHCI_STARTING : XHCI_FAILED);
    }
    run(5 * SECOND);
    assert_int_equal(pc.usb.xhci.state, XHCI_FAILED);
    assert_int_equal(pc.fake.resets, RESTARTS + 1);
    assert_int_equal(keyboards(), 0);
}

/* A controller that is removed is given up soon, and the search is over. */
static void test_removed(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2000; i += 13) {
        begin();
        run(i * MS);
        pc.fake.trouble.dead = true;
        run(20 * MS);
        assert_int_equal(pc.usb.xhci.state, XHCI_FAILED);
        assert_int_equal(keyboards(), 0);
        assert_true(pc.usb.searched);
        assert_int_equal(pc.failures, 0);
    }
}

/* Types of commands */
static const unsigned commands[] = {9, 10, 11, 12, 13, 14, 16};

/* A command of any type that never ends fails the controller at the limit, and
   after a restart all keyboards are found again without a failure. */
static void test_endless_commands(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TESTS(commands); i++) {
        begin();
        run(3 * SECOND);
        pc.fake.trouble.command = commands[i];
        pc.fake.trouble.command_hangs = true;
        fake_break(&keyboard, 1, FAKE_STALL);
        run(100 * MS);
        fake_unplug(&keyboard);
        run(100 * MS);
        fake_plug(&pc.fake, &keyboard, NULL, 1);
        run(4500 * MS);
        assert_int_equal(pc.usb.restarts, 0);
        run(SECOND);
        assert_int_equal(pc.usb.restarts, 1);
        pc.fake.trouble.command_hangs = false;
        run(4 * SECOND);
        check_types();
        assert_int_equal(pc.usb.tries[1] & 0x7F, 0);
    }
}

/* A controller that fails while the control endpoint is repaired, after a
   request was stalled, starts without that repair. */
static void test_fails_in_repair(void **state)
{
    (void)state;
    for (unsigned command = 14; command <= 16; command += 2) {
        start_with(&usual);
        keyboard = (struct fake_usb){.model = &fake_keyboard};
        keyboard.fault[0] = (struct fake_fault){FAKE_STALL, 10, 0, 1, 0};
        fake_plug(&pc.fake, &keyboard, NULL, 1);
        pc.fake.trouble.command = command;
        pc.fake.trouble.command_hangs = true;
        run(6 * SECOND);
        assert_int_equal(pc.usb.restarts, 1);
        assert_int_equal(pc.fake.executed[14], command == 16);
        pc.fake.trouble.command_hangs = false;
        run(2 * SECOND);
        type(&keyboard, 1, keyboard_at(1, 0), 4);
        assert_int_equal(pc.fake.executed[11], 2);
    }
}

static void test_stop(void **state)
{
    (void)state;
    begin();
    run(3 * SECOND);
    assert_int_equal(keyboards(), 2);
    assert_false(usb_stop(&pc.usb));
    assert_int_equal(keyboards(), 0);
    assert_int_equal(pc.fake.command & 1, 0);
    run(20 * MS);
    assert_true(usb_stop(&pc.usb));
    fake_report(&keyboard, 1, "\0\0\4\0\0\0\0", 8);
    run(SECOND);
    assert_int_equal(pc.usb.xhci.state, XHCI_OFF);
    assert_int_equal(pc.unplugs, 2);
}

/* After a stop at any time, the controller can be started again. */
static void test_stop_anytime(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 1500; i += 9) {
        begin();
        run(i * MS);
        usb_stop(&pc.usb);
        assert_int_equal(keyboards(), 0);
        run(20 * MS);
        assert_true(usb_stop(&pc.usb));
        usb_start(&pc.usb, &pc.usb.xhci.access, &pc.usb.xhci.capabilities,
                  pc.usb.xhci.memory, pc.usb.xhci.address, pc.now);
        run(3 * SECOND);
        check_types();
    }
}

/* -------------------------------------------------------------- search --- */

/* Without devices, the search ends a second after the start. */
static void test_searched(void **state)
{
    (void)state;
    start_with(&usual);
    while (pc.usb.xhci.state == XHCI_STARTING)
        step();
    run(SECOND - MS);
    assert_false(pc.usb.searched);
    run(20 * MS);
    assert_true(pc.usb.searched);
}

/* Devices that connect within that second are found first. */
static void test_searched_late(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 990; i += 10) {
        start_with(&usual);
        keyboard = (struct fake_usb){.model = &fake_keyboard};
        while (pc.usb.xhci.state == XHCI_STARTING)
            step();
        run(i * MS);
        fake_plug(&pc.fake, &keyboard, NULL, 1 + i / 10 % 8);
        while (!pc.usb.searched)
            step();
        assert_int_equal(keyboards(), 1);
    }
}

/* A controller that never starts has been searched in the end. */
static void test_searched_in_vain(void **state)
{
    (void)state;
    start_with(&usual);
    pc.fake.trouble.run_us = FAKE_NEVER;
    run(SECOND);
    assert_true(pc.usb.searched);
    assert_int_equal(pc.usb.xhci.state, XHCI_FAILED);
    assert_int_equal(pc.fake.resets, RESTARTS + 1);
}

/* A restart in the last moment of the search begins it again. */
static void test_searched_again(void **state)
{
    (void)state;
    for (unsigned i = 995; i < 1015; i++) {
        start_with(&usual);
        keyboard = (struct fake_usb){.model = &fake_keyboard};
        while (pc.usb.xhci.state == XHCI_STARTING)
            step();
        run(i * MS);
        if (pc.usb.searched)
            break;
        pc.fake.trouble.status = 0x0004;
        step();
        pc.fake.trouble.status = 0;
        run(100 * MS);
        assert_false(pc.usb.searched);
        fake_plug(&pc.fake, &keyboard, NULL, 1);
        while (!pc.usb.searched)
            step();
        assert_int_equal(keyboards(), 1);
    }
    assert_true(pc.usb.searched);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_restart_anytime), TEST(test_third_failure),
        TEST(test_removed),         TEST(test_endless_commands),
        TEST(test_fails_in_repair), TEST(test_stop),
        TEST(test_stop_anytime),    TEST(test_searched),
        TEST(test_searched_late),   TEST(test_searched_in_vain),
        TEST(test_searched_again),
    };

    return cmocka_run_group_tests(tests, NULL, finish);
}
