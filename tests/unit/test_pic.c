/* SPDX-License-Identifier: MIT */
/* Tests the interrupt controller driver against a model of both 8259s. */
#include "arch/io.h"
#include "arch/traps.h"
#include "drivers/pic.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define FIRST  0x20
#define SECOND 0xA0
#define END    0x20
#define ASK    0x0B

#define IRQS 16

static trap_handler *handlers[VECTORS];
static unsigned in_service; /* bitmask of IRQs in service */
static unsigned ended[2], calls;
static uint8_t mask[2];

void traps_handle(unsigned vector, trap_handler *handler)
{
    handlers[vector] = handler;
}

static unsigned controller(uint16_t port)
{
    assert_true((port & ~1) == FIRST || (port & ~1) == SECOND);
    return (port & ~1) == SECOND;
}

void port_write(uint16_t port, uint8_t value)
{
    unsigned which = controller(port);

    if (port & 1)
        mask[which] = value;
    else if (value == END)
        ended[which]++;
    else if (value != ASK)
        assert_int_equal(value, 0x11); /* ICW1 starts initialization */
}

uint8_t port_read(uint16_t port)
{
    unsigned which = controller(port);

    return (uint8_t)(port & 1 ? mask[which] : in_service >> 8 * which);
}

void port_delay(void)
{
}

static void count_call(void)
{
    calls++;
}

/* Raises an IRQ, whose in-service bit is set unless it is spurious. */
static void raise(unsigned irq, bool gone)
{
    struct trap_frame frame = {.vector = PIC_VECTOR + irq};

    in_service = gone ? 0 : 1u << irq;
    ended[0] = ended[1] = calls = 0;
    handlers[frame.vector](&frame);
}

static int start(void **state)
{
    (void)state;
    pic_start();
    return 0;
}

static void test_all_masked_but_the_second(void **state)
{
    (void)state;
    assert_int_equal(mask[0], 0xFB);
    assert_int_equal(mask[1], 0xFF);
    pic_handle(1, count_call);
    pic_handle(8, count_call);
    assert_int_equal(mask[0], 0xF9);
    assert_int_equal(mask[1], 0xFE);
}

static void test_each_is_ended(void **state)
{
    (void)state;
    for (unsigned irq = 0; irq < IRQS; irq++) {
        uint32_t before = pic_count(irq);

        pic_handle(irq, count_call);
        raise(irq, false);
        assert_int_equal(calls, 1);
        assert_int_equal(pic_count(irq), before + 1);
        assert_int_equal(ended[0], 1);
        assert_int_equal(ended[1], irq >= 8);
    }
}

static void test_spurious(void **state)
{
    uint32_t before = pic_spurious();

    (void)state;
    pic_handle(7, count_call);
    pic_handle(15, count_call);
    raise(7, true);
    assert_int_equal(calls | ended[0] | ended[1], 0);
    raise(15, true);
    assert_int_equal(calls | ended[1], 0);
    assert_int_equal(ended[0], 1);
    assert_int_equal(pic_spurious(), before + 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_all_masked_but_the_second, start),
        cmocka_unit_test_setup(test_each_is_ended, start),
        cmocka_unit_test_setup(test_spurious, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
