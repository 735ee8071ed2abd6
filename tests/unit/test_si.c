/* SPDX-License-Identifier: MIT */
/* Tests that values are rounded correctly to three significant figures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "emu/text/si.h"

static const char *written(uint64_t number, int power, enum si_unit unit)
{
    static char buffer[40];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add_si(&text, number, power, unit);
    return buffer;
}

static void test_examples(void **state)
{
    static const struct {
        uint64_t number;
        int power;
        enum si_unit unit;
        const char *text;
    } examples[] = {
        {0, 0, SI_PER_SECOND, "0 /s"},
        {7, 0, SI_PER_SECOND, "7 /s"},
        {999, 0, SI_PER_SECOND, "999 /s"},
        {1000, 0, SI_PER_SECOND, "1.00 k/s"},
        {1004, 0, SI_PER_SECOND, "1.00 k/s"},
        {1005, 0, SI_PER_SECOND, "1.01 k/s"},
        {9994, 0, SI_PER_SECOND, "9.99 k/s"},
        {9995, 0, SI_PER_SECOND, "10.0 k/s"},
        {99949, 0, SI_PER_SECOND, "99.9 k/s"},
        {99950, 0, SI_PER_SECOND, "100 k/s"},
        {999499, 0, SI_PER_SECOND, "999 k/s"},
        {999500, 0, SI_PER_SECOND, "1.00 M/s"},
        {867000000, 0, SI_PER_SECOND, "867 M/s"},
        {999499999, 0, SI_PER_SECOND, "999 M/s"},
        {999500000, 0, SI_PER_SECOND, "1.00 G/s"},
        {1540000000, 0, SI_PER_SECOND, "1.54 G/s"},
        {1000000000000000, 0, SI_PER_SECOND, "1.00 P/s"},
        {UINT64_MAX, 0, SI_PER_SECOND, "18.4 E/s"},
        {0, -1, SI_PER_SECOND, "0.00 /s"},
        {500, -1, SI_PER_SECOND, "0.50 /s"},
        {1000, -1, SI_PER_SECOND, "1.00 /s"},
        {694444, -1, SI_PER_SECOND, "694 /s"},
        {999500, -1, SI_PER_SECOND, "1.00 k/s"},
        {0, -3, SI_SECONDS, "0 ns"},
        {5, -3, SI_SECONDS, "5 ns"},
        {1500, -3, SI_SECONDS, "1.50 us"},
        {2410000, -3, SI_SECONDS, "2.41 ms"},
        {2560000000, -3, SI_SECONDS, "2.56 s"},
        {999499999999, -3, SI_SECONDS, "999 s"},
        {999500000000, -3, SI_SECONDS, "1.00 ks"},
        {UINT64_MAX, -3, SI_SECONDS, "18.4 Gs"},
        {0, -1, SI_PURE, "0.00"},
        {340, -1, SI_PURE, "0.34"},
        {995, -1, SI_PURE, "1.00"},
        {3666, -1, SI_PURE, "3.67"},
        {123456, -1, SI_PURE, "123"},
        {5000000, -1, SI_PURE, "5.00 k"},
        {UINT32_MAX, 0, SI_PURE, "4.29 G"},
        {UINT64_MAX, -1, SI_PURE, "18.4 P"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
        assert_string_equal(
            written(examples[i].number, examples[i].power, examples[i].unit),
            examples[i].text);
}

/* Result of parsing a formatted value. */
struct said {
    uint64_t perf_counters;
    unsigned places;
    int power;
};

static struct said read_back(const char *text, enum si_unit unit)
{
    static const char *const names[] = {"", "/s", "s"};
    static const char prefixes[] = "num kMGTPE";
    struct said said = {0};
    bool behind = false;

    for (; *text == '.' || (*text >= '0' && *text <= '9'); text++) {
        if (*text == '.') {
            behind = true;
            continue;
        }
        said.perf_counters = 10 * said.perf_counters + (uint64_t)(*text - '0');
        said.places += behind;
    }
    text += *text == ' ';
    if (strcmp(text, names[unit]) != 0) {
        assert_non_null(strchr(prefixes, *text));
        said.power = (int)(strchr(prefixes, *text) - prefixes) - 3;
        text++;
    }
    assert_string_equal(text, names[unit]);
    return said;
}

static void check(uint64_t number, int power, enum si_unit unit)
{
    static const size_t widths[] = {SI_PURE_WIDTH, SI_PER_SECOND_WIDTH,
                                    SI_SECONDS_WIDTH};
    const char *text = written(number, power, unit);
    struct said said = read_back(text, unit);
    uint64_t last = 1; /* value of one unit in the last digit shown */

    for (int i = (int)said.places; i < 3 * (said.power - power); i++)
        last *= 10;
    uint64_t up = said.perf_counters * last - number;

    if (strlen(text) > widths[unit] || said.perf_counters > 999 ||
        (said.perf_counters * last >= number ? up > last / 2
                                             : 0 - up >= last - last / 2))
        fail_msg("%llu is \"%s\"", (unsigned long long)number, text);
}

/* Tests numbers of up to four digits, times powers of ten up to 10^15. */
static void test_all_sizes(void **state)
{
    static const enum si_unit units[] = {SI_PURE, SI_PER_SECOND, SI_SECONDS};

    (void)state;
    for (uint64_t tens = 1; tens <= 1000000000000000; tens *= 10)
        for (uint64_t i = 0; i <= 10005; i++)
            for (unsigned unit = 0; unit < 3; unit++)
                for (int power = -1; power <= 0; power++) {
                    uint64_t number = i * tens;

                    check(number, power, units[unit]);
                    check(number + 1, power, units[unit]);
                    if (number > 0)
                        check(number - 1, power, units[unit]);
                }
}

static void test_nanoseconds(void **state)
{
    (void)state;
    for (uint64_t number = 1; number < UINT64_MAX / 3; number *= 2) {
        check(number, -3, SI_SECONDS);
        check(number + number / 2, -3, SI_SECONDS);
    }
    check(UINT64_MAX, -3, SI_SECONDS);
}

/* Counts have all digits up to a maximum. */
static void test_counts(void **state)
{
    static const struct {
        uint64_t count, exact_max;
        const char *text;
    } examples[] = {
        {0, 0, "0"},
        {999, 0, "999"},
        {1000, 0, "1.00 k"},
        {99999, 99999, "99999"},
        {100000, 99999, "100 k"},
        {UINT32_MAX, UINT32_MAX, "4294967295"},
        {UINT32_MAX + UINT64_C(1), UINT32_MAX, "4.29 G"},
        {UINT64_MAX, UINT64_MAX, "18446744073709551615"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        char buffer[40];
        struct strbuf text = strbuf_begin(buffer, sizeof buffer);

        strbuf_add_count(&text, examples[i].count, examples[i].exact_max);
        assert_string_equal(buffer, examples[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_all_sizes),
        cmocka_unit_test(test_nanoseconds),
        cmocka_unit_test(test_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
