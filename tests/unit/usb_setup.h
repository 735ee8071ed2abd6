/* SPDX-License-Identifier: MIT */
/*
 * A fake USB controller with the driver for it, and a client that checks the
 * order of its calls.  Time passes in steps of usb_setup.pace.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "drivers/usb/usb.h"
#include "fake_xhci.h"
#include <stdlib.h>
#include <string.h>

#define MS      1000ull
#define SECOND  1000000ull
#define MAX_LOG 64

#define TESTS(tests) (sizeof(tests) / sizeof(tests)[0])

static struct {
    struct fake_xhci fake;
    struct usb usb;
    struct xhci_capabilities capabilities;
    struct xhci_memory *memory;
    uint64_t now, pace; /* in microseconds */

    /* What the client has received */
    bool plugged[USB_KEYBOARDS];
    struct usb_location location[USB_KEYBOARDS];
    uint8_t report[USB_KEYBOARDS][8]; /* the last one */
    unsigned reports[USB_KEYBOARDS];
    unsigned plugs, unplugs, failures;
    struct usb_location failed_at;
    const char *failed; /* the last failure */
} pc;

static void client_plugged(void *context, unsigned keyboard,
                           struct usb_location location)
{
    assert_ptr_equal(context, &pc);
    assert_in_range(keyboard, 0, USB_KEYBOARDS - 1);
    assert_false(pc.plugged[keyboard]);
    pc.plugged[keyboard] = true;
    pc.location[keyboard] = location;
    pc.plugs++;
}

static void client_report(void *context, unsigned keyboard,
                          const uint8_t *report, unsigned size)
{
    assert_ptr_equal(context, &pc);
    assert_in_range(keyboard, 0, USB_KEYBOARDS - 1);
    assert_true(pc.plugged[keyboard]);
    assert_in_range(size, 1, XHCI_PACKET);
    memcpy(pc.report[keyboard], report, size < 8 ? size : 8);
    pc.reports[keyboard]++;
}

static void client_unplugged(void *context, unsigned keyboard)
{
    assert_ptr_equal(context, &pc);
    assert_in_range(keyboard, 0, USB_KEYBOARDS - 1);
    assert_true(pc.plugged[keyboard]);
    pc.plugged[keyboard] = false;
    pc.unplugs++;
}

static void client_failed(void *context, struct usb_location location,
                          const char *what)
{
    assert_ptr_equal(context, &pc);
    pc.failures++;
    pc.failed_at = location;
    pc.failed = what;
}

/* Eight ports of USB 2, four of USB 3 */
static const struct fake_options usual = {
    .usb2 = 8,
    .usb3 = 4,
    .slots = 32,
    .slot_type3 = 5,
};

/* Starts a controller with these options; devices must be plugged in later. */
static inline void start_with(const struct fake_options *options)
{
    free(pc.memory);
    memset(&pc, 0, sizeof pc);
    pc.pace = MS;
    pc.now = 12345;
    fake_start(&pc.fake, options);
    struct xhci_access access = fake_access(&pc.fake);

    assert_true(xhci_read_capabilities(&access, FAKE_SIZE, &pc.capabilities));
    uint32_t size = xhci_memory_size(&pc.capabilities);

    pc.memory = aligned_alloc(XHCI_PAGE, size);
    assert_non_null(pc.memory);
    memset(pc.memory, 0xEE, size);
    fake_set_memory(&pc.fake, pc.memory, size);
    pc.usb.client = (struct usb_client){&pc, client_plugged, client_report,
                                        client_unplugged, client_failed};
    usb_start(&pc.usb, &access, &pc.capabilities, pc.memory, FAKE_ADDRESS,
              pc.now);
}

static inline int start(void **state)
{
    (void)state;
    start_with(&usual);
    return 0;
}

static inline int finish(void **state)
{
    (void)state;
    free(pc.memory);
    pc.memory = NULL;
    return 0;
}

static inline void step(void)
{
    pc.now += pc.pace;
    fake_tick(&pc.fake, pc.now);
    usb_poll(&pc.usb, pc.now);
}

static inline void run(uint64_t duration)
{
    for (uint64_t end = pc.now + duration; pc.now < end;)
        step();
}

/* Returns the number of the keyboard at a port, which must be plugged in. */
static inline unsigned keyboard_at(unsigned port, unsigned hubs)
{
    for (unsigned i = 0; i < USB_KEYBOARDS; i++)
        if (pc.plugged[i] && pc.location[i].port == port &&
            pc.location[i].hubs == hubs)
            return i;
    fail_msg("No keyboard is at port %u behind %u hubs.", port, hubs);
    return USB_KEYBOARDS;
}

static inline unsigned keyboards(void)
{
    unsigned count = 0;

    for (unsigned i = 0; i < USB_KEYBOARDS; i++)
        count += pc.plugged[i];
    return count;
}

/* Sends a report with KEY and checks that the client receives it once as that
   of KEYBOARD. */
static inline void type(struct fake_usb *device, unsigned endpoint,
                        unsigned keyboard, uint8_t key)
{
    const uint8_t report[8] = {0, 0, key};
    unsigned before = pc.reports[keyboard];

    fake_report(device, endpoint, report, sizeof report);
    run(5 * MS);
    assert_int_equal(pc.reports[keyboard], before + 1);
    assert_memory_equal(pc.report[keyboard], report, sizeof report);
}

/* Runs until the controller is in use. */
static inline void run_start(void)
{
    run(100 * MS);
    assert_int_equal(pc.usb.xhci.state, XHCI_RUNNING);
}
