/* SPDX-License-Identifier: MIT */
/* Tests the start and stop of a fake USB controller, its time limits, and its
   interrupts.  The fake checks the order of accesses to registers. */
#include "usb_setup.h"

static struct xhci xhci;

static void no_packet(void *context, unsigned device, unsigned pipe,
                      const uint8_t *packet, unsigned size)
{
    (void)context, (void)device, (void)pipe, (void)packet, (void)size;
    fail_msg("A packet is received from no device.");
}

/* Starts a controller without the driver of devices. */
static void start_only(const struct fake_options *options)
{
    struct xhci_access access;

    start_with(options);
    memset(&xhci, 0, sizeof xhci);
    access = fake_access(&pc.fake);
    xhci.receive = no_packet;
    xhci_start(&xhci, &access, &pc.capabilities, pc.memory, FAKE_ADDRESS,
               pc.now);
}

static void poll(void)
{
    pc.now += MS;
    fake_tick(&pc.fake, pc.now);
    xhci_poll(&xhci, pc.now);
}

static void poll_for(uint64_t duration)
{
    for (uint64_t end = pc.now + duration; pc.now < end;)
        poll();
}

/* Polls until the state changes.  Returns the time taken in microseconds. */
static uint64_t poll_while(enum xhci_state state, uint64_t limit)
{
    uint64_t begun = pc.now;

    while (xhci.state == state && pc.now - begun < limit)
        poll();
    return pc.now - begun;
}

static void test_start(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 8; i++) {
        struct fake_options options = usual;

        options.wide = i & 1;
        options.bios = i & 2;
        options.scratchpads = i & 4 ? 512 : 0;
        start_only(&options);
        assert_int_equal(xhci.state, XHCI_STARTING);
        poll_while(XHCI_STARTING, 2 * SECOND);
        assert_int_equal(xhci.state, XHCI_RUNNING);
        assert_int_equal(pc.fake.resets, 1);
        assert_int_equal(pc.fake.config, XHCI_DEVICES);
        assert_int_equal(pc.fake.command, 5);
        assert_int_equal(pc.fake.iman, 2);
        assert_int_equal(pc.fake.legacy[1] & 0xFFFF,
                         options.bios ? 0x0000 : 0x0000);
    }
}

/* A slow controller starts, just within the limits of each phase. */
static void test_slow_start(void **state)
{
    (void)state;
    start_only(&usual);
    pc.fake.not_ready = pc.now + 990 * MS;
    pc.fake.trouble.halt_us = 90 * MS;
    pc.fake.trouble.reset_us = 900 * MS;
    pc.fake.trouble.ready_us = 1800 * MS;
    pc.fake.trouble.run_us = 90 * MS;
    poll_while(XHCI_STARTING, 4 * SECOND);
    assert_int_equal(xhci.state, XHCI_RUNNING);
    assert_null(xhci.failure);
}

static void never_ready(struct fake_xhci *fake)
{
    fake->not_ready = FAKE_NEVER;
}

static void never_halts(struct fake_xhci *fake)
{
    fake->trouble.halt_us = FAKE_NEVER;
}

static void never_reset(struct fake_xhci *fake)
{
    fake->trouble.reset_us = FAKE_NEVER;
}

static void never_ready_again(struct fake_xhci *fake)
{
    fake->trouble.ready_us = FAKE_NEVER;
}

static void never_runs(struct fake_xhci *fake)
{
    fake->trouble.run_us = FAKE_NEVER;
}

static void dies(struct fake_xhci *fake)
{
    fake->trouble.dead = true;
}

/* Phases of the start that never end, their limits in milliseconds, and the
   failures */
static const struct {
    void (*trouble)(struct fake_xhci *fake);
    unsigned limit;
    const char *failure;
} phases[] = {
    {never_ready, 1000, "its USB controller is never ready"},
    {never_halts, 100, "its USB controller does not halt"},
    {never_reset, 1000, "its USB controller does not end its reset"},
    {never_ready_again, 1000,
     "its USB controller is not ready after its reset"},
    {never_runs, 100, "its USB controller does not run"},
};

/* Each phase that never ends fails at its limit, and not a step earlier. */
static void test_endless_phases(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TESTS(phases); i++) {
        start_only(&usual);
        phases[i].trouble(&pc.fake);
        while (xhci.phase < i || xhci.handoff.state < XHCI_HANDOFF_DONE)
            poll();
        uint64_t begun = pc.now;

        poll_for(phases[i].limit * MS - MS);
        assert_int_equal(xhci.state, XHCI_STARTING);
        poll();
        assert_int_equal(xhci.state, XHCI_FAILED);
        assert_int_equal(pc.now - begun, phases[i].limit * MS);
        assert_string_equal(xhci.failure, phases[i].failure);
        poll_for(SECOND);
        assert_int_equal(xhci.state, XHCI_FAILED);
    }
}

/* A controller that is removed at any time, during its start or later, is
   noticed at once. */
static void test_dies(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 40; i++) {
        struct fake_options options = usual;

        options.bios = i & 1;
        start_only(&options);
        poll_for(i / 2 * MS);
        dies(&pc.fake);
        poll();
        if (xhci.state == XHCI_STARTING)
            poll();
        assert_int_equal(xhci.state, XHCI_FAILED);
        assert_string_equal(xhci.failure,
                            "its USB controller does not respond");
        assert_false(xhci_acknowledge(&xhci));
        assert_false(xhci_has_event(&xhci));
        assert_true(xhci_stop(&xhci));
    }
}

static const struct {
    uint32_t status;
    const char *failure;
} errors[] = {
    {0x0004, "its USB controller reports an error"}, /* HSE */
    {0x1000, "its USB controller reports an error"}, /* HCE */
    {0x0001, "its USB controller has halted"},
};

/* Errors that a running controller reports, also while a command is executed */
static void test_errors(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2 * TESTS(errors); i++) {
        start_only(&usual);
        poll_while(XHCI_STARTING, SECOND);
        pc.fake.trouble.command_hangs = true;
        if (i & 1)
            xhci_enable_slot(&xhci, 0, 0);
        pc.fake.trouble.status = errors[i / 2].status;
        poll();
        assert_int_equal(xhci.state, XHCI_FAILED);
        assert_string_equal(xhci.failure, errors[i / 2].failure);
        assert_int_equal(xhci_result(&xhci),
                         i & 1 ? XHCI_UNSUCCESSFUL : XHCI_DONE);
        assert_int_equal(pc.fake.command & 1, 0);
    }
}

/* After a failure, the controller can be started again. */
static void test_start_again(void **state)
{
    (void)state;
    start_only(&usual);
    pc.fake.trouble.run_us = FAKE_NEVER;
    poll_while(XHCI_STARTING, SECOND);
    assert_int_equal(xhci.state, XHCI_FAILED);
    pc.fake.trouble.run_us = MS;
    xhci_start(&xhci, &xhci.access, &xhci.capabilities, xhci.memory,
               xhci.address, pc.now);
    poll_while(XHCI_STARTING, SECOND);
    assert_int_equal(xhci.state, XHCI_RUNNING);
}

/* Controllers that need more scratchpads, or larger ones, than there is memory
   for are refused. */
static void test_too_much_memory(void **state)
{
    static const struct {
        unsigned scratchpads;
        uint8_t page_size;
    } needs[] = {{513, 1}, {1023, 1}, {0, 2}, {16, 0x80}};

    (void)state;
    for (unsigned i = 0; i < TESTS(needs); i++) {
        struct fake_options options = usual;

        options.scratchpads = needs[i].scratchpads;
        options.page_size = needs[i].page_size;
        start_only(&options);
        poll_while(XHCI_STARTING, SECOND);
        assert_int_equal(xhci.state, XHCI_FAILED);
        assert_string_equal(xhci.failure,
                            "its USB controller needs too much memory");
        poll_for(SECOND);
    }
}

/* ------------------------------------------------------------ commands --- */

/* A command that never ends fails the controller at the limit, and not a step
   earlier. */
static void test_endless_command(void **state)
{
    (void)state;
    start_only(&usual);
    poll_while(XHCI_STARTING, SECOND);
    pc.fake.trouble.command_hangs = true;
    xhci_enable_slot(&xhci, 0, 0);
    poll_for(XHCI_COMMAND_US - MS);
    assert_int_equal(xhci.state, XHCI_RUNNING);
    assert_int_equal(xhci_result(&xhci), XHCI_PENDING);
    poll();
    assert_int_equal(xhci.state, XHCI_FAILED);
    assert_int_equal(xhci_result(&xhci), XHCI_UNSUCCESSFUL);
    assert_string_equal(xhci.failure,
                        "its USB controller does not execute commands");
}

/* A command that ends just in time is successful. */
static void test_slow_command(void **state)
{
    (void)state;
    start_only(&usual);
    poll_while(XHCI_STARTING, SECOND);
    pc.fake.trouble.command_us = XHCI_COMMAND_US - 2 * MS;
    xhci_enable_slot(&xhci, 0, 0);
    poll_for(XHCI_COMMAND_US - MS);
    assert_int_equal(xhci_result(&xhci), XHCI_DONE);
    assert_int_equal(xhci.devices[0].slot, 1);
}

/* Enable Slot must return a slot that exists and that no device has. */
static void test_wrong_slots(void **state)
{
    static const int wrong[] = {0, 1, 33, 255};

    (void)state;
    for (unsigned i = 0; i < TESTS(wrong); i++) {
        start_only(&usual);
        poll_while(XHCI_STARTING, SECOND);
        xhci_enable_slot(&xhci, 0, 0);
        poll();
        assert_int_equal(xhci_result(&xhci), XHCI_DONE);
        pc.fake.trouble.slot = wrong[i];
        xhci_enable_slot(&xhci, 1, 0);
        poll();
        assert_int_equal(xhci_result(&xhci), XHCI_UNSUCCESSFUL);
        assert_int_equal(xhci.devices[1].slot, 0);
        assert_int_equal(xhci.devices[0].slot, 1);
    }
}

/* Every completion code but Success is a failure. */
static void test_codes(void **state)
{
    (void)state;
    for (unsigned code = 0; code < 256; code++) {
        start_only(&usual);
        poll_while(XHCI_STARTING, SECOND);
        pc.fake.trouble.code = code;
        pc.fake.trouble.times = 1;
        pc.fake.trouble.slot = 2;
        xhci_enable_slot(&xhci, 0, 0);
        poll();
        assert_int_equal(xhci_result(&xhci),
                         code == 1 ? XHCI_DONE : XHCI_UNSUCCESSFUL);
    }
}

/* Commands by the hundred: the ring wraps, and slots can be used again. */
static void test_many_commands(void **state)
{
    (void)state;
    start_only(&usual);
    poll_while(XHCI_STARTING, SECOND);
    for (unsigned i = 0; i < 300; i++) {
        xhci_enable_slot(&xhci, i % XHCI_DEVICES, 0);
        poll();
        assert_int_equal(xhci.devices[i % XHCI_DEVICES].slot, 1);
        xhci_disable_slot(&xhci, i % XHCI_DEVICES);
        poll();
        assert_int_equal(xhci_result(&xhci), XHCI_DONE);
        assert_int_equal(fake_slots_used(&pc.fake), 0);
    }
    assert_int_equal(pc.fake.executed[9], 300);
    assert_int_equal(pc.fake.executed[10], 300);
}

/* -------------------------------------------------------------- events --- */

/* Events of unknown types are skipped, also if there are so many that the event
   ring is full; the command is noticed in the end. */
static void test_full_event_ring(void **state)
{
    (void)state;
    start_only(&usual);
    poll_while(XHCI_STARTING, SECOND);
    for (unsigned i = 0; i < 600; i++)
        fake_vendor_event(&pc.fake);
    xhci_enable_slot(&xhci, 0, 0);
    fake_tick(&pc.fake, pc.now + MS);
    assert_int_equal(pc.fake.full_events, 1);
    poll_for(40 * MS);
    assert_int_equal(xhci_result(&xhci), XHCI_DONE);
    assert_in_range(pc.fake.full_events, 1, 40);
    assert_false(xhci_has_event(&xhci));
}

/* An interrupt is pending after an event until it is acknowledged. */
static void test_interrupts(void **state)
{
    (void)state;
    start_only(&usual);
    poll_while(XHCI_STARTING, SECOND);
    poll();
    assert_false(xhci_acknowledge(&xhci));
    for (unsigned i = 0; i < 3; i++) {
        assert_false(xhci_has_event(&xhci));
        fake_vendor_event(&pc.fake);
        fake_tick(&pc.fake, pc.now += MS);
        assert_true(xhci_has_event(&xhci));
        assert_int_equal(pc.fake.status & 8, 8);
        assert_true(xhci_acknowledge(&xhci));
        assert_false(xhci_acknowledge(&xhci));
        assert_int_equal(pc.fake.status & 8, 0);
        assert_int_equal(pc.fake.iman, 2);
        xhci_poll(&xhci, pc.now);
    }
}

/* The controller is stopped when it has halted. */
static void test_stop(void **state)
{
    (void)state;
    start_only(&usual);
    poll_while(XHCI_STARTING, SECOND);
    pc.fake.trouble.halt_us = 16 * MS;
    for (unsigned i = 0; i < 16; i++) {
        assert_false(xhci_stop(&xhci));
        assert_int_equal(xhci.state, XHCI_OFF);
        fake_tick(&pc.fake, pc.now += MS);
    }
    assert_true(xhci_stop(&xhci));
    assert_false(xhci_has_event(&xhci));
    xhci_poll(&xhci, pc.now);
    assert_int_equal(xhci.state, XHCI_OFF);
}

/* A stop during any phase of the start breaks no rule either. */
static void test_stop_anytime(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 30; i++) {
        start_only(&usual);
        poll_for(i * MS);
        xhci_stop(&xhci);
        fake_tick(&pc.fake, pc.now += 20 * MS);
        assert_true(xhci_stop(&xhci));
        assert_int_equal(pc.fake.command & 1, 0);
    }
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_start),
        TEST(test_slow_start),
        TEST(test_endless_phases),
        TEST(test_dies),
        TEST(test_errors),
        TEST(test_start_again),
        TEST(test_too_much_memory),
        TEST(test_endless_command),
        TEST(test_slow_command),
        TEST(test_wrong_slots),
        TEST(test_codes),
        TEST(test_many_commands),
        TEST(test_full_event_ring),
        TEST(test_interrupts),
        TEST(test_stop),
        TEST(test_stop_anytime),
    };

    return cmocka_run_group_tests(tests, NULL, finish);
}
