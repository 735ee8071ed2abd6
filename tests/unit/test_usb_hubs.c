/* SPDX-License-Identifier: MIT */
/* Tests keyboards behind hubs of a fake USB controller: the fake checks routes
   and transaction translators. */
#include "usb_setup.h"

#define HUBS_MAX 6

static struct fake_usb hubs[HUBS_MAX];

/* Plugs in a chain of COUNT hubs at root port 2: each is at port 1 to 4 of the
   one before it.  The first SLOW_FROM are of high speed, the others of full
   speed. */
static void plug_chain(unsigned count, unsigned slow_from)
{
    memset(hubs, 0, sizeof hubs);
    for (unsigned i = 0; i < count; i++) {
        hubs[i].model = i < slow_from ? &fake_hub : &fake_full_hub;
        fake_plug(&pc.fake, &hubs[i], i == 0 ? NULL : &hubs[i - 1],
                  i == 0 ? 2 : 1 + i % 4);
    }
}

static const struct fake_model *const slow_models[] = {&fake_low_keyboard,
                                                       &fake_keyboard};

/* A keyboard behind one to five hubs types.  High speed is possible if all hubs
   have it. */
static void test_tiers(void **state)
{
    for (unsigned i = 0; i < 5 * 6 * 2; i++) {
        unsigned count = 1 + i % 5, slow_from = i / 5 % 6;
        struct fake_usb keyboard = {.model = slow_models[i / 30]};

        if (slow_from > count)
            continue;
        start(state);
        plug_chain(count, slow_from);
        fake_plug(&pc.fake, &keyboard, &hubs[count - 1], 4);
        run(5 * SECOND);
        assert_int_equal(keyboards(), 1);
        type(&keyboard, 1, keyboard_at(4, count), 4);
        assert_int_equal(fake_slots_used(&pc.fake), count + 1);
        assert_int_equal(pc.failures, 0);
        assert_true(pc.usb.searched);
    }
}

static void test_high_speed(void **state)
{
    for (unsigned count = 1; count <= 5; count++) {
        struct fake_usb keyboard = {.model = &fake_high_keyboard};

        start(state);
        plug_chain(count, count);
        fake_plug(&pc.fake, &keyboard, &hubs[count - 1], 3);
        run(5 * SECOND);
        type(&keyboard, 15, keyboard_at(3, count), 4);
    }
}

/* A sixth hub, which USB does not allow, is ignored; a keyboard at the fifth is
   not. */
static void test_six_hubs(void **state)
{
    struct fake_usb lost = {.model = &fake_keyboard};
    struct fake_usb keyboard = {.model = &fake_keyboard};

    (void)state;
    plug_chain(6, 6);
    fake_plug(&pc.fake, &lost, &hubs[5], 1);
    fake_plug(&pc.fake, &keyboard, &hubs[4], 1);
    run(6 * SECOND);
    assert_int_equal(keyboards(), 1);
    type(&keyboard, 1, keyboard_at(1, 5), 4);
    assert_int_equal(fake_slots_used(&pc.fake), 7);
    assert_int_equal(pc.failures, 0);
}

/* A full hub: keyboards, a mouse and a disk.  The fake checks that no two
   devices have one address. */
static void test_mixture(void **state)
{
    struct fake_usb disk = {.model = &fake_disk};
    struct fake_usb first = {.model = &fake_low_keyboard};
    struct fake_usb mouse = {.model = &fake_mouse};
    struct fake_usb second = {.model = &fake_high_keyboard};

    (void)state;
    plug_chain(1, 1);
    fake_plug(&pc.fake, &disk, &hubs[0], 1);
    fake_plug(&pc.fake, &first, &hubs[0], 2);
    fake_plug(&pc.fake, &mouse, &hubs[0], 3);
    fake_plug(&pc.fake, &second, &hubs[0], 4);
    run(3 * SECOND);
    assert_int_equal(keyboards(), 2);
    type(&first, 1, keyboard_at(2, 1), 4);
    type(&second, 15, keyboard_at(4, 1), 5);
    assert_int_equal(fake_slots_used(&pc.fake), 5);
    assert_int_equal(pc.failures, 0);
}

/* All fifteen ports of a hub; more keyboards than there are numbers. */
static void test_large_hub(void **state)
{
    struct fake_usb hub = {.model = &fake_large_hub};
    struct fake_usb keyboard[15] = {{.model = NULL}};

    (void)state;
    fake_plug(&pc.fake, &hub, NULL, 8);
    for (unsigned i = 0; i < 15; i++) {
        keyboard[i].model = i % 2 ? &fake_mouse : &fake_keyboard;
        fake_plug(&pc.fake, &keyboard[i], &hub, 1 + i);
    }
    run(10 * SECOND);
    assert_int_equal(keyboards(), 8);
    for (unsigned i = 0; i < 15; i += 2)
        type(&keyboard[i], 1, keyboard_at(1 + i, 1), 4);
    fake_unplug(&keyboard[14]);
    run(SECOND);
    assert_int_equal(keyboards(), 7);
    fake_plug(&pc.fake, &keyboard[14], &hub, 15);
    run(SECOND);
    type(&keyboard[14], 1, keyboard_at(15, 1), 4);
    assert_int_equal(pc.failures, 0);
}

/* Devices for which the driver has no memory are ignored, and do not disturb
   the others: here there are three hubs, each with 13 devices. */
static void test_too_many(void **state)
{
    static struct fake_usb other[39], hub[3], keyboard;

    (void)state;
    keyboard = (struct fake_usb){.model = &fake_keyboard};
    for (unsigned i = 0; i < 39; i++)
        other[i] = (struct fake_usb){.model = &fake_keyboard};
    for (unsigned i = 0; i < 3; i++) {
        hub[i] = (struct fake_usb){.model = &fake_large_hub};
        fake_plug(&pc.fake, &hub[i], NULL, 6 + i);
    }
    for (unsigned i = 0; i < 39; i++)
        fake_plug(&pc.fake, &other[i], &hub[i / 13], 1 + i % 13);
    run(20 * SECOND);
    assert_int_equal(fake_slots_used(&pc.fake), XHCI_DEVICES);
    assert_true(pc.usb.searched);
    fake_unplug(&other[0]);
    run(SECOND);
    fake_plug(&pc.fake, &keyboard, &hub[0], 15);
    run(SECOND);
    type(&keyboard, 1, keyboard_at(15, 1), 4);
    assert_int_equal(pc.failures, 0);
}

/* A keyboard that is plugged in later is noticed by the hub's report. */
static void test_plug_later(void **state)
{
    struct fake_usb keyboard = {.model = &fake_low_keyboard};

    (void)state;
    plug_chain(2, 1);
    run(5 * SECOND);
    assert_true(pc.usb.searched);
    fake_plug(&pc.fake, &keyboard, &hubs[1], 7);
    run(SECOND);
    type(&keyboard, 1, keyboard_at(7, 2), 4);
    fake_unplug(&keyboard);
    run(SECOND);
    assert_int_equal(keyboards(), 0);
    fake_plug(&pc.fake, &keyboard, &hubs[0], 4);
    run(SECOND);
    type(&keyboard, 1, keyboard_at(4, 1), 4);
    assert_int_equal(pc.failures, 0);
}

/* A hub may claim to have more ports than USB allows. */
static void test_too_many_ports(void **state)
{
    struct fake_usb hub = {
        .model = &fake_large_hub,
        .patch = {{.type = 0x29, .offset = 2, .value = 255}}};
    struct fake_usb keyboard = {.model = &fake_keyboard};

    (void)state;
    fake_plug(&pc.fake, &hub, NULL, 8);
    fake_plug(&pc.fake, &keyboard, &hub, 15);
    run(3 * SECOND);
    type(&keyboard, 1, keyboard_at(15, 1), 4);
}

/* A hub also reports changes of its own, in bit 0. */
static void test_hub_change(void **state)
{
    struct fake_usb keyboard = {.model = &fake_keyboard};

    (void)state;
    plug_chain(1, 1);
    fake_plug(&pc.fake, &keyboard, &hubs[0], 2);
    run(3 * SECOND);
    unsigned requests = hubs[0].requests;

    fake_report(&hubs[0], 1, "\1", 1);
    run(SECOND);
    assert_int_equal(hubs[0].requests, requests);
    type(&keyboard, 1, keyboard_at(2, 1), 4);
}

/* All devices behind a hub are unplugged with it, whatever their numbers: those
   of the devices here become smaller from tier to tier. */
static void test_unplug_numbers(void **state)
{
    struct fake_usb filler[2] = {{.model = &fake_keyboard},
                                 {.model = &fake_keyboard}};
    struct fake_usb keyboard = {.model = &fake_keyboard};
    struct fake_options options = usual;

    (void)state;
    options.shy = true;
    start_with(&options);
    plug_chain(1, 1);
    fake_unplug(&hubs[0]);
    for (unsigned i = 0; i < 2; i++) {
        fake_plug(&pc.fake, &filler[i], NULL, 3 + i);
        run(SECOND);
    }
    fake_plug(&pc.fake, &hubs[0], NULL, 2);
    run(SECOND);
    fake_unplug(&filler[1]);
    run(100 * MS);
    hubs[1].model = &fake_hub;
    fake_plug(&pc.fake, &hubs[1], &hubs[0], 1);
    run(2 * SECOND);
    fake_unplug(&filler[0]);
    run(100 * MS);
    fake_plug(&pc.fake, &keyboard, &hubs[1], 4);
    run(2 * SECOND);
    assert_int_equal(pc.usb.devices[0].depth, 2);
    assert_int_equal(pc.usb.devices[2].depth, 0);
    type(&keyboard, 1, keyboard_at(4, 2), 4);
    fake_unplug(&hubs[0]);
    run(SECOND);
    assert_int_equal(keyboards(), 0);
    assert_int_equal(fake_slots_used(&pc.fake), 0);
}

/* Hubs are searched before the search is over, also those that connect late,
   and however long their ports take to power. */
static void test_searched(void **state)
{
    for (unsigned i = 0; i < 990; i += 30) {
        struct fake_usb keyboard = {.model = &fake_keyboard};
        struct fake_usb hub = {.model = &fake_hub};

        if (i % 60)
            hub.patch[0] = (struct fake_patch){0x29, 5, 255};
        start(state);
        while (pc.usb.xhci.state == XHCI_STARTING)
            step();
        run(i * MS);
        fake_plug(&pc.fake, &hub, NULL, 8);
        fake_plug(&pc.fake, &keyboard, &hub, 4);
        for (unsigned j = 0; j < 3000 && !pc.usb.searched; j++)
            step();
        assert_true(pc.usb.searched);
        type(&keyboard, 1, keyboard_at(4, 1), 4);
    }
}

/* A keyboard that fails leaves the other ports of its hub in use, although it
   still waits for an address. */
static void test_failure_on_hub(void **state)
{
    struct fake_usb broken = {.model = &fake_keyboard, .address_errors = 99};
    struct fake_usb keyboard = {.model = &fake_low_keyboard};

    (void)state;
    plug_chain(1, 1);
    fake_plug(&pc.fake, &broken, &hubs[0], 1);
    fake_plug(&pc.fake, &keyboard, &hubs[0], 2);
    run(4 * SECOND);
    assert_int_equal(broken.address_errors, 96);
    assert_int_equal(pc.failures, 1);
    assert_string_equal(pc.failed, "address");
    assert_int_equal(pc.failed_at.port, 1);
    assert_int_equal(pc.failed_at.hubs, 1);
    type(&keyboard, 1, keyboard_at(2, 1), 4);
}

/* Requests to ports: Get Status, Clear Feature and Set Feature */
static const int port_requests[] = {0, 1, 3};

/* Each of the first requests to the ports of a hub fails once, in each way: in
   the end, the keyboard behind it types. */
static void test_port_requests(void **state)
{
    for (unsigned i = 0; i < TESTS(port_requests) * 10; i++) {
        for (enum fake_error error = FAKE_STALL; error <= FAKE_SHORT; error++) {
            struct fake_usb keyboard = {.model = &fake_keyboard};

            start(state);
            plug_chain(1, 1);
            hubs[0].fault[0] =
                (struct fake_fault){error, port_requests[i % 3], i / 3, 1, 0};
            fake_plug(&pc.fake, &keyboard, &hubs[0], 2);
            run(5 * SECOND);
            assert_int_equal(pc.failures, 0);
            if (i == 5 && error == FAKE_STALL)
                assert_int_equal(keyboards(), 0); /* its port has no power */
            else
                type(&keyboard, 1, keyboard_at(2, 1), 4);
        }
    }
}

/* A hub whose pipe fails again and again is set up again, with all devices
   behind it. */
static void test_hub_is_dropped(void **state)
{
    struct fake_usb keyboard = {.model = &fake_keyboard};

    (void)state;
    plug_chain(2, 1);
    fake_plug(&pc.fake, &keyboard, &hubs[1], 2);
    run(4 * SECOND);
    type(&keyboard, 1, keyboard_at(2, 2), 4);
    for (unsigned i = 0; i < 4; i++) {
        fake_break(&hubs[0], 1, FAKE_ERROR);
        run(20 * MS);
    }
    assert_int_equal(keyboards(), 0);
    run(4 * SECOND);
    type(&keyboard, 1, keyboard_at(2, 2), 5);
    assert_int_equal(pc.failures, 0);
}

#define TEST(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_tiers),          TEST(test_high_speed),
        TEST(test_six_hubs),       TEST(test_mixture),
        TEST(test_too_many),       TEST(test_large_hub),
        TEST(test_plug_later),     TEST(test_searched),
        TEST(test_failure_on_hub), TEST(test_too_many_ports),
        TEST(test_hub_change),     TEST(test_unplug_numbers),
        TEST(test_port_requests),  TEST(test_hub_is_dropped),
    };

    return cmocka_run_group_tests(tests, NULL, finish);
}
