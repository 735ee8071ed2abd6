/* SPDX-License-Identifier: MIT */
/* Tests the clock on PCs with faulty timers.  A port access takes 1 us. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "arch/cpu.h"
#include "arch/io.h"
#include "drivers/clock.h"
#include "drivers/pic.h"

#define ACPI_PORT    0x608
#define CYCLES_OF_US 2500u
#define SECOND       1000000000u /* one second in nanoseconds */
#define MS           1000000u
#define ACCESSES_MAX 40000000 /* maximum number of port accesses per call */

enum counter { COUNTS, GATED, ABSENT, ZEROS, WILD };

static struct pc {
    enum counter pit, acpi, rtc;
    bool tsc, irq;
    unsigned access_ns; /* nanoseconds per port access, or 0 for 1000 */
    /* rate of the ACPI timer in 256ths, or 0 if correct */
    unsigned acpi_share;
    unsigned delay_every; /* number of port accesses between two stalls */
    unsigned delay_ns;    /* duration of a stall in nanoseconds */
    /* interval between wrong reads of the ACPI timer, or 0 for none */
    unsigned wrong_every;
    uint64_t now, ticked;
    uint64_t stopped_at; /* time of the last tick, or 0 if ticks never stop */
    unsigned divisor, latch, latch_byte, divisor_byte;
    uint8_t index;
    /* last value written to each register, or 0 if none */
    uint8_t rtc_a, rtc_b;
    /* true once the RTC interrupt has been acknowledged */
    bool rtc_seen;
    unsigned accesses, acpi_reads;
    uint32_t random;
} pc;

static struct acpi tables = {.timer = ACPI_PORT};
static irq_handler *handler, *rtc_handler;
static bool interrupts;

static void deliver(void)
{
    uint64_t period =
        pc.divisor == 0 ? 0 : (uint64_t)pc.divisor * SECOND / 1193182u;
    bool stopped = pc.stopped_at > 0 && pc.now > pc.stopped_at;

    if (!pc.irq || period == 0 || stopped || !interrupts || handler == NULL ||
        pc.now - pc.ticked < period)
        return;
    /* Ticks during a stall are lost. */
    pc.ticked = pc.now - (pc.now - pc.ticked) % period;
    interrupts = false;
    handler();
    interrupts = true;
}

static void pass(uint64_t ns)
{
    pc.now += ns;
    deliver();
}

static void access_port(void)
{
    assert_in_range(++pc.accesses, 1, ACCESSES_MAX);
    if (pc.delay_every > 0 && pc.accesses % pc.delay_every == 0)
        pass(pc.delay_ns);
    pass(pc.access_ns == 0 ? 1000 : pc.access_ns);
}

/* Returns the current value of a simulated counter with the given rate. */
static uint32_t count(enum counter kind, uint64_t rate)
{
    uint64_t seconds = pc.now / SECOND, rest = pc.now % SECOND;

    switch (kind) {
    case COUNTS:
        return (uint32_t)(seconds * rate + rest * rate / SECOND);
    case GATED:
        return 0x1234;
    case ZEROS:
        return 0;
    case WILD:
        pc.random = pc.random * 1664525u + 1013904223u;
        return pc.random >> 3;
    default:
        return UINT32_MAX;
    }
}

static uint8_t rtc(void)
{
    uint64_t tenth_ms = pc.now / (MS / 10) % 10000;
    unsigned second = (unsigned)(pc.now / SECOND + 58) % 60;

    if (pc.rtc == ABSENT || pc.rtc == ZEROS)
        return pc.rtc == ABSENT ? 0xFF : 0x00;
    switch (pc.index) {
    case 0x00:
        if (pc.rtc == GATED)
            return 0x30;
        /* RTC registers are unreliable during an update. */
        return tenth_ms < 20 ? 0x05 : (uint8_t)(second / 10 << 4 | second % 10);
    case 0x0A:
        /* The RTC sets its update flag 0.2 ms before an update. */
        return (tenth_ms < 20 || tenth_ms >= 9998) && pc.rtc == COUNTS ? 0xA6
                                                                       : 0x26;
    case 0x0B:
        return 0x02;
    case 0x0C:
        pc.rtc_seen = true;
        return 0x00;
    default:
        fail_msg("register %x is not the driver's", pc.index);
        return 0;
    }
}

uint8_t port_read(uint16_t port)
{
    access_port();
    switch (port) {
    case 0x42:
        pc.latch_byte ^= 1;
        return (uint8_t)(pc.latch >> (pc.latch_byte ? 0 : 8));
    case 0x61:
        return pc.pit == ABSENT ? 0xFF : 0x00;
    case 0x71:
        return rtc();
    default:
        fail_msg("port %x is not the driver's", port);
        return 0;
    }
}

uint32_t port_read32(uint16_t port)
{
    uint64_t share = pc.acpi_share == 0 ? 256 : pc.acpi_share;

    access_port();
    assert_int_equal(port, ACPI_PORT);
    uint32_t value = count(pc.acpi, 3579545u * share / 256);

    /* Simulate an unlatched counter being read in the middle of a carry. */
    if (pc.wrong_every > 0 && ++pc.acpi_reads % pc.wrong_every == 0)
        value ^= 0x3FFFF;
    return pc.acpi == ABSENT || tables.timer_long ? value : value & 0x00FFFFFF;
}

void port_write(uint16_t port, uint8_t value)
{
    access_port();
    if (port == 0x43 && value == 0x80) {
        pc.latch = (uint16_t)~count(pc.pit, 1193182u);
        pc.latch_byte = 0;
        if (pc.pit == ABSENT)
            pc.latch = 0xFFFF;
    }
    if (port == 0x43 && value == 0x34)
        pc.divisor = pc.divisor_byte = 0;
    if (port == 0x40)
        pc.divisor |= (unsigned)value << 8 * pc.divisor_byte++;
    if (port == 0x40 && pc.divisor_byte == 2)
        pc.ticked = pc.now;
    if (port == 0x70)
        pc.index = value;
    if (port == 0x71) {
        assert_in_range(pc.index, 0x0A, 0x0B);
        *(pc.index == 0x0A ? &pc.rtc_a : &pc.rtc_b) = value;
    }
}

void port_delay(void)
{
    access_port();
}

uint64_t cpu_cycles(void)
{
    return pc.tsc ? pc.now * CYCLES_OF_US / 1000u + 1 : 0;
}

uint32_t interrupts_save(void)
{
    bool were = interrupts;

    interrupts = false;
    return were;
}

void interrupts_restore(uint32_t flags)
{
    interrupts = flags != 0;
    deliver();
}

void pic_handle(unsigned irq, irq_handler *to_call)
{
    if (irq == 8) {
        rtc_handler = to_call;
        return;
    }
    assert_int_equal(irq, 0);
    handler = to_call;
}

static void start(const struct pc *parts, bool with_interrupts)
{
    pc = *parts;
    pc.now = 7 * MS;
    handler = rtc_handler = NULL;
    interrupts = with_interrupts;
    clock_start(&tables, with_interrupts);
    pc.accesses = 0;
    assert_int_equal(interrupts, with_interrupts);
}

/* Starts the clock and returns the time this took in nanoseconds. */
static uint64_t start_duration(const struct pc *parts, bool with_interrupts)
{
    start(parts, with_interrupts);
    return pc.now - 7 * MS;
}

/* Reads the clock every STEP nanoseconds for NS nanoseconds.  The time must be
   accurate to one part in TOLERANCE and never go back. */
static void check_time(uint64_t ns, uint64_t step, unsigned tolerance)
{
    uint64_t begun = pc.now, first = clock_now(), before = first;

    while (pc.now - begun < ns) {
        pc.accesses = 0;
        pass(step);
        uint64_t now = clock_now();

        assert_true(now >= before);
        before = now;
    }
    uint64_t passed = (pc.now - begun) / 1000, told = before - first;
    uint64_t apart = told > passed ? told - passed : passed - told;

    assert_true(apart <= passed / tolerance + 20);
}

static const struct {
    struct pc pc;
    bool interrupts;
    const char *source;
    unsigned ms; /* maximum time to start the clock, in ms */
} choices[] = {
    {{.tsc = true, .irq = true}, true, "ACPI timer", 4},
    {{.tsc = true}, true, "ACPI timer", 4},
    {{.tsc = true}, false, "ACPI timer", 4},
    {{.pit = GATED}, false, "ACPI timer", 10},
    {{.pit = ABSENT}, false, "ACPI timer", 10},
    {{.pit = WILD}, false, "ACPI timer", 10},
    /* The PIT must be selected if there is no working ACPI timer. */
    {{.acpi = ABSENT, .irq = true}, true, "PIT", 25},
    {{.acpi = ABSENT, .tsc = true, .irq = true}, true, "PIT", 25},
    {{.acpi = ZEROS, .irq = true}, true, "PIT", 25},
    {{.acpi = GATED, .irq = true}, true, "PIT", 25},
    {{.acpi = WILD, .irq = true}, true, "PIT", 40},
    /* An ACPI timer that runs at a wrong rate must be rejected. */
    {{.acpi_share = 64, .irq = true}, true, "PIT", 40},
    {{.acpi_share = 1024, .irq = true}, true, "PIT", 40},
    /* PCs on which the PIT delivers no interrupts. */
    {{.acpi = ABSENT}, true, "PIT", 210},
    {{.acpi = ABSENT}, false, "PIT", 5},
    {{.acpi = ABSENT, .tsc = true}, true, "TSC", 230},
    {{.acpi = ABSENT, .tsc = true}, false, "TSC", 30},
    /* PCs with only a TSC or a real-time clock, or with no timer at all. */
    {{.pit = GATED, .acpi = ABSENT, .tsc = true, .irq = true},
     true,
     "TSC",
     2100},
    {{.pit = ABSENT, .acpi = ABSENT, .tsc = true}, true, "TSC", 2100},
    {{.pit = ABSENT, .acpi = ABSENT, .tsc = true, .rtc = GATED},
     true,
     "RTC",
     30000},
    {{.pit = ABSENT, .acpi = ABSENT, .tsc = true, .rtc = ABSENT},
     true,
     "RTC",
     30000},
    {{.pit = ABSENT, .acpi = ABSENT}, true, "RTC", 30},
    {{.pit = ZEROS, .acpi = ZEROS, .rtc = ZEROS}, true, "RTC", 30},
};

static void test_timer_choice(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        uint64_t took = start_duration(&choices[i].pc, choices[i].interrupts);

        if (strcmp(clock_info().source, choices[i].source) != 0)
            fail_msg("row %u: %s", i, clock_info().source);
        if (took > (uint64_t)choices[i].ms * MS)
            fail_msg("row %u took %u us", i, (unsigned)(took / 1000));
    }
}

/* The ACPI timer must not be read if its port is unknown. */
static void test_no_acpi_timer(void **state)
{
    (void)state;
    tables.timer = 0;
    start(&(struct pc){.irq = true}, true);
    assert_string_equal(clock_info().source, "PIT");
    tables.timer = ACPI_PORT;
}

static void test_clock_info(void **state)
{
    (void)state;
    start(&(struct pc){.irq = true}, true);
    struct clock_info facts = clock_info();

    assert_int_equal(facts.rate, 3579545);
    assert_true(facts.pit && facts.acpi);
    pass(100 * MS);
    start(&(struct pc){.pit = GATED, .tsc = true}, true);
    facts = clock_info();
    assert_false(facts.pit);
    assert_true(facts.acpi);
    assert_int_equal(facts.ticks, 0);
    start(&(struct pc){.acpi = ABSENT, .tsc = true}, false);
    facts = clock_info();
    assert_true(facts.pit && !facts.acpi);
    assert_in_range(facts.rate, 9766000 - 1000, 9766000 + 1000);
}

static void test_clock_keeps_time(void **state)
{
    (void)state;
    start(&(struct pc){.irq = true}, true);
    check_time(20ull * SECOND, 4 * MS, 10000);
    check_time(20ull * SECOND, 4600 * MS, 10000);
    start(&(struct pc){.acpi = ABSENT, .irq = true}, true);
    check_time(20ull * SECOND, 4 * MS, 10000);
    start(&(struct pc){.acpi = ABSENT}, true);
    check_time(20ull * SECOND, 54 * MS, 10000);
    start(&(struct pc){.acpi = ABSENT, .tsc = true}, false);
    check_time(400ull * SECOND, 300ull * SECOND, 1000);
    start(&(struct pc){.pit = GATED, .acpi = ABSENT, .tsc = true}, false);
    check_time(60ull * SECOND, 10 * MS, 200);
}

static void test_ticks_read_the_clock(void **state)
{
    (void)state;
    start(&(struct pc){.acpi = ABSENT, .irq = true}, true);
    uint64_t first = clock_now(), begun = pc.now;

    for (unsigned i = 0; i < 4000; i++) {
        pc.accesses = 0;
        pass(5 * MS);
    }
    uint64_t passed = (pc.now - begun) / 1000, told = clock_now() - first;

    assert_in_range(told, passed - 100, passed + 100);
}

static void test_long_timer(void **state)
{
    (void)state;
    tables.timer_long = true;
    start(&(struct pc){.irq = true}, true);
    check_time(3000ull * SECOND, 1000ull * SECOND, 10000);
    tables.timer_long = false;
}

/* A stall longer than the PIT's period must not affect the other timers. */
static void test_delayed_pc(void **state)
{
    struct pc held = {.irq = true, .delay_every = 50021, .delay_ns = 80 * MS};

    (void)state;
    start(&held, true);
    assert_string_equal(clock_info().source, "ACPI timer");
    check_time(60ull * SECOND, MS, 1000);
    held.acpi = ABSENT;
    held.irq = false;
    held.tsc = true;
    start(&held, false);
    assert_string_equal(clock_info().source, "TSC");
    check_time(60ull * SECOND, MS, 100);
}

/* With the RTC alone, the clock must be accurate in the long run. */
static void test_rtc_alone(void **state)
{
    static const unsigned access_ns[] = {1000, 100, 3000};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        start(&(struct pc){.pit = ABSENT,
                           .acpi = ABSENT,
                           .access_ns = access_ns[i]},
              true);
        assert_string_equal(clock_info().source, "RTC");
        /* The RTC is inaccurate during the first second. */
        check_time(3ull * SECOND, MS, 1);
        check_time(100ull * SECOND, 7 * MS, 50);
    }
}

/* The RTC clock may run ahead at first, but must then wait for real time. */
static void test_rtc_on_fast_ports(void **state)
{
    (void)state;
    start(&(struct pc){.pit = ABSENT, .acpi = ABSENT, .access_ns = 150}, true);
    uint64_t first = clock_now(), begun = pc.now, before = first;

    while (pc.now - begun < 9ull * SECOND) {
        pc.accesses = 0;
        uint64_t now = clock_now(), passed = (pc.now - begun) / 1000;

        assert_true(now >= before);
        if (passed > 7500000)
            assert_in_range(now - first, passed - 1000000, passed + 1000000);
        before = now;
    }
}

/* Time must advance even without any timer, or waiting would never end. */
static void test_no_timer(void **state)
{
    static const enum counter kinds[] = {ABSENT, ZEROS, GATED};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        start(&(struct pc){.pit = kinds[i], .acpi = kinds[i], .rtc = kinds[i]},
              true);
        uint64_t before = clock_now();

        for (unsigned j = 0; j < 100000; j++) {
            uint64_t now = clock_now();

            assert_true(now > before);
            before = now;
        }
        assert_false(clock_tick_is_reliable());
    }
}

/* A PIT that sometimes latches too late must not make the clock jump. */
static void test_late_latch(void **state)
{
    (void)state;
    start(&(struct pc){.irq = true}, true);
    uint64_t before = clock_now();

    for (unsigned i = 0; i < 100000; i++) {
        pc.accesses = 0;
        pc.now -= i % 3 == 0 ? 1500 : 0;
        uint64_t now = clock_now();

        assert_in_range(now - before, 0, 10);
        before = now;
    }
}

/* Wrong reads of an unlatched ACPI timer must not disturb the clock. */
static void test_wrong_acpi_reads(void **state)
{
    static const unsigned every[] = {2, 3, 24};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        start(&(struct pc){.irq = true, .wrong_every = every[i]}, true);
        assert_string_equal(clock_info().source,
                            every[i] == 2 ? "PIT" : "ACPI timer");
        check_time(10ull * SECOND, MS, 1000);
    }
}

static void test_pc_wakes(void **state)
{
    (void)state;
    for (unsigned acpi = 0; acpi < 2; acpi++) {
        start(&(struct pc){.acpi = acpi == 0 ? COUNTS : ABSENT, .irq = true},
              true);
        for (unsigned i = 0; i < 5; i++)
            pass(5 * MS);
        for (unsigned i = 0; i < 1000; i++) {
            pass(5 * MS);
            pc.accesses = 0;
            assert_true(clock_tick_is_reliable());
        }
        assert_in_range(clock_info().ticks, 495, 510);
    }
}

static void test_pc_does_not_wake(void **state)
{
    (void)state;
    start(&(struct pc){.irq = false}, true);
    for (unsigned i = 0; i < 1000; i++) {
        pass(5 * MS);
        assert_false(clock_tick_is_reliable());
    }
    /* A single tick may have been pending since before the start. */
    start(&(struct pc){.irq = true, .stopped_at = 20 * MS}, true);
    for (unsigned i = 0; i < 1000; i++) {
        pass(5 * MS);
        assert_false(clock_tick_is_reliable());
    }
    assert_int_equal(clock_info().ticks, 1);
}

/* Timer ticks that have stopped must not be reported as reliable. */
static void test_ticks_stop(void **state)
{
    (void)state;
    start(&(struct pc){.irq = true, .stopped_at = SECOND}, true);
    for (unsigned i = 0; i < 150; i++)
        pass(5 * MS);
    assert_true(clock_tick_is_reliable());
    for (unsigned i = 0; i < 75; i++)
        pass(5 * MS);
    assert_false(clock_tick_is_reliable());
    check_time(10ull * SECOND, 4 * MS, 1000);
    assert_false(clock_tick_is_reliable());
    pc.stopped_at = 0;
    for (unsigned i = 0; i < 10; i++)
        pass(5 * MS);
    assert_true(clock_tick_is_reliable());
}

/* A timer that interrupts far too often must be reset within a second. */
static void test_tick_storm(void **state)
{
    unsigned divisor;

    (void)state;
    start(&(struct pc){.irq = true, .access_ns = 1}, true);
    divisor = pc.divisor;
    assert_in_range(divisor, 1193182 / CLOCK_TICKS - 1,
                    1193182 / CLOCK_TICKS + 1);
    pc.divisor = 12;
    for (unsigned i = 0; i < CLOCK_TICKS; i++)
        pass(11000);
    assert_int_equal(pc.divisor, divisor);

    pc.divisor = divisor / 5;
    for (unsigned i = 0; i < 10 * CLOCK_TICKS; i++)
        pass(2 * MS);
    assert_int_equal(pc.divisor, divisor / 5);
}

/* The RTC must be set to wake the PC twice a second. */
static void test_rtc_wakes(void **state)
{
    (void)state;
    start(&(struct pc){.irq = true}, true);
    assert_int_equal(pc.rtc_a, 0x2F);
    assert_int_equal(pc.rtc_b, 0x42);
    assert_non_null(rtc_handler);
    pc.rtc_seen = false;
    rtc_handler();
    assert_true(pc.rtc_seen);

    start(&(struct pc){.irq = true}, false);
    assert_null(rtc_handler);
    assert_int_equal(pc.rtc_a | pc.rtc_b, 0);
    for (enum counter kind = ABSENT; kind <= ZEROS; kind++) {
        start(&(struct pc){.irq = true, .rtc = kind}, true);
        assert_null(rtc_handler);
        assert_int_equal(pc.rtc_a | pc.rtc_b, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_timer_choice),
        cmocka_unit_test(test_no_acpi_timer),
        cmocka_unit_test(test_clock_info),
        cmocka_unit_test(test_clock_keeps_time),
        cmocka_unit_test(test_ticks_read_the_clock),
        cmocka_unit_test(test_long_timer),
        cmocka_unit_test(test_delayed_pc),
        cmocka_unit_test(test_rtc_alone),
        cmocka_unit_test(test_rtc_on_fast_ports),
        cmocka_unit_test(test_no_timer),
        cmocka_unit_test(test_late_latch),
        cmocka_unit_test(test_wrong_acpi_reads),
        cmocka_unit_test(test_pc_wakes),
        cmocka_unit_test(test_pc_does_not_wake),
        cmocka_unit_test(test_ticks_stop),
        cmocka_unit_test(test_tick_storm),
        cmocka_unit_test(test_rtc_wakes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
