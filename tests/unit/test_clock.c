/* SPDX-License-Identifier: MIT */
/*
 * The clock, on PCs of which some parts do not work.  Time passes as ports are
 * used: a microsecond each.
 */
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
#define SECOND       1000000000u /* in nanoseconds */
#define MS           1000000u
#define ACCESSES_MAX 40000000 /* of one call; more is a hang */

/* ------------------------------------------------------------ the PC --- */

enum counter { COUNTS, GATED, ABSENT, ZEROS, WILD };

static struct pc {
    enum counter pit, acpi, rtc;
    bool tsc, irq;
    unsigned access_ns;   /* 0: 1000 */
    unsigned acpi_share;  /* of its rate, in 256ths; 0: all of it */
    unsigned held_every;  /* the PC is held up at each so many accesses .. */
    unsigned held_ns;     /* .. for so long */
    unsigned wrong_every; /* ACPI's timer is read wrong so often */
    uint64_t now, ticked; /* nanoseconds */
    uint64_t stopped_at;  /* no tick from then on; 0: never */
    unsigned divisor, latch, latch_byte, divisor_byte;
    uint8_t index;
    uint8_t rtc_a, rtc_b; /* as written; 0: not */
    bool rtc_seen;        /* its interrupt was acknowledged */
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
    /* Those that came meanwhile are lost. */
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
    if (pc.held_every > 0 && pc.accesses % pc.held_every == 0)
        pass(pc.held_ns);
    pass(pc.access_ns == 0 ? 1000 : pc.access_ns);
}

/* What RATE makes of the time, for a counter in the state KIND. */
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
        /* While it changes, what is read is not to be relied on. */
        return tenth_ms < 20 ? 0x05 : (uint8_t)(second / 10 << 4 | second % 10);
    case 0x0A:
        /* Said 0.2 ms ahead. */
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

    /* A carry that has come half way. */
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

/* Nanoseconds from here to there by the clock, at least. */
static uint64_t start_took(const struct pc *parts, bool with_interrupts)
{
    start(parts, with_interrupts);
    return pc.now - 7 * MS;
}

/* Lets NS pass, in which the clock is looked at every STEP; it must keep time
   within a part of TOLERANCE, and never go back. */
static void keeps_time(uint64_t ns, uint64_t step, unsigned tolerance)
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

/* ------------------------------------------------------ which is used --- */

static const struct {
    struct pc pc;
    bool interrupts;
    const char *source;
    unsigned ms; /* that the start may take */
} choices[] = {
    {{.tsc = true, .irq = true}, true, "ACPI timer", 4},
    {{.tsc = true}, true, "ACPI timer", 4},
    {{.tsc = true}, false, "ACPI timer", 4},
    {{.pit = GATED}, false, "ACPI timer", 10},
    {{.pit = ABSENT}, false, "ACPI timer", 10},
    {{.pit = WILD}, false, "ACPI timer", 10},
    /* before there was ACPI */
    {{.acpi = ABSENT, .irq = true}, true, "PIT", 25},
    {{.acpi = ABSENT, .tsc = true, .irq = true}, true, "PIT", 25},
    {{.acpi = ZEROS, .irq = true}, true, "PIT", 25},
    {{.acpi = GATED, .irq = true}, true, "PIT", 25},
    {{.acpi = WILD, .irq = true}, true, "PIT", 40},
    /* a timer of another rate is none */
    {{.acpi_share = 64, .irq = true}, true, "PIT", 40},
    {{.acpi_share = 1024, .irq = true}, true, "PIT", 40},
    /* no tick */
    {{.acpi = ABSENT}, true, "PIT", 210},
    {{.acpi = ABSENT}, false, "PIT", 5},
    {{.acpi = ABSENT, .tsc = true}, true, "TSC", 230},
    {{.acpi = ABSENT, .tsc = true}, false, "TSC", 30},
    /* nor anything else but the processor and the real time clock */
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

static void test_choices(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        uint64_t took = start_took(&choices[i].pc, choices[i].interrupts);

        if (strcmp(clock_info().source, choices[i].source) != 0)
            fail_msg("row %u: %s", i, clock_info().source);
        if (took > (uint64_t)choices[i].ms * MS)
            fail_msg("row %u took %u us", i, (unsigned)(took / 1000));
    }
}

/* A port that is not told of is not read. */
static void test_no_acpi_timer(void **state)
{
    (void)state;
    tables.timer = 0;
    start(&(struct pc){.irq = true}, true);
    assert_string_equal(clock_info().source, "PIT");
    tables.timer = ACPI_PORT;
}

static void test_facts(void **state)
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

/* ------------------------------------------------------- keeping time --- */

static void test_time(void **state)
{
    (void)state;
    start(&(struct pc){.irq = true}, true);
    keeps_time(20ull * SECOND, 4 * MS, 10000);
    keeps_time(20ull * SECOND, 4600 * MS, 10000); /* nearly a turn */
    start(&(struct pc){.acpi = ABSENT, .irq = true}, true);
    keeps_time(20ull * SECOND, 4 * MS, 10000);
    start(&(struct pc){.acpi = ABSENT}, true);
    keeps_time(20ull * SECOND, 54 * MS, 10000);
    start(&(struct pc){.acpi = ABSENT, .tsc = true}, false);
    keeps_time(400ull * SECOND, 300ull * SECOND, 1000);
    start(&(struct pc){.pit = GATED, .acpi = ABSENT, .tsc = true}, false);
    keeps_time(60ull * SECOND, 10 * MS, 200);
}

/* Ticks look at the clock, should nobody else. */
static void test_ticks_keep_time(void **state)
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
    keeps_time(3000ull * SECOND, 1000ull * SECOND, 10000);
    tables.timer_long = false;
}

/* Host and PC are held up for longer than the interval timer's turn: it loses
   that, the others do not. */
static void test_held_up(void **state)
{
    struct pc held = {.irq = true, .held_every = 50021, .held_ns = 80 * MS};

    (void)state;
    start(&held, true);
    assert_string_equal(clock_info().source, "ACPI timer");
    keeps_time(60ull * SECOND, MS, 1000);
    held.acpi = ABSENT;
    held.irq = false;
    held.tsc = true;
    start(&held, false);
    assert_string_equal(clock_info().source, "TSC");
    keeps_time(60ull * SECOND, MS, 100);
}

/* With nothing but seconds: right in the end, and never back. */
static void test_seconds(void **state)
{
    static const unsigned access_ns[] = {1000, 100, 3000};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        start(&(struct pc){.pit = ABSENT,
                           .acpi = ABSENT,
                           .access_ns = access_ns[i]},
              true);
        assert_string_equal(clock_info().source, "RTC");
        keeps_time(3ull * SECOND, MS, 1); /* until it knows the second */
        keeps_time(100ull * SECOND, 7 * MS, 50);
    }
}

/* Where ports are quicker than is thought it runs ahead, until the first
   second is seen to end; then it waits for the others to come up. */
static void test_quick_seconds(void **state)
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

/* With nothing at all time goes on, or a wait would never end. */
static void test_nothing(void **state)
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
        assert_false(clock_wakes());
    }
}

/* One that latches a little late at times. */
static void test_counter_that_steps_back(void **state)
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

/* One that does not latch the timer before it is read. */
static void test_reads_that_are_wrong(void **state)
{
    static const unsigned every[] = {2, 3, 24};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        start(&(struct pc){.irq = true, .wrong_every = every[i]}, true);
        assert_string_equal(clock_info().source,
                            every[i] == 2 ? "PIT" : "ACPI timer");
        keeps_time(10ull * SECOND, MS, 1000);
    }
}

/* --------------------------------------------------------- who wakes --- */

static void test_wakes(void **state)
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
            assert_true(clock_wakes());
        }
        assert_in_range(clock_info().ticks, 495, 510);
    }
}

static void test_does_not_wake(void **state)
{
    (void)state;
    start(&(struct pc){.irq = false}, true);
    for (unsigned i = 0; i < 1000; i++) {
        pass(5 * MS);
        assert_false(clock_wakes());
    }
    /* One alone may have been under way. */
    start(&(struct pc){.irq = true, .stopped_at = 20 * MS}, true);
    for (unsigned i = 0; i < 1000; i++) {
        pass(5 * MS);
        assert_false(clock_wakes());
    }
    assert_int_equal(clock_info().ticks, 1);
}

/* Ticks that cease are not slept for any more; should they come again, they
   are. */
static void test_ticks_cease(void **state)
{
    (void)state;
    start(&(struct pc){.irq = true, .stopped_at = SECOND}, true);
    for (unsigned i = 0; i < 150; i++)
        pass(5 * MS);
    assert_true(clock_wakes());
    for (unsigned i = 0; i < 75; i++)
        pass(5 * MS);
    assert_false(clock_wakes());
    keeps_time(10ull * SECOND, 4 * MS, 1000);
    assert_false(clock_wakes());
    pc.stopped_at = 0;
    for (unsigned i = 0; i < 10; i++)
        pass(5 * MS);
    assert_true(clock_wakes());
}

/* A timer programmed to a rate that leaves no time for anything else is set
   back to its own after a second's ticks at most; one that is only a few times
   too fast is left alone. */
static void test_storm(void **state)
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

/* A clock that counts is to wake the PC twice a second, should the ticks
   cease; its time and form are left alone. */
static void test_second_wake(void **state)
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
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_no_acpi_timer),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_ticks_keep_time),
        cmocka_unit_test(test_long_timer),
        cmocka_unit_test(test_held_up),
        cmocka_unit_test(test_seconds),
        cmocka_unit_test(test_quick_seconds),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_counter_that_steps_back),
        cmocka_unit_test(test_reads_that_are_wrong),
        cmocka_unit_test(test_wakes),
        cmocka_unit_test(test_does_not_wake),
        cmocka_unit_test(test_ticks_cease),
        cmocka_unit_test(test_storm),
        cmocka_unit_test(test_second_wake),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
