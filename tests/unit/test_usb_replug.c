/* SPDX-License-Identifier: MIT */
/* Tests that devices can be unplugged and plugged in again at any time, at root
   ports and behind hubs of a fake USB controller. */
#include "usb_setup.h"

/* Time in which a keyboard at a root port is set up, or behind a hub */
#define SET_UP     (300 * MS)
#define SET_UP_HUB (1000 * MS)

static struct fake_usb hub, keyboard, other;

static void begin(bool shy)
{
    struct fake_options options = usual;

    options.shy = shy;
    start_with(&options);
    hub = (struct fake_usb){.model = &fake_hub};
    keyboard = (struct fake_usb){.model = &fake_keyboard};
    other = (struct fake_usb){.model = &fake_low_keyboard};
}

/* Runs until COUNT keyboards are in use, DEVICES devices have slots, and no job
   is in progress. */
static void settle(unsigned count, unsigned devices)
{
    uint64_t limit = pc.now + 5 * SECOND;

    while (keyboards() != count || fake_slots_used(&pc.fake) != devices ||
           pc.usb.step != NULL) {
        assert_true(pc.now < limit);
        step();
    }
}

/* A keyboard is plugged in and unplugged 20 times. */
static void test_replug(void **state)
{
    (void)state;
    begin(false);
    for (unsigned i = 1; i <= 20; i++) {
        fake_plug(&pc.fake, &keyboard, NULL, 1 + i % 8);
        run(SECOND);
        assert_int_equal(pc.plugs, i);
        type(&keyboard, 1, keyboard_at(1 + i % 8, 0), 4);
        fake_unplug(&keyboard);
        run(SECOND);
        assert_int_equal(pc.unplugs, i);
        assert_int_equal(fake_slots_used(&pc.fake), 0);
    }
    assert_int_equal(pc.failures, 0);
}

/* The same with a hub that has two keyboards */
static void test_replug_hub(void **state)
{
    (void)state;
    begin(false);
    fake_plug(&pc.fake, &keyboard, &hub, 1);
    fake_plug(&pc.fake, &other, &hub, 4);
    for (unsigned i = 1; i <= 20; i++) {
        fake_plug(&pc.fake, &hub, NULL, 5);
        run(2 * SECOND);
        assert_int_equal(pc.plugs, 2 * i);
        type(&keyboard, 1, keyboard_at(1, 1), 4);
        type(&other, 1, keyboard_at(4, 1), 5);
        fake_unplug(&hub);
        run(SECOND);
        assert_int_equal(pc.unplugs, 2 * i);
        assert_int_equal(fake_slots_used(&pc.fake), 0);
    }
    assert_int_equal(pc.failures, 0);
}

/* Unplugged at each millisecond of its setup, a keyboard is forgotten, and is
   set up when it is plugged in again.  Transfers to a device that is gone end
   with an error or, with a shy controller, do not end. */
static void test_unplug_anytime(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2 * SET_UP / MS; i++) {
        begin(i & 1);
        run_start();
        fake_plug(&pc.fake, &keyboard, NULL, 1);
        run(i / 2 * MS);
        fake_unplug(&keyboard);
        settle(0, 0);
        fake_plug(&pc.fake, &keyboard, NULL, 1);
        settle(1, 1);
        type(&keyboard, 1, keyboard_at(1, 0), 4);
        assert_int_equal(pc.failures, 0);
    }
}

/* The same if it is plugged in again at once, after a millisecond or two */
static void test_flap_anytime(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 6 * SET_UP / MS; i++) {
        begin(i & 1);
        run_start();
        fake_plug(&pc.fake, &keyboard, NULL, 1);
        run(i / 6 * MS);
        fake_unplug(&keyboard);
        run(i / 2 % 3 * MS);
        fake_plug(&pc.fake, &keyboard, NULL, 1);
        run(10 * MS);
        settle(1, 1);
        type(&keyboard, 1, keyboard_at(1, 0), 4);
        assert_int_equal(pc.failures, 0);
    }
}

/* A keyboard is replaced by another model at each millisecond. */
static void test_replace_anytime(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SET_UP / MS; i++) {
        begin(false);
        run_start();
        fake_plug(&pc.fake, &keyboard, NULL, 1);
        run(i * MS);
        fake_unplug(&keyboard);
        fake_plug(&pc.fake, &other, NULL, 1);
        run(10 * MS);
        settle(1, 1);
        type(&other, 1, keyboard_at(1, 0), 4);
    }
}

/* The hub is unplugged at any time while it and its keyboards are set up. */
static void test_unplug_hub_anytime(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2 * SET_UP_HUB / (2 * MS); i++) {
        begin(i & 1);
        run_start();
        fake_plug(&pc.fake, &keyboard, &hub, 2);
        fake_plug(&pc.fake, &other, &hub, 3);
        fake_plug(&pc.fake, &hub, NULL, 1);
        run(i / 2 * 2 * MS);
        fake_unplug(&hub);
        settle(0, 0);
        fake_plug(&pc.fake, &hub, NULL, 1);
        settle(2, 3);
        type(&keyboard, 1, keyboard_at(2, 1), 4);
        type(&other, 1, keyboard_at(3, 1), 5);
        assert_int_equal(pc.failures, 0);
    }
}

/* A keyboard behind a hub is unplugged at any time; the other one stays. */
static void test_unplug_behind_hub_anytime(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2 * SET_UP_HUB / (2 * MS); i++) {
        begin(i & 1);
        run_start();
        fake_plug(&pc.fake, &keyboard, &hub, 2);
        fake_plug(&pc.fake, &other, &hub, 3);
        fake_plug(&pc.fake, &hub, NULL, 1);
        run(i / 2 * 2 * MS);
        fake_unplug(&keyboard);
        run(300 * MS); /* until the hub reports it */
        settle(1, 2);
        type(&other, 1, keyboard_at(3, 1), 5);
        fake_plug(&pc.fake, &keyboard, &hub, 2);
        settle(2, 3);
        type(&keyboard, 1, keyboard_at(2, 1), 4);
        assert_int_equal(pc.failures, 0);
    }
}

/* Ports that disable themselves at any time: the device is set up again. */
static void test_disable_anytime(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SET_UP_HUB / (4 * MS); i++) {
        for (unsigned j = 0; j < 2; j++) {
            begin(i & 1);
            run_start();
            fake_plug(&pc.fake, &keyboard, &hub, 2);
            fake_plug(&pc.fake, &other, NULL, 2);
            fake_plug(&pc.fake, &hub, NULL, 1);
            run(i * 4 * MS);
            if (j == 0)
                fake_disable(&keyboard);
            else
                fake_disable(&hub);
            run(300 * MS);
            settle(2, 3);
            type(&keyboard, 1, keyboard_at(2, 1), 4);
            type(&other, 1, keyboard_at(2, 0), 5);
            assert_int_equal(pc.failures, 0);
        }
    }
}

/* The same for a keyboard at a root port that is not used, so that no transfer
   fails. */
static void test_disable_idle(void **state)
{
    (void)state;
    begin(true);
    fake_plug(&pc.fake, &other, NULL, 2);
    run(2 * SECOND);
    for (unsigned i = 1; i <= 5; i++) {
        fake_disable(&other);
        run(SECOND);
        assert_int_equal(pc.unplugs, i);
        type(&other, 1, keyboard_at(2, 0), 4);
    }
    assert_int_equal(pc.failures, 0);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_replug),
        TEST(test_replug_hub),
        TEST(test_unplug_anytime),
        TEST(test_flap_anytime),
        TEST(test_replace_anytime),
        TEST(test_unplug_hub_anytime),
        TEST(test_unplug_behind_hub_anytime),
        TEST(test_disable_anytime),
        TEST(test_disable_idle),
    };

    return cmocka_run_group_tests(tests, NULL, finish);
}
