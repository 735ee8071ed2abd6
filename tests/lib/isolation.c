/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE
#include "isolation.h"
#include "plain.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Static_assert(sizeof(struct machine) == (LINES + 4 + 4) * sizeof(uint32_t),
               "the machine has no padding");

static const struct isolated *current;

static bool report(const struct isolated *isolated, const char *what)
{
    fprintf(stderr, "%s, %s %llx, call %llu: %s\n", isolated->engine->name,
            isolated->what, (unsigned long long)isolated->number,
            (unsigned long long)isolated->calls, what);
    return false;
}

/* Printing in this signal handler is safe because engines never print. */
static void report_fault(int signal)
{
    (void)signal;
    report(current, "accessed memory outside its buffers");
    _exit(1);
}

static void open_area(struct code_area *area)
{
    struct isolated *isolated = (struct isolated *)(void *)area;

    isolated->open = true;
    guarded_open(&isolated->code_buffer);
}

static void seal_area(struct code_area *area)
{
    struct isolated *isolated = (struct isolated *)(void *)area;

    isolated->open = false;
    guarded_seal(&isolated->code_buffer);
}

bool isolated_init(struct isolated *isolated, isolated_check *check)
{
    struct sigaction action = {.sa_handler = report_fault};

    *isolated = (struct isolated){
        .area = {.open = open_area, .seal = seal_area},
        .check = check,
    };
    current = isolated;
    return sigaction(SIGSEGV, &action, NULL) == 0 &&
           sigaction(SIGBUS, &action, NULL) == 0 &&
           sigaction(SIGILL, &action, NULL) == 0 &&
           sigaction(SIGTRAP, &action, NULL) == 0 &&
           guarded_alloc(&isolated->machine_buffer, sizeof(struct machine)) &&
           guarded_alloc(&isolated->state_buffer, sizeof(union engine_state)) &&
           guarded_alloc(&isolated->code_buffer, ISOLATION_AREA);
}

/* Starts an engine.  SIDES selects which end of each buffer is guarded. */
static bool begin(struct isolated *isolated, const struct engine *engine,
                  unsigned sides, size_t area)
{
    isolated->engine = engine;
    isolated->breakpoints = (struct breakpoints){0};
    guarded_open(&isolated->code_buffer);
    guarded_place(&isolated->machine_buffer, sizeof(struct machine), sides & 1);
    guarded_place(&isolated->state_buffer, engine->state_size, sides & 2);
    guarded_place(&isolated->code_buffer, area, sides & 4);
    guarded_seal(&isolated->code_buffer);
    isolated->machine = (void *)isolated->machine_buffer.at;
    isolated->state = isolated->state_buffer.at;
    isolated->area.at = isolated->code_buffer.at;
    isolated->area.size = area;
    return engine->start(isolated->state, &isolated->area) ||
           report(isolated, "does not start");
}

/* Runs the additional check supplied by the caller, if there is one. */
static bool check_state(const struct isolated *isolated)
{
    return isolated->check == NULL || isolated->check(isolated) ||
           report(isolated, "failed the additional check");
}

static bool is_whole(const struct isolated *isolated)
{
    if (!guarded_is_whole(&isolated->machine_buffer))
        return report(isolated, "wrote outside the machine");
    if (!guarded_is_whole(&isolated->state_buffer))
        return report(isolated, "wrote outside its V-state");
    if (!guarded_is_whole(&isolated->code_buffer))
        return report(isolated, "wrote outside the code area");
    return true;
}

/* Calls the engine once and checks its outcome and the whole machine. */
static bool run(struct isolated *isolated, uint32_t budget,
                const struct machine *wanted, struct outcome outcome)
{
    struct outcome got = isolated->engine->run(
        isolated->state, isolated->machine, &isolated->breakpoints, budget);

    isolated->calls++;
    isolated->instructions += got.instructions;
    if (isolated->open)
        return report(isolated, "left the code area writable");
    if (got.instructions != outcome.instructions ||
        got.status != outcome.status)
        return report(isolated, "returned a wrong outcome");
    if (memcmp(isolated->machine, wanted, sizeof *wanted) != 0)
        return report(isolated, "left a wrong machine");
    return true;
}

#define CALL_BUDGET 12 /* more instructions than most blocks contain */

/* Digits 5 to 12 and 16 to 31 of a word are not decoded by any instruction. */
#define UNDECODED 0xFFFF1FE0u

uint32_t isolation_word_at(unsigned i)
{
    static const uint32_t others[] = {0, UNDECODED, 0x0AAA0AA0, 0x80001000};
    uint32_t function = i / LINES % 8;

    return function << FUNCTION_BIT | i % LINES |
           (others[i / (8 * LINES)] & UNDECODED);
}

/* Returns a machine whose next instruction is WORD, fetched with a CI of
   CONTROL. If TEST is set, the machine first skips an instruction. */
static struct machine machine_for(uint32_t word, uint32_t control, bool test)
{
    struct machine machine = {
        .a = word * 0x01010101u + control,
        .ci = control - 1 - test,
        .pi = 0x5A5A5A5A,
        .test = test,
        .prepulses = UINT64_MAX - 1,
    };

    for (uint32_t line = 0; line < LINES; line++)
        machine.store[line] = (line * 0x9E3779B9u) ^ word;
    machine.store[word_line(control)] = word;
    return machine;
}

static bool try_control(struct isolated *isolated, uint32_t word,
                        uint32_t control, bool test)
{
    const struct machine machine = machine_for(word, control, test);

    for (unsigned i = 0; i < 2; i++) {
        uint32_t budget = i == 0 ? 1 : CALL_BUDGET;
        struct machine wanted = machine;
        struct outcome outcome = plain_run(&wanted, budget);

        *isolated->machine = machine;
        isolated->engine->state_changed(isolated->state);
        if (!run(isolated, budget, &wanted, outcome))
            return false;
        if (outcome.status == RUN_HUNG)
            break;
    }
    return true;
}

/* Executes WORD with all function digits in CI, most of which cause a hang. */
static bool try_line(struct isolated *isolated, uint32_t word, unsigned next)
{
    for (uint32_t i = 0; i < 8; i++)
        if (!try_control(isolated, word,
                         (i & 1) << FUNCTION_BIT | next |
                             (i & 2 ? UNDECODED : 0),
                         i & 4))
            return false;
    for (uint32_t function = 2; function < 8; function++)
        if (!try_control(isolated, word, function << FUNCTION_BIT | next,
                         function & 1))
            return false;
    return check_state(isolated);
}

bool isolation_word(struct isolated *isolated, const struct engine *engine,
                    unsigned sides, uint32_t word)
{
    isolated->what = "word";
    isolated->number = word;
    if (!begin(isolated, engine, sides, ISOLATION_AREA))
        return false;
    translator_set_eager(engine, isolated->state);
    for (unsigned next = 0; next < LINES; next++)
        if (!try_line(isolated, word, next))
            return false;
    return is_whole(isolated);
}

bool isolation_stores(struct isolated *isolated, const struct engine *engine,
                      unsigned sides)
{
    const uint32_t word = STO << FUNCTION_BIT | (LINES - 1);

    isolated->what = "store of Stores, sides";
    isolated->number = sides;
    if (!begin(isolated, engine, sides, ISOLATION_AREA))
        return false;
    translator_set_eager(engine, isolated->state);
    *isolated->machine = (struct machine){.a = word};
    for (unsigned line = 0; line < LINES; line++)
        isolated->machine->store[line] = word;
    for (unsigned line = LINES; line-- > 0;) {
        struct machine wanted;
        struct outcome outcome;

        isolated->machine->ci = line - 1;
        wanted = *isolated->machine;
        outcome = plain_run(&wanted, LINES - line);
        if (!run(isolated, LINES - line, &wanted, outcome) ||
            !check_state(isolated))
            return false;
    }
    return is_whole(isolated);
}

/* Makes a random change to the machine and notifies the engine. */
static void random_edit(struct isolated *isolated, struct prng *prng)
{
    struct machine *machine = isolated->machine;
    unsigned line = prng_next(prng) % LINES;

    switch (prng_next(prng) % 8) {
    case 0:
        *machine = random_machine(prng);
        isolated->engine->state_changed(isolated->state);
        break;
    case 1:
        random_options(prng, machine);
        isolated->engine->state_changed(isolated->state);
        break;
    case 2:
        isolated->breakpoints = random_breakpoints(prng);
        isolated->engine->state_changed(isolated->state);
        break;
    case 3:
        random_registers(prng, machine);
        break;
    case 4:
    case 5:
        machine->store[line] = random_word(prng);
        isolated->engine->line_written(isolated->state, machine, line);
        break;
    }
    machine->neon = false;
}

static uint32_t random_budget(struct prng *prng)
{
    static const uint32_t limits[] = {2, 10, 100, 1000};

    return prng_next(prng) % limits[prng_next(prng) % 4];
}

/* Returns a random code area size that has room for the shared code. */
static size_t random_area(struct prng *prng)
{
    static const size_t limits[] = {200, 2000, 8192, ISOLATION_AREA};

    return 60 + prng_next(prng) % (limits[prng_next(prng) % 4] - 59);
}

bool isolation_program(struct isolated *isolated, const struct engine *engine,
                       uint64_t number)
{
    struct prng prng;

    isolated->what = "random program";
    isolated->number = number;
    prng_seed(&prng, number);
    if (!begin(isolated, engine, (unsigned)(number % ISOLATION_SIDES),
               random_area(&prng)))
        return false;
    *isolated->machine = random_machine(&prng);
    isolated->breakpoints = random_breakpoints(&prng);
    if (!prng_one_in(&prng, 4))
        translator_set_eager(engine, isolated->state);
    for (unsigned call = 0; call < 16; call++) {
        struct machine wanted = *isolated->machine;
        uint32_t budget = random_budget(&prng);
        struct outcome outcome =
            engine_reference.run(NULL, &wanted, &isolated->breakpoints, budget);

        if (!run(isolated, budget, &wanted, outcome) || !check_state(isolated))
            return false;
        random_edit(isolated, &prng);
    }
    return is_whole(isolated);
}
