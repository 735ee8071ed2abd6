/* SPDX-License-Identifier: MIT */
/* Tests devices that fail while they are set up: the driver tries three times,
   reports what failed, and goes on with other devices. */
#include "usb_setup.h"

#define PORT  2 /* of the device that fails */
#define TRIES 3

static struct fake_usb broken, hub, keyboard;

/* Plugs in a device that will fail, and a keyboard behind a hub. */
static void begin(const struct fake_model *model)
{
    start_with(&usual);
    broken = (struct fake_usb){.model = model};
    hub = (struct fake_usb){.model = &fake_hub};
    keyboard = (struct fake_usb){.model = &fake_low_keyboard};
    fake_plug(&pc.fake, &broken, NULL, PORT);
    fake_plug(&pc.fake, &hub, NULL, 3);
    fake_plug(&pc.fake, &keyboard, &hub, 1);
}

static void check_others(void)
{
    type(&keyboard, 1, keyboard_at(1, 1), 4);
    assert_true(pc.usb.searched);
}

/* Checks that the device has failed for this reason after three tries, and that
   a good one at its port is then set up. */
static void check_failed(const char *what)
{
    assert_int_equal(pc.failures, 1);
    assert_string_equal(pc.failed, what);
    assert_int_equal(pc.failed_at.port, PORT);
    assert_int_equal(pc.failed_at.hubs, 0);
    assert_int_equal(keyboards(), 1);
    assert_int_equal(fake_slots_used(&pc.fake), 2);
    check_others();
    fake_unplug(&broken);
    run(SECOND);
    broken = (struct fake_usb){.model = &fake_keyboard};
    fake_plug(&pc.fake, &broken, NULL, PORT);
    run(SECOND);
    type(&broken, 1, keyboard_at(PORT, 0), 5);
    assert_int_equal(pc.failures, 1);
}

static void check_recovered(void)
{
    assert_int_equal(pc.failures, 0);
    assert_int_equal(keyboards(), 2);
    type(&broken, 1, keyboard_at(PORT, 0), 4);
    check_others();
}

/* ------------------------------------------------------------ requests --- */

/* Requests in order, and what fails with them; whether a device may stall them,
   and whether it may answer with half of the data */
static const struct {
    int request;
    unsigned after; /* others of the kind */
    const char *what;
    bool optional, shorter;
} requests[] = {
    {6, 0, "device descriptor", false, false},
    {6, 1, "configuration descriptor", false, true}, /* has the length */
    {6, 2, "configuration descriptor", false, true},
    {9, 0, "configuration", false, true},
    {11, 0, "boot protocol", true, true},
    {10, 0, "idle rate", true, true},
};

static bool is_harmless(unsigned request, enum fake_error error)
{
    return (error == FAKE_STALL && requests[request].optional) ||
           (error == FAKE_SHORT && requests[request].shorter);
}

/* Each request fails in each way, once to three times. */
static void test_requests(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TESTS(requests); i++) {
        for (enum fake_error error = FAKE_STALL; error <= FAKE_SHORT; error++) {
            for (unsigned times = 1; times <= TRIES; times++) {
                if (error == FAKE_SHORT && i == 2)
                    continue; /* see test_short_configuration() */
                begin(&fake_low_keyboard);
                broken.fault[0] = (struct fake_fault){
                    error, requests[i].request, requests[i].after, times, 0};
                run(6 * SECOND);
                if (times < TRIES || is_harmless(i, error))
                    check_recovered();
                else
                    check_failed(requests[i].what);
            }
        }
    }
}

/* Half a configuration descriptor has no endpoint: the device is left alone. */
static void test_short_configuration(void **state)
{
    (void)state;
    begin(&fake_low_keyboard);
    broken.fault[0] = (struct fake_fault){FAKE_SHORT, 6, 2, 1, 0};
    run(4 * SECOND);
    assert_int_equal(pc.failures, 0);
    assert_int_equal(keyboards(), 1);
    assert_int_equal(fake_slots_used(&pc.fake), 3);
    check_others();
}

/* A request that is never answered fails at its time limit, and not before. */
static void test_endless_request(void **state)
{
    (void)state;
    begin(&fake_low_keyboard);
    fake_unplug(&hub);
    broken.fault[0] = (struct fake_fault){FAKE_SILENT, 6, 0, 1, 0};
    while (broken.fault[0].times > 0)
        step();
    uint64_t sent = pc.usb.xhci.deadline - XHCI_CONTROL_US;

    assert_in_range(pc.now - sent, 0, 2 * MS);
    run(XHCI_CONTROL_US - (pc.now - sent) - MS);
    assert_int_equal(xhci_result(&pc.usb.xhci), XHCI_PENDING);
    assert_int_equal(pc.usb.tries[PORT], 0);
    step();
    assert_int_equal(pc.usb.tries[PORT], 1);
    run(2 * SECOND);
    type(&broken, 1, keyboard_at(PORT, 0), 4);
}

/* --------------------------------------------------------- descriptors --- */

static const char ignored[] = ""; /* left alone without a failure */

/* Bytes that are wrong in descriptors, and what fails, or NULL if nothing */
static const struct {
    const struct fake_model *model;
    struct fake_patch patch[2];
    const char *what;
} patches[] = {
    {&fake_keyboard, {{1, 1, 2}}, "device descriptor"},
    {&fake_keyboard, {{1, 0, 0}}, NULL},
    {&fake_keyboard, {{1, 7, 7}}, "device descriptor"},
    {&fake_keyboard, {{1, 7, 0}}, "device descriptor"},
    {&fake_keyboard, {{1, 7, 255}}, "device descriptor"},
    {&fake_low_keyboard, {{1, 7, 64}}, "device descriptor"},
    {&fake_high_keyboard, {{1, 7, 32}}, "device descriptor"},
    {&fake_super_disk, {{1, 7, 8}}, "device descriptor"},
    {&fake_super_disk, {{1, 7, 255}}, "device descriptor"},
    {&fake_keyboard, {{2, 1, 4}}, "configuration descriptor"},
    {&fake_keyboard, {{2, 0, 0}}, "configuration descriptor"},
    {&fake_keyboard, {{2, 0, 255}}, ignored},
    {&fake_keyboard, {{2, 2, 0}}, "configuration descriptor"},
    {&fake_keyboard, {{2, 2, 8}}, "configuration descriptor"},
    {&fake_keyboard, {{2, 2, 9}}, ignored},
    {&fake_keyboard, {{2, 2, 255}, {2, 3, 255}}, NULL},
    {&fake_keyboard, {{2, 3, 4}}, NULL},
    {&fake_keyboard, {{2, 5, 9}}, "configuration"},
    {&fake_keyboard, {{2, 9, 0}}, ignored},
    {&fake_keyboard, {{2, 29, 0x01}}, ignored},
    {&fake_hub, {{0x29, 1, 4}}, "hub descriptor"},
    {&fake_hub, {{0x29, 2, 0}}, "hub descriptor"},
};

static void test_descriptors(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TESTS(patches); i++) {
        const char *what = patches[i].what;
        bool fast = patches[i].model->speed == FAKE_SUPER;

        begin(patches[i].model);
        memcpy(broken.patch, patches[i].patch, sizeof patches[i].patch);
        if (fast) {
            fake_unplug(&broken);
            fake_plug(&pc.fake, &broken, NULL, 12);
        }
        run(5 * SECOND);
        if (what == NULL) {
            check_recovered();
        } else if (what == ignored) {
            assert_int_equal(pc.failures, 0);
            assert_int_equal(keyboards(), 1);
            check_others();
        } else if (fast) {
            assert_int_equal(pc.failures, 1);
            assert_int_equal(pc.failed_at.port, 12);
        } else {
            check_failed(what);
        }
    }
}

/* ------------------------------------------------------ ports and commands ---
 */

static void test_endless_port_reset(void **state)
{
    (void)state;
    begin(&fake_keyboard);
    pc.fake.ports[PORT].reset_hangs = true;
    run(6 * SECOND);
    pc.fake.ports[PORT].reset_hangs = false;
    check_failed("reset");
}

/* The same at a port of a hub */
static void test_endless_hub_port_reset(void **state)
{
    struct fake_usb lost = {.model = &fake_keyboard};

    (void)state;
    begin(&fake_keyboard);
    fake_plug(&pc.fake, &lost, &hub, 4);
    hub.ports[4].reset_hangs = true;
    run(7 * SECOND);
    assert_int_equal(pc.failures, 1);
    assert_string_equal(pc.failed, "reset");
    assert_int_equal(pc.failed_at.port, 4);
    assert_int_equal(pc.failed_at.hubs, 1);
    check_others();
    hub.ports[4].reset_hangs = false;
    fake_unplug(&lost);
    run(SECOND);
    fake_plug(&pc.fake, &lost, &hub, 4);
    run(SECOND);
    type(&lost, 1, keyboard_at(4, 1), 4);
    assert_int_equal(pc.failures, 1);
}

static void test_addresses(void **state)
{
    (void)state;
    for (unsigned times = 1; times <= TRIES; times++) {
        begin(&fake_keyboard);
        broken.address_errors = times;
        run(5 * SECOND);
        if (times < TRIES)
            check_recovered();
        else
            check_failed("address");
    }
}

/* Commands that fail for the first device that needs them, and what fails */
static const struct {
    unsigned command;
    const char *what;
} commands[] = {
    {9, "slot"}, {11, "address"}, {12, "endpoints"}, {13, "packet size"}};

static void test_commands(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TESTS(commands); i++) {
        for (unsigned times = 1; times <= TRIES; times++) {
            begin(&fake_keyboard);
            fake_unplug(&hub);
            pc.fake.trouble.command = commands[i].command;
            pc.fake.trouble.code = 17;
            pc.fake.trouble.times = times;
            run(2 * SECOND);
            fake_plug(&pc.fake, &hub, NULL, 3);
            run(3 * SECOND);
            if (times < TRIES)
                check_recovered();
            else
                check_failed(commands[i].what);
        }
    }
}

static void refuse_to_disable_slots(void)
{
    pc.fake.trouble.command = 10;
    pc.fake.trouble.code = 11;
    pc.fake.trouble.times = 9;
}

/* A slot that cannot be disabled is no failure of the hub. */
static void test_disable_slot_fails(void **state)
{
    (void)state;
    begin(&fake_keyboard);
    run(3 * SECOND);
    refuse_to_disable_slots();
    unsigned resets = hub.resets;

    for (unsigned i = 0; i < 4; i++) {
        fake_unplug(&keyboard);
        run(SECOND);
        fake_plug(&pc.fake, &keyboard, &hub, 1);
        run(SECOND);
    }
    check_recovered();
    assert_int_equal(hub.resets, resets);
}

/* It is no second failure of the device either. */
static void test_disable_slot_fails_after_failure(void **state)
{
    (void)state;
    begin(&fake_keyboard);
    broken.address_errors = 2;
    refuse_to_disable_slots();
    run(4 * SECOND);
    check_recovered();
}

/* A device that is slow to be addressed still has 2 ms before the next request
   (USB 2.0, 9.2.6.3); the fake checks that. */
static void test_slow_commands(void **state)
{
    (void)state;
    for (unsigned ms = 0; ms < 30; ms++) {
        begin(&fake_keyboard);
        pc.fake.trouble.command_us = ms * MS;
        run(6 * SECOND);
        check_recovered();
    }
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_requests),
        TEST(test_short_configuration),
        TEST(test_endless_request),
        TEST(test_descriptors),
        TEST(test_endless_port_reset),
        TEST(test_endless_hub_port_reset),
        TEST(test_addresses),
        TEST(test_commands),
        TEST(test_disable_slot_fails),
        TEST(test_disable_slot_fails_after_failure),
        TEST(test_slow_commands),
    };

    return cmocka_run_group_tests(tests, NULL, finish);
}
