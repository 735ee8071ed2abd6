/* SPDX-License-Identifier: MIT */
#include "si.h"

#define MIN_POWER (-3)

/* SI prefixes, starting at MIN_POWER.  The largest 64-bit number is 18.4 E. */
static const char *const prefixes[] = {"n", "u", "m", "",  "k",
                                       "M", "G", "T", "P", "E"};

static const struct {
    const char *name;
    int min_power; /* smallest prefix, as a power of 1000 */
} units[] = {
    [SI_PURE] = {"", 0},
    [SI_PER_SECOND] = {"/s", 0},
    [SI_SECONDS] = {"s", MIN_POWER},
};

static uint64_t divide_rounded(uint64_t number, uint64_t by)
{
    uint64_t rest = number % by;

    return number / by + (rest >= by - rest);
}

/* Appends NUMBER / ONE, which must be less than 1000, in three figures.
   Returns false without appending anything if it rounds to 1000. */
static bool add_figures(struct strbuf *text, uint64_t number, uint64_t one)
{
    unsigned places = 2;
    unsigned power = 100;

    while (places > 0 && divide_rounded(number, one / power) >= 1000) {
        places--;
        power /= 10;
    }
    unsigned figures = (unsigned)divide_rounded(number, one / power);

    if (figures >= 1000)
        return false;
    strbuf_add(text, "%u", figures / power);
    if (places > 0)
        strbuf_add(text, ".%0*u", (int)places, figures % power);
    return true;
}

void strbuf_add_si(struct strbuf *text, uint64_t number, int power,
                   enum si_unit unit)
{
    uint64_t one = 1; /* value of the prefix in units of NUMBER */

    for (; number / one >= 1000 || power < units[unit].min_power; power++)
        one *= 1000;
    if (one == 1) {
        strbuf_add(text, "%u", (unsigned)number);
    } else if (!add_figures(text, number, one)) {
        power++;
        strbuf_add(text, "1.00");
    }
    const char *prefix = prefixes[power - MIN_POWER];

    if (prefix[0] != '\0' || units[unit].name[0] != '\0')
        strbuf_add(text, " %s%s", prefix, units[unit].name);
}

void strbuf_add_count(struct strbuf *text, uint64_t count, uint64_t exact_max)
{
    if (count <= exact_max)
        strbuf_add(text, "%llu", (unsigned long long)count);
    else
        strbuf_add_si(text, count, 0, SI_PURE);
}
