/* SPDX-License-Identifier: MIT */
/*
 * Every engine against an independent set of results, and step by step
 * against the reference.
 *
 * BABY_PROGRAMS says how many random programs are tried, BABY_FIRST the number
 * of the first: a failure names the number of its program.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "emu/engines.h"
#include "emu/lockstep.h"

#define WORD(function, line) ((uint32_t)(function) << FUNCTION_BIT | (line))
#define ENGINES_MAX          8

static const struct stops no_stops = {0};

/* Room for V-states, each with a neighbour that must not be touched. */
static union engine_state states[2 * ENGINES_MAX];

static void start(const struct engine *engine, void *state)
{
    memset(state, 0xA5, sizeof(union engine_state));
    assert_true(engine->start(state, NULL));
}

static void test_table(void **state)
{
    (void)state;
    assert_ptr_equal(engines[0], &engine_reference);
    for (unsigned i = 0; engines[i] != NULL; i++) {
        assert_true(i < ENGINES_MAX);
        assert_true(engines[i]->state_size <= sizeof(union engine_state));
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(engines[i]->name, engines[j]->name);
    }
}

/* ------------------------------------------------------------ random --- */

static uint64_t dice;

static void shake(uint64_t number)
{
    dice = number * 0x9E3779B97F4A7C15u;
}

/* Steele, Lea and Flood's splitmix. */
static uint32_t roll(void)
{
    uint64_t z = dice += 0x9E3779B97F4A7C15u;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (uint32_t)(z >> 32);
}

static bool one_in(unsigned sides)
{
    return roll() % sides == 0;
}

static const uint32_t edges[] = {
    0,          1,          2,          0x1F,       0x20,
    0x2000,     0x4000,     0x1FFF,     0xE01F,     0x7FFFFFFF,
    0x80000000, 0x80000001, 0xFFFFFFFE, 0xFFFFFFFF, 0xAAAAAAAA,
};
#define EDGES (sizeof edges / sizeof edges[0])

/* Jumps more often than not stay in the store, Stops are few. */
static uint32_t random_instruction(void)
{
    static const uint8_t functions[] = {
        JMP, JMP, JRP, JRP, LDN, LDN, LDN, STO,     STO, STO,
        STO, STO, SUB, SUB, SUB, CMP, CMP, SUB + 1, CMP, STP,
    };
    uint32_t word = WORD(functions[roll() % sizeof functions], roll() % LINES);

    return one_in(4) ? word | (roll() & 0xFFFF1FE0) : word;
}

static uint32_t random_word(void)
{
    switch (roll() % 16) {
    case 0:
        return roll();
    case 1:
        return edges[roll() % EDGES];
    case 2: /* where jumps lead out of the store, to function digits */
        return (roll() & 0xE000) + roll() % 64 - 32;
    case 3:
    case 4:
        return roll() % LINES;
    case 5:
        return 0 - roll() % LINES;
    case 6: /* what a LDN makes an instruction of */
        return 0 - random_instruction();
    default:
        return random_instruction();
    }
}

static uint32_t random_control(void)
{
    if (!one_in(4))
        return roll() % LINES;
    return one_in(2) ? random_word() : (roll() & 0x7FFFE000) - 1 - roll() % 64;
}

static void random_registers(struct machine *machine)
{
    machine->a = random_word();
    machine->ci = random_control();
    machine->pi = random_word();
    machine->test = one_in(4);
    machine->neon = one_in(64);
}

static void random_options(struct machine *machine)
{
    machine->ci5 = one_in(8);
    machine->immediate_test = one_in(8);
}

static struct stops random_stops(void)
{
    if (!one_in(3))
        return no_stops;
    return (struct stops){one_in(2) ? 1u << roll() % LINES : roll() & roll()};
}

static struct machine random_machine(void)
{
    struct machine machine = {0};

    for (unsigned line = 0; line < LINES; line++)
        machine.store[line] = random_word();
    random_registers(&machine);
    random_options(&machine);
    machine.instructions = roll();
    machine.prepulses = machine.instructions + roll() % 2;
    return machine;
}

/* ---------------------------------------------------------- lockstep --- */

static uint64_t program; /* number of the program under way */

static void check(struct lockstep *lockstep, bool same)
{
    static char buffer[5000];
    struct text text = text_begin(buffer, sizeof buffer);

    if (same)
        return;
    lockstep_tell(lockstep, &text);
    fail_msg("program %llu: %s", (unsigned long long)program, buffer);
}

/* A hand changes something between two calls, and tells the engine only what
   it has to. */
static void interfere(struct lockstep *lockstep)
{
    struct machine *machine = &lockstep->machine;
    unsigned line = roll() % LINES;

    switch (roll() % 8) {
    case 0:
        *machine = random_machine();
        lockstep->engine->changed(lockstep->state);
        break;
    case 1:
        random_options(machine);
        lockstep->engine->changed(lockstep->state);
        break;
    case 2:
        lockstep->stops = random_stops();
        lockstep->engine->changed(lockstep->state);
        break;
    case 3:
    case 4:
        random_registers(machine);
        break;
    default:
        machine->store[line] = random_word();
        lockstep->engine->edited(lockstep->state, machine, line);
    }
    lockstep->expected = *machine;
}

static void try_random(const struct engine *engine)
{
    struct lockstep lockstep;
    struct machine machine;
    struct stops stops;

    shake(program);
    machine = random_machine();
    stops = random_stops();
    memset(states, 0xA5, sizeof states[0]);
    assert_true(
        lockstep_start(&lockstep, engine, states, NULL, &machine, &stops));
    for (unsigned round = 0; round < 4; round++) {
        uint32_t seed = program & 1 ? roll() | 1 : 0;

        check(&lockstep, lockstep_run(&lockstep, 1 + roll() % 64, seed));
        interfere(&lockstep);
    }
    check(&lockstep, lockstep_run(&lockstep, 500, roll() | 1));
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);

    return value != NULL ? strtoull(value, NULL, 10) : otherwise;
}

static void test_random(void **state)
{
    uint64_t first = number_from("BABY_FIRST", 1);
    uint64_t count = number_from("BABY_PROGRAMS", 100000);

    (void)state;
    for (program = first; program < first + count; program++)
        for (unsigned i = 1; engines[i] != NULL; i++)
            try_random(engines[i]);
}

/* Every function and line, with CI, A and operands at the edges; the next two
   instructions after it. */
static void try_edges(const struct engine *engine, uint32_t word, unsigned i,
                      unsigned flip)
{
    struct machine machine = {
        .a = edges[i % EDGES],
        .ci = edges[i / EDGES],
        .pi = edges[i * 7 % EDGES],
        .test = flip & 1,
    };
    struct lockstep lockstep;

    for (unsigned line = 0; line < LINES; line++)
        machine.store[line] = line * 0x01012021u;
    machine.store[word & 31] = edges[(i * 11 + word) % EDGES];
    machine.store[machine_next_control(&machine) & 31] =
        flip & 2 ? word | 0xFFFF1FE0u : word;
    assert_true(
        lockstep_start(&lockstep, engine, states, NULL, &machine, &no_stops));
    check(&lockstep, lockstep_call(&lockstep, 1));
    check(&lockstep, lockstep_call(&lockstep, 2));
}

static void test_edges(void **state)
{
    (void)state;
    program = 0;
    for (unsigned e = 1; engines[e] != NULL; e++)
        for (uint32_t word = 0; word < 8 * LINES; word++)
            for (unsigned i = 0; i < EDGES * EDGES; i++)
                for (unsigned flip = 0; flip < 4; flip++)
                    try_edges(engines[e], WORD(word / LINES, word % LINES), i,
                              flip);
}

/* ------------------------------------------------ one beside another --- */

/* Two machines in turn, under every pair of engines. */
static void try_pair(const struct engine *one, const struct engine *other)
{
    struct lockstep lockstep[2];
    struct machine machine[2];
    struct stops stops[2];

    for (unsigned i = 0; i < 2; i++) {
        machine[i] = random_machine();
        stops[i] = random_stops();
        assert_true(lockstep_start(&lockstep[i], i == 0 ? one : other,
                                   &states[i], NULL, &machine[i], &stops[i]));
    }
    for (unsigned turn = 0; turn < 40; turn++)
        check(&lockstep[turn & 1],
              lockstep_call(&lockstep[turn & 1], roll() % 16));
}

static void test_two_machines(void **state)
{
    (void)state;
    for (program = 1; program <= 2000; program++) {
        shake(program);
        for (unsigned i = 0; engines[i] != NULL; i++)
            for (unsigned j = 0; engines[j] != NULL; j++)
                try_pair(engines[i], engines[j]);
    }
}

/* One machine, under another engine after each call. */
static void try_swapping(void)
{
    struct machine machine = random_machine();
    struct stops stops = random_stops();
    struct lockstep lockstep;
    unsigned count = 0;

    while (engines[count] != NULL)
        start(engines[count], &states[count]), count++;
    assert_true(lockstep_start(&lockstep, engines[0], &states[0], NULL,
                               &machine, &stops));
    for (unsigned turn = 0; turn < 60; turn++) {
        unsigned i = roll() % count;

        lockstep.engine = engines[i];
        lockstep.state = &states[i];
        engines[i]->changed(&states[i]);
        check(&lockstep, lockstep_call(&lockstep, roll() % 12));
    }
}

static void test_swapping(void **state)
{
    (void)state;
    for (program = 1; program <= 10000; program++) {
        shake(program);
        try_swapping();
    }
}

/* ----------------------------------------------------------- vectors --- */

/* One row of tests/data/vectors.txt; its first line says what is what. */
struct vector {
    char name[32], options[40], end[8];
    unsigned long long limit, instructions;
    unsigned a, ci, pi, test, crc;
    uint32_t store[LINES];
};

static uint32_t crc32(const uint8_t *data, size_t size)
{
    uint32_t crc = 0xFFFFFFFF;

    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

static uint32_t crc_of(const struct machine *machine)
{
    uint32_t words[LINES + 3];
    uint8_t bytes[sizeof words + 1];

    memcpy(words, machine->store, sizeof machine->store);
    words[LINES] = machine->a;
    words[LINES + 1] = machine->ci;
    words[LINES + 2] = machine->pi;
    for (size_t i = 0; i < sizeof words; i++)
        bytes[i] = (uint8_t)(words[i / 4] >> i % 4 * 8);
    bytes[sizeof words] = machine->test;
    return crc32(bytes, sizeof bytes);
}

static bool read_vector(FILE *file, struct vector *vector)
{
    if (fscanf(file, "%31s %39s %llu %7s %llu %x %x %x %u %x", vector->name,
               vector->options, &vector->limit, vector->end,
               &vector->instructions, &vector->a, &vector->ci, &vector->pi,
               &vector->test, &vector->crc) != 10)
        return false;
    for (unsigned line = 0; line < LINES; line++) {
        unsigned word;

        if (fscanf(file, "%x", &word) != 1)
            return false;
        vector->store[line] = word;
    }
    return true;
}

static const char *const ends[] = {"limit", "stop", "hung"};

static void check_vector(const struct vector *vector,
                         const struct engine *engine)
{
    struct machine machine = {
        .ci5 = strstr(vector->options, "ci5") != NULL,
        .immediate_test = strstr(vector->options, "immediate-test") != NULL,
    };

    memcpy(machine.store, vector->store, sizeof machine.store);
    start(engine, states);
    struct outcome outcome =
        engine->run(states, &machine, &no_stops, (uint32_t)vector->limit);

    assert_string_equal(ends[outcome.why], vector->end);
    assert_int_equal(outcome.instructions, vector->instructions);
    assert_int_equal(machine.instructions, vector->instructions);
    assert_int_equal(machine.prepulses,
                     vector->instructions + (outcome.why == ENDED_HUNG));
    assert_int_equal(machine.a, vector->a);
    assert_int_equal(machine.ci, vector->ci);
    assert_int_equal(machine.pi, vector->pi);
    assert_int_equal(machine.test, vector->test);
    assert_int_equal(machine.neon, outcome.why == ENDED_STOP);
    assert_int_equal(crc_of(&machine), vector->crc);
}

static void test_vectors(void **state)
{
    FILE *file = fopen("tests/data/vectors.txt", "r");
    struct vector vector;
    unsigned count = 0;
    int c;

    (void)state;
    assert_non_null(file);
    while ((c = fgetc(file)) != '\n')
        assert_int_not_equal(c, EOF);
    while (read_vector(file, &vector)) {
        for (unsigned i = 0; engines[i] != NULL; i++)
            check_vector(&vector, engines[i]);
        count++;
    }
    fclose(file);
    assert_int_equal(count, 900);
}

/* ------------------------------------------- the ends of a run, told --- */

static void expect(const struct engine *engine, struct machine *machine,
                   struct stops stops, uint32_t budget, uint32_t instructions,
                   enum ending why)
{
    struct outcome outcome = engine->run(states, machine, &stops, budget);

    assert_int_equal(outcome.instructions, instructions);
    assert_int_equal(outcome.why, why);
}

/* 1 CMP, 2 STP */
static void check_budget(const struct engine *engine)
{
    struct machine machine = {.store = {[1] = WORD(CMP, 0), WORD(STP, 0)}};

    expect(engine, &machine, no_stops, 0, 0, ENDED_BUDGET);
    assert_int_equal(machine.prepulses, 0);
    expect(engine, &machine, no_stops, 1, 1, ENDED_BUDGET);
    expect(engine, &machine, no_stops, 1, 1, ENDED_STOP);
    assert_true(machine.neon);
    expect(engine, &machine, no_stops, 5, 0, ENDED_STOP);
    expect(engine, &machine, no_stops, 0, 0, ENDED_STOP);
    assert_int_equal(machine.prepulses, 2);
}

/* A hang after the budget is none yet. */
static void check_hang(const struct engine *engine)
{
    struct machine machine = {.store = {[1] = 5, [5] = 0x4000}};

    expect(engine, &machine, no_stops, 1, 1, ENDED_BUDGET);
    expect(engine, &machine, no_stops, 1, 0, ENDED_HUNG);
    assert_int_equal(machine.instructions, 1);
    assert_int_equal(machine.prepulses, 2);
    assert_int_equal(machine.ci, 0x4001);
}

/* 1 LDN 9, 2 CMP, 3 STO 10 (skipped), 4 JMP 11 to line 1 again. */
static void check_stops(const struct engine *engine)
{
    const struct stops at_4 = {1u << 4}, at_3 = {1u << 3}, all = {UINT32_MAX};
    struct machine machine = {
        .store = {[1] = WORD(LDN, 9),
                  WORD(CMP, 0),
                  WORD(STO, 10),
                  WORD(JMP, 11),
                  [9] = 1},
    };

    expect(engine, &machine, at_4, 2, 2, ENDED_BUDGET);
    assert_true(machine.test);
    assert_int_equal(machine.ci, 2);
    expect(engine, &machine, at_4, 100, 3, ENDED_STOPPED_AT);
    assert_true(machine.test);
    assert_int_equal(machine.ci, 2);
    assert_int_equal(machine.pi, WORD(CMP, 0));
    engine->changed(states);
    expect(engine, &machine, at_3, 100, 100, ENDED_BUDGET);
    engine->changed(states);
    expect(engine, &machine, all, 100, 1, ENDED_STOPPED_AT);
    expect(engine, &machine, all, 1, 1, ENDED_BUDGET);
    expect(engine, &machine, all, 0, 0, ENDED_BUDGET);
}

static void test_ends(void **state)
{
    static void (*const checks[])(const struct engine *) = {
        check_budget, check_hang, check_stops};

    (void)state;
    for (unsigned i = 0; engines[i] != NULL; i++)
        for (unsigned j = 0; j < sizeof checks / sizeof checks[0]; j++) {
            start(engines[i], states);
            checks[j](engines[i]);
        }
}

/* -------------------------------------------------------- predecoded --- */

/* The highest factor of 2^18, July 1948. */
static const uint32_t july1948[LINES] = {
    0x0000,     0x4018, 0x601A,   0x401A, 0x601B, 0x4017, 0x801B,
    0xC000,     0x2014, 0x801A,   0x6019, 0x4019, 0xC000, 0xE000,
    0x401A,     0x8015, 0x601B,   0x401B, 0x601A, 0x0016, 0xFFFFFFFD,
    0x00000001, 4,      -262144u, 262143,
};

/* Each line is decoded once; a stop that is not met costs nothing. */
static void test_decodings(void **state)
{
    struct predecoded *predecoded = &states[0].predecoded;
    struct stops stops = {1u << 30};
    struct machine machine = {0};

    (void)state;
    memcpy(machine.store, july1948, sizeof july1948);
    start(&engine_predecoded, states);
    expect(&engine_predecoded, &machine, stops, UINT32_MAX, 2097154,
           ENDED_STOP);
    assert_int_equal(machine.store[27], 131072);
    assert_int_equal(predecoded->decodings, 19);
}

/* Slots that lead into another machine's store are of no use. */
static void test_moved(void **state)
{
    struct machine machine = {.store = {[1] = WORD(STO, 9)}, .a = 7}, moved;

    (void)state;
    start(&engine_predecoded, &states[0]);
    expect(&engine_predecoded, &machine, no_stops, 1, 1, ENDED_BUDGET);
    moved = machine;
    moved.ci = 0;
    moved.a = 8;
    expect(&engine_predecoded, &moved, no_stops, 1, 1, ENDED_BUDGET);
    assert_int_equal(machine.store[9], 7);
    assert_int_equal(moved.store[9], 8);
}

/* -------------------------------------------------------- the report --- */

static void test_report(void **state)
{
    struct machine machine = {.store = {[1] = WORD(LDN, 9), [9] = 1}};
    char buffer[5000];
    struct text text = text_begin(buffer, sizeof buffer);
    struct lockstep lockstep;

    (void)state;
    assert_true(lockstep_start(&lockstep, &engine_threaded, states, NULL,
                               &machine, &no_stops));
    assert_true(lockstep_call(&lockstep, 1));
    lockstep.machine.a = 0xFFFF0000;
    assert_false(lockstep_call(&lockstep, 1));
    lockstep_tell(&lockstep, &text);
    assert_false(text.cut);
    assert_non_null(
        strstr(buffer, "                 before   reference    threaded\n"));
    assert_non_null(strstr(
        buffer, "\nA              ffffffff    ffffffff    ffff0000  *\n"));
    assert_non_null(
        strstr(buffer, "\nCI                    1           0           0\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_report),       cmocka_unit_test(test_decodings),
        cmocka_unit_test(test_moved),        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_edges),        cmocka_unit_test(test_swapping),
        cmocka_unit_test(test_two_machines), cmocka_unit_test(test_random),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
