/* SPDX-License-Identifier: MIT */
#include "selftest.h"

/* Numbers of checks, chosen to take a few seconds on an emulated PC. */
#define PROGRAMS 1000
#define SWAPS    300

#define EAGER 4 /* every fourth program runs without eager translation */

static void count(struct selftest *selftest, bool same)
{
    if (same) {
        selftest->passed++;
    } else if (selftest->failed++ == 0) {
        selftest->first = selftest->checked.lockstep;
        selftest->refused = selftest->checked.refused;
    }
}

static bool known_results(struct selftest *selftest)
{
    struct checked *checked = &selftest->checked;
    struct known_run *run = &selftest->known;
    bool in_progress = run->known != NULL && !run->done;
    bool ended, good;

    checked->eager = true;
    if (!in_progress && !check_known_begin(checked, run, selftest->step++)) {
        count(selftest, false);
        return false;
    }
    good = check_known(checked, run, &ended);
    if (ended)
        count(selftest, good);
    return !run->done || selftest->step < KNOWN_PROGRAMS;
}

static bool instructions(struct selftest *selftest)
{
    struct checked *checked = &selftest->checked;
    bool first = selftest->failed == 0;

    checked->eager = true;
    check_instruction(checked, selftest->step++, &selftest->passed,
                      &selftest->failed);
    if (first && selftest->failed > 0) {
        selftest->first = checked->lockstep;
        selftest->refused = checked->refused;
    }
    return selftest->step < CHECK_INSTRUCTIONS;
}

static bool random_programs(struct selftest *selftest)
{
    struct checked *checked = &selftest->checked;

    selftest->step++;
    checked->eager = selftest->step % EAGER > 0;
    count(selftest, check_program(checked, selftest->step));
    return selftest->step < PROGRAMS;
}

static unsigned engine_count(const struct selftest *selftest)
{
    unsigned engine_count = 1;

    while (selftest->table[engine_count] != NULL)
        engine_count++;
    return engine_count;
}

/* Checks switching between the engine under test and each other engine. */
static bool swapping(struct selftest *selftest)
{
    unsigned others = engine_count(selftest) - 1;
    /* There is at least one, since this check is skipped for the reference.
       NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    unsigned ahead = 1 + selftest->step % others;
    struct checked *checked = &selftest->checked;

    selftest->other.engine =
        selftest->table[(selftest->engine + ahead) % (others + 1)];
    checked->eager = selftest->other.eager = true;
    selftest->step++;
    count(selftest, check_swapping(checked, &selftest->other, selftest->step));
    return selftest->step < SWAPS;
}

static const struct {
    const char *name;
    bool (*step)(struct selftest *selftest); /* returns false when finished */
    bool beside_reference;                   /* skipped for the reference */
} kinds[] = {
    {"known ends", known_results, false},
    {"instructions", instructions, true},
    {"random programs", random_programs, true},
    {"engine changes", swapping, true},
};
#define KINDS ((unsigned)(sizeof kinds / sizeof kinds[0]))

void selftest_start(struct selftest *selftest,
                    const struct engine *const *table,
                    union engine_state room[2], struct code_area *area)
{
    *selftest = (struct selftest){
        .table = table,
        .checked = {.engine = table[0], .room = &room[0], .area = area},
        .other = {.room = &room[1], .area = area},
    };
}

static void report(const struct selftest *selftest, struct strbuf *lines,
                   struct strbuf *details)
{
    strbuf_add(lines, "%-13s%-18s%9u%10u\n", selftest->checked.engine->name,
               kinds[selftest->kind].name, (unsigned)selftest->passed,
               (unsigned)selftest->failed);
    if (selftest->failed == 0)
        return;
    strbuf_add(lines, "  first, ");
    if (selftest->refused) {
        strbuf_add(lines, "the %s engine could not start\n",
                   selftest->checked.engine->name);
        return;
    }
    lockstep_summary(&selftest->first, lines);
    strbuf_add(lines, "\n");
    lockstep_report(&selftest->first, details);
}

/* Advances to the next check or engine.  Returns false after the last one. */
static bool advance(struct selftest *selftest)
{
    bool reference = selftest->engine == 0;

    selftest->all_passed += selftest->passed;
    selftest->all_failed += selftest->failed;
    selftest->passed = selftest->failed = selftest->step = 0;
    selftest->known.known = NULL;
    do
        selftest->kind++;
    while (selftest->kind < KINDS && reference &&
           kinds[selftest->kind].beside_reference);
    if (selftest->kind == KINDS) {
        selftest->kind = 0;
        selftest->checked.engine = selftest->table[++selftest->engine];
    }
    return selftest->checked.engine != NULL;
}

bool selftest_slice(struct selftest *selftest, struct strbuf *lines,
                    struct strbuf *details)
{
    if (kinds[selftest->kind].step(selftest))
        return true;
    report(selftest, lines, details);
    if (advance(selftest))
        return true;
    strbuf_add(lines, "\n%u passed, %u failed\n",
               (unsigned)selftest->all_passed, (unsigned)selftest->all_failed);
    return false;
}
