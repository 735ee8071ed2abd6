/* SPDX-License-Identifier: MIT */
/*
 * Marks the engine ENGINE: runs the vectors of tests/conformance and random
 * programs by it and by the reference in lockstep, and prints the first
 * difference.  `make test-engine` compiles and runs it.
 *
 *     main [EXERCISE]
 *
 * With an exercise of emu/README.md, the engine must also obey the functions of
 * the exercise itself, rather than leave them to the reference.  For this, the
 * linker replaces prepulse() by a function that counts its calls (--wrap).
 */
#define _DEFAULT_SOURCE
#include "report.h"
#include "emu/check/engine_checks.h"
#include "emu/machine/instruction_set.h"
#include "tests/bench/host.h"
#include "tests/lib/vectors.h"
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef ENGINE
#define ENGINE student
#endif

#define JOIN(one, other) one##other
#define ENGINE_OF(name)  JOIN(engine_, name)
#define MARKED           ENGINE_OF(ENGINE)

#define PROGRAMS 3000
#define TURNS    100000 /* instructions after which a program must be hot */
#define SECONDS  3      /* of the processor, for one call */

#define BIT(function) (1u << (function))
#define ALL           0xFFu

static const struct exercise {
    unsigned functions; /* bitmask of those that the engine must obey itself */
    bool keeps;         /* true if it must keep lines decoded */
    bool translates;    /* true if it must execute code of its own */
} exercises[] = {
    {0, false, false}, /* none: any engine that is exact */
    {BIT(STP), false, false}, {BIT(JMP) | BIT(JRP) | BIT(STP), false, false},
    {ALL, false, false},      {ALL, true, false},
    {ALL, true, true},
};

static const struct exercise *exercise = exercises;
static union engine_state room;
static struct code_area area;
static struct engine engine; /* the marked engine, with run() below */
static struct checked checked;

/* What is run, for messages. */
static char what[100];

static const char *fault; /* what is wrong, if it is no difference */

static uint64_t calls, obeyed, left; /* by the engine; left to the reference */
static bool inside;                  /* true while the engine runs */
static bool left_known;              /* true if `first_left` is valid */
static struct machine first_left;    /* before an instruction it should obey */

/* ---------------------------------------------------- what is left over --- */

static bool must_obey(const struct machine *machine)
{
    uint32_t control = machine_next_control(machine);
    uint32_t word = machine->store[word_line(control)];
    bool onto_itself =
        word_function(word) == STO && word_line(word) == word_line(control);

    return !machine->ci5 && !machine->immediate_test &&
           !(control & FUNCTION_DIGITS) && !onto_itself &&
           breakpoints_are_none(&checked.lockstep.breakpoints) &&
           exercise->functions >> word_function(word) & 1;
}

struct bar __real_prepulse(struct machine *machine,
                           const struct controls *controls);
struct bar __wrap_prepulse(struct machine *machine,
                           const struct controls *controls);

struct bar __wrap_prepulse(struct machine *machine,
                           const struct controls *controls)
{
    if (inside && !left_known && must_obey(machine)) {
        left_known = true;
        first_left = *machine;
    }
    struct bar bar = __real_prepulse(machine, controls);

    left += inside && !bar.hung;
    return bar;
}

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    struct outcome outcome;

    calls++;
    inside = true;
    outcome = MARKED.run(state, machine, breakpoints, budget);
    inside = false;
    obeyed += outcome.instructions;
    return outcome;
}

/* Called for each second of processor time.  Printing is safe in this signal
   handler because engines never print. */
static void watch(int signal)
{
    static uint64_t seen;
    static unsigned seconds;

    (void)signal;
    seconds = calls == seen && inside ? seconds + 1 : 0;
    seen = calls;
    if (seconds < SECONDS)
        return;
    printf("%s: run() does not return in %s.  Does it count the budget?\n",
           engine.name, what);
    fflush(stdout);
    _exit(1);
}

/* --------------------------------------------------------------- checks --- */

static bool start(const struct machine *machine)
{
    static const struct breakpoints none = {0};

    memset(&room, 0xA5, sizeof room);
    checked.refused = !lockstep_start(&checked.lockstep, &engine, &room,
                                      checked.area, machine, &none);
    return !checked.refused;
}

/* Runs MACHINE one instruction at a time, and then in longer calls. */
static bool run_twice(const struct machine *machine, uint32_t limit,
                      uint32_t seed)
{
    return start(machine) && lockstep_run(&checked.lockstep, limit, 0) &&
           !left_known && start(machine) &&
           lockstep_run(&checked.lockstep, limit, seed) && !left_known;
}

/* Returns whether a run of the reference obeys no functions but those of the
   exercise. */
static bool fits(struct machine machine, uint32_t limit)
{
    static const struct breakpoints none = {0};

    for (uint32_t i = 0; i < limit && exercise->functions; i++) {
        uint32_t control = machine_next_control(&machine);
        uint32_t word = machine.store[word_line(control)];

        if (!(exercise->functions >> word_function(word) & 1))
            return false;
        if (engine_reference.run(NULL, &machine, &none, 1).status != RUN_BUDGET)
            break;
    }
    return true;
}

/* Runs the vectors that fit the exercise, and counts them. */
static bool check_vectors(unsigned *count)
{
    FILE *file = vectors_open();
    struct vector vector;
    bool good = file != NULL;

    snprintf(what, sizeof what, "tests/conformance/vectors.txt");
    while (good && vectors_read(file, &vector)) {
        struct machine machine = vector_machine(&vector);
        uint32_t limit = (uint32_t)vector.limit;

        if (!fits(machine, limit))
            continue;
        snprintf(what, sizeof what, "vector %s (%s)", vector.name,
                 vector.options);
        good = run_twice(&machine, limit, *count + 1) &&
               vector_crc(&checked.lockstep.machine) == vector.crc;
        ++*count;
    }
    if (file != NULL)
        fclose(file);
    return good;
}

/* Replaces the functions that are not in the exercise. */
static void make_fit(struct machine *machine, struct prng *prng)
{
    unsigned functions = exercise->functions ? exercise->functions : ALL;

    for (unsigned line = 0; line < LINES; line++) {
        uint32_t *word = &machine->store[line];

        while (!(functions >> word_function(*word) & 1))
            *word = (*word & ~FUNCTION_DIGITS) |
                    (prng_next(prng) & FUNCTION_DIGITS);
    }
}

static bool check_random(uint64_t number)
{
    struct machine machine;

    snprintf(what, sizeof what, "random program %u", (unsigned)number);
    prng_seed(&checked.prng, number);
    machine = random_machine(&checked.prng);
    make_fit(&machine, &checked.prng);
    return run_twice(&machine, 200, prng_next(&checked.prng) | 1);
}

/* Like check_random(), with breakpoints, options and changes of the machine
   between the calls. */
static bool check_changes(uint64_t number)
{
    snprintf(what, sizeof what, "random program %u with changes",
             (unsigned)number);
    return check_program(&checked, number) && !left_known;
}

/* The loop of the checks below.  Line 22 is the result of each pass. */
static const struct machine loop = {.store = {[1] = LDN << FUNCTION_BIT | 20,
                                              [2] = SUB << FUNCTION_BIT | 21,
                                              [3] = STO << FUNCTION_BIT | 22,
                                              [4] = JMP << FUNCTION_BIT | 23,
                                              [20] = 5,
                                              [21] = 7}};

/* Changes line 2 without telling the engine, and then tells it. */
static bool check_keeps(void)
{
    struct machine *machine = &checked.lockstep.machine;
    uint32_t secretly, told;

    snprintf(what, sizeof what, "the loop LDN 20, SUB 21, STO 22, JMP 23");
    if (!start(&loop) || !lockstep_call(&checked.lockstep, TURNS))
        return false;
    machine->store[2] = SUB << FUNCTION_BIT | 20;
    lockstep_call(&checked.lockstep, TURNS);
    secretly = machine->store[22];
    engine.line_written(&room, machine, 2);
    lockstep_call(&checked.lockstep, TURNS);
    told = machine->store[22];
    if (secretly != 0u - 5 - 7)
        fault = "decodes each time: it obeyed a word that was written without "
                "line_written()";
    else if (told != 0u - 5 - 5)
        fault = "obeys an old word after line_written()";
    return fault == NULL;
}

static void trapped(int signal)
{
    (void)signal;
    _exit(1);
}

/* Overwrites the code area with breakpoints (INT3) and runs the loop. */
static void run_without_code(void)
{
    signal(SIGTRAP, trapped);
    host_open(&area);
    memset(area.at, 0xCC, area.size);
    host_seal(&area);
    lockstep_call(&checked.lockstep, TURNS);
    _exit(0);
}

static bool check_translates(void)
{
    int status = 0;
    pid_t child;

    if (!start(&loop) || !lockstep_call(&checked.lockstep, TURNS))
        return false;
    fflush(stdout);
    child = fork();
    if (child == 0)
        run_without_code();
    waitpid(child, &status, 0);
    if (status == 0)
        fault = "executes no code in its area";
    return status != 0;
}

static bool passes(unsigned *vectors)
{
    if (!check_vectors(vectors))
        return false;
    for (uint64_t number = 1; number <= PROGRAMS; number++)
        if (!check_random(number))
            return false;
    if (exercise->functions != 0 && exercise->functions != ALL)
        return true;
    for (uint64_t number = 1; number <= PROGRAMS; number++)
        if (!check_changes(number))
            return false;
    return (!exercise->keeps || check_keeps()) &&
           (!exercise->translates || check_translates());
}

/* ----------------------------------------------------------------- main --- */

static void report(void)
{
    if (fault != NULL)
        printf("%s %s.\n", engine.name, fault);
    else if (checked.refused)
        printf("%s refuses to start.\n", engine.name);
    else if (left_known)
        report_left(&first_left, engine.name, what);
    else if (!lockstep_agrees(&checked.lockstep))
        report_difference(&checked.lockstep, checked.area, what);
    else
        printf("The reference differs from %s.\n", what);
}

static bool prepare(unsigned number)
{
    struct itimerval second = {{1, 0}, {1, 0}};

    exercise = &exercises[number];
    engine = MARKED;
    engine.run = run;
    checked = (struct checked){.engine = &engine, .room = &room};
#if defined(__i386__)
    area = host_area();
    checked.area = &area;
#endif
    if (engine.state_size > sizeof room) {
        printf("%s: state_size %zu is more than union engine_state has\n",
               engine.name, engine.state_size);
        return false;
    }
    signal(SIGVTALRM, watch);
    return setitimer(ITIMER_VIRTUAL, &second, NULL) == 0;
}

int main(int argc, char **argv)
{
    unsigned number = argc > 1 ? (unsigned)atoi(argv[1]) : 0;
    unsigned vectors = 0;

    if (number >= sizeof exercises / sizeof *exercises) {
        printf("there is no exercise %s\n", argv[1]);
        return 2;
    }
    if (!prepare(number))
        return 1;
    if (!passes(&vectors)) {
        report();
        return 1;
    }
    printf("%s: passed %u vectors and %u random programs; obeyed %llu of %llu "
           "instructions itself\n",
           engine.name, vectors, PROGRAMS, (unsigned long long)(obeyed - left),
           (unsigned long long)obeyed);
    return 0;
}
