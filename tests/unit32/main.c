/* SPDX-License-Identifier: MIT */
/*
 * Tests the translator against the reference on a host that runs i386 code.
 * The whole T-state must be equal after each call.
 *
 *   main [PROGRAMS [SEED]]   runs all tests, with 100000 random programs unless
 *                            another number is given
 *   main --isolation         runs the isolation tests only
 *   main --code FILE LIST    writes the code of 3000 programs to FILE and its
 *                            disassembly to LIST
 *
 * If the first option is --stride N, exhaustive tests run only every Nth case,
 * because an emulated i386 is slow.
 */
/* readdir() fails under qemu-i386 if file offsets have 32 bits. */
#define _FILE_OFFSET_BITS 64
#include "harness.h"
#include "listing.h"
#include "emu/check/random_machine.h"
#include "emu/translator/stats.h"
#include "emu/format/reader.h"
#include "tests/lib/break_cases.h"
#include "tests/lib/whole.h"
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORD(function, line) ((function) << FUNCTION_BIT | (line))

#define PROGRAMS         100000
#define BUILTIN_PROGRAMS "boot/programs/"

static const uint32_t boundary[] = {
    0, 1, 2, 0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFFFE, 0xFFFFFFFF};

#define BOUNDARIES (sizeof boundary / sizeof *boundary)

/* Tests every function, operand, position and option with boundary words,
   followed by a second instruction in case it depends on the flags of the
   first. Translations are reused while the words change. */
static void test_functions(struct harness *harness)
{
    static const uint8_t places[] = {0, 1, 5, 29, 30, 31};

    for (unsigned i = 0; i < 8 * LINES * sizeof places * 2 * 4;
         i += harness->stride) {
        unsigned function = i % 8, line = i / 8 % LINES, options = i / 256 % 4;
        bool test = i / 1024 % 2;
        unsigned place = places[i / 2048];

        for (unsigned j = 0; j < BOUNDARIES * BOUNDARIES; j++) {
            struct machine *machine = &harness->reference;
            uint32_t follower = j % 2 ? CMP : STO;

            machine_clear(machine);
            machine->ci5 = options & 1;
            machine->immediate_test = options & 2;
            machine->store[line] = boundary[j % BOUNDARIES];
            machine->store[place] = function << FUNCTION_BIT | line;
            machine->store[(place + 1) % LINES] = follower << FUNCTION_BIT;
            machine->a = boundary[j / BOUNDARIES];
            machine->test = test;
            machine->ci = place - 1u - test;
            if (j == 0)
                harness_start(harness, HARNESS_AREA);
            harness->translator->hot_threshold = 0;
            harness->translator->translation_cost = 0;
            harness_copy(harness);
            engine_translator.state_changed(harness->translator);
            for (unsigned budget = 1; budget < 4; budget++)
                if (!harness_run(harness, budget, "functions"))
                    return;
        }
    }
}

/* Returns a word of a plausible program, with many Tests and few Stops. */
static uint32_t draw_word(uint64_t *seed, unsigned code)
{
    static const uint8_t functions[] = {JMP, JRP, LDN, LDN, STO, STO,
                                        SUB, SUB, CMP, CMP, 5,   STP};
    uint32_t word = functions[random_below(seed, sizeof functions)]
                    << FUNCTION_BIT;

    if (word_function(word) == STP && random_below(seed, 3))
        word = SUB << FUNCTION_BIT;
    switch (random_below(seed, 24)) {
    case 0:
        return next_random(seed);
    case 1:
        return word | random_below(seed, LINES) |
               (next_random(seed) & 0xFFFF1FE0u);
    case 2:
    case 3:
        return word | random_below(seed, LINES);
    default:
        return word | (code + random_below(seed, LINES - code));
    }
}

static uint32_t draw_number(uint64_t *seed)
{
    switch (random_below(seed, 12)) {
    case 0:
        return next_random(seed);
    case 1:
        return boundary[random_below(seed, BOUNDARIES)];
    case 2:
        return 1u << random_below(seed, DIGITS) | random_below(seed, LINES);
    case 3:
    case 4:
        return draw_word(seed, 20);
    case 5:
    case 6:
    case 7:
        return 0u - random_below(seed, 8);
    default:
        return random_below(seed, LINES);
    }
}

static void draw_program(uint64_t *seed, struct machine *machine)
{
    unsigned code = 4 + random_below(seed, 24);

    machine_clear(machine);
    machine->ci5 = random_below(seed, 4) == 0;
    machine->immediate_test = random_below(seed, 4) == 0;
    for (unsigned line = 0; line < LINES; line++)
        machine->store[line] =
            line < code ? draw_word(seed, code) : draw_number(seed);
    machine->a = draw_number(seed);
    machine->test = random_below(seed, 8) == 0;
}

/* Makes a loop that puts two words in turn into one of its lines. */
static void draw_rewriting(uint64_t *seed, struct machine *machine)
{
    const unsigned data = 20, sum = 29;
    unsigned end = 6 + random_below(seed, 8);
    unsigned line = 4 + random_below(seed, end - 4);
    uint32_t words[] = {draw_word(seed, data), draw_word(seed, data)};

    draw_program(seed, machine);
    machine->store[0] = 0;
    machine->store[1] = WORD(LDN, line);
    machine->store[2] = WORD(SUB, sum);
    machine->store[3] = WORD(STO, line);
    for (unsigned i = 4; i < end; i++)
        machine->store[i] = draw_word(seed, data);
    machine->store[line] = words[0];
    machine->store[end] = WORD(JMP, 0);
    machine->store[sum] = 0u - words[0] - words[1];
}

static struct breakpoints draw_stops(uint64_t *seed)
{
    struct prng prng;

    prng_seed(&prng, next_random(seed));
    return random_breakpoints(&prng);
}

/* Makes a random edit, as an operator could between two calls. */
static void random_edit(struct harness *harness, uint64_t *seed)
{
    struct machine *machine = &harness->reference;
    unsigned line = random_below(seed, LINES);

    switch (random_below(seed, 10)) {
    case 0:
    case 1:
        harness_write(harness, line, draw_word(seed, 16));
        break;
    case 2:
        draw_program(seed, machine);
        harness_copy(harness);
        engine_translator.state_changed(harness->translator);
        break;
    case 3:
        machine->a = draw_number(seed);
        machine->ci = draw_number(seed);
        machine->test = random_below(seed, 2);
        machine->pi = next_random(seed);
        machine->ci5 = random_below(seed, 2);
        machine->immediate_test = random_below(seed, 2);
        harness_copy(harness);
        engine_translator.state_changed(harness->translator);
        break;
    case 4:
        harness->breakpoints = draw_stops(seed);
        engine_translator.state_changed(harness->translator);
        break;
    }
    machine->neon = harness->machine->neon = false;
}

static uint32_t draw_budget(uint64_t *seed)
{
    switch (random_below(seed, 6)) {
    case 0:
        return random_below(seed, 3);
    case 1:
    case 2:
        return random_below(seed, 20);
    case 3:
        return random_below(seed, 2000);
    default:
        return random_below(seed, 200);
    }
}

static bool try_program(struct harness *harness, uint64_t seed)
{
    static const size_t areas[] = {HARNESS_AREA, HARNESS_AREA, 4096,
                                   1000,         400,          60};
    uint64_t start = seed;
    bool rewrites;
    char what[64];

    snprintf(what, sizeof what, "random program, seed %" PRIu64, start);
    next_random(&seed);
    rewrites = random_below(&seed, 4) == 0;
    (rewrites ? draw_rewriting : draw_program)(&seed, &harness->reference);
    harness_start(harness,
                  areas[random_below(&seed, sizeof areas / sizeof *areas)]);
    harness->breakpoints = rewrites && random_below(&seed, 2)
                               ? (struct breakpoints){0}
                               : draw_stops(&seed);
    harness->translator->hot_threshold = random_below(&seed, 4);
    if (random_below(&seed, 8))
        harness->translator->translation_cost = 0;
    for (unsigned call = 0; call < 16; call++) {
        if (!harness_run(harness, draw_budget(&seed), what))
            return false;
        /* A line gets versions only if the program is left alone. */
        if (!rewrites || random_below(&seed, 4) == 0)
            random_edit(harness, &seed);
    }
    return true;
}

static void test_random(struct harness *harness, uint32_t programs,
                        uint64_t seed)
{
    for (uint32_t i = 0; i < programs && harness->failures < 3; i++)
        try_program(harness, seed + i);
    harness->breakpoints = (struct breakpoints){0};
}

static bool load(struct machine *machine, const char *name)
{
    static char text[65536];
    static struct program program;
    static const struct reader_report silent = {0};
    char path[512];
    FILE *file;
    size_t size;

    snprintf(path, sizeof path, BUILTIN_PROGRAMS "%s", name);
    file = fopen(path, "rb");
    if (file == NULL)
        return false;
    size = fread(text, 1, sizeof text, file);
    fclose(file);
    if (!program_read(&program, text, size, &silent))
        return false;
    machine_clear(machine);
    program_load(&program, machine);
    return true;
}

/* Runs every built-in program with different budgets and options. */
static void test_builtin_programs(struct harness *harness)
{
    static const uint32_t budgets[] = {1, 7, 1000, 3000000};
    DIR *folder = opendir(BUILTIN_PROGRAMS);
    struct dirent *entry;
    unsigned programs = 0, step = harness->stride == 1 ? 1 : 5;

    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        if (strstr(entry->d_name, ".asm") == NULL)
            continue;
        for (unsigned i = 0; i < 16; i += step) {
            if (!load(&harness->reference, entry->d_name)) {
                printf("%s cannot be read\n", entry->d_name);
                harness->failures++;
                break;
            }
            harness->reference.ci5 = i & 4;
            harness->reference.immediate_test = i & 8;
            harness_start(harness, HARNESS_AREA);
            for (unsigned call = 0; call < 1000; call++)
                if (!harness_run(harness, budgets[i % 4], entry->d_name) ||
                    harness->reference.neon || i % 4 == 3)
                    break;
        }
        programs++;
    }
    if (folder != NULL)
        closedir(folder);
    if (programs == 0) {
        printf("no programs in " BUILTIN_PROGRAMS "\n");
        harness->failures++;
    }
}

/* Runs FILE and compares the lines that the translator recorded with those that
   prepulse() used since a restart after BEFORE instructions. */
static void test_lines_used_by(struct harness *harness, const char *file,
                               uint32_t hot, uint32_t before)
{
    struct lines_used used, expected = {0};
    struct machine machine;

    if (!load(&harness->reference, file))
        return; /* counted as a failure by test_builtin_programs() */
    harness_start(harness, HARNESS_AREA);
    translator_set_hot(&engine_translator, harness->translator, hot);
    harness_run(harness, before, file);
    engine_translator.restart(harness->translator);
    machine = harness->reference;
    for (unsigned call = 0; call < 20; call++)
        harness_run(harness, 1 + call * 100, file);
    while (machine.prepulses < harness->reference.prepulses) {
        struct bar bar = prepulse(&machine, &controls_normal);

        lines_used_add(&expected, bar.control_line, bar.instruction);
    }
    used = engine_translator.lines_used(harness->translator);
    expect(harness,
           used.executed == expected.executed &&
               used.accessed == expected.accessed,
           file);
}

static void test_lines_used(struct harness *harness)
{
    static const char *const files[] = {"july1948.asm", "ducks.asm",
                                        "primes.asm", "helix.asm"};

    for (unsigned i = 0; i < sizeof files / sizeof files[0]; i++) {
        test_lines_used_by(harness, files[i], 0, 5000);
        test_lines_used_by(harness, files[i], TRANSLATOR_HOT, 5000);
        /* Some lines are executed once only, at the start. */
        test_lines_used_by(harness, files[i], TRANSLATOR_HOT, 0);
    }
}

/* Different V-states stand for the same T-state: with blocks, and without any,
   as in a translator that takes over. */
static void test_v_states(struct harness *harness, struct harness *other)
{
    load(&harness->reference, "july1948.asm");
    harness_start(harness, HARNESS_AREA);
    harness_run(harness, 692, "the first V-state");
    other->reference = harness->reference;
    harness_start(other, HARNESS_AREA);
    expect(harness,
           inspect(harness->translator).blocks == 2 &&
               inspect(other->translator).blocks == 0,
           "the V-states differ");
    harness_run(harness, 100000, "the first V-state");
    harness_run(other, 100000, "the second V-state");
    expect(harness,
           memcmp(&harness->reference, &other->reference,
                  sizeof harness->reference) == 0,
           "the T-states are the same");
}

/* Two machines that run alternately must not affect each other. */
static void test_two_machines(struct harness *harness, struct harness *other)
{
    load(&harness->reference, "july1948.asm");
    load(&other->reference, "primes.asm");
    harness_start(harness, 2000);
    harness_start(other, HARNESS_AREA);
    for (unsigned i = 0; i < 2000; i++)
        if (!harness_run(harness, 1 + i % 97, "first of two machines") ||
            !harness_run(other, 1 + i % 89, "second of two machines"))
            break;
}

/* Loads a program that starts at line 0 and runs it. */
static void begin(struct harness *harness, const uint32_t *words, size_t count,
                  bool ci5)
{
    harness_load(harness, words, count * sizeof *words)->ci5 = ci5;
    harness_start(harness, HARNESS_AREA);
    harness_run(harness, 300000, "techniques");
}

/* A jump that alternates between two targets must be predicted. */
static void expect_predicted(struct harness *harness)
{
    const struct translator *translator = harness->translator;
    struct inspection all = inspect(translator);
    uint32_t entered = 0;

    for (unsigned line = 0; line < LINES; line++)
        entered += translator->blocks[line].entered;
    expect(harness, all.hits > 10000 && all.misses < 10 && entered < 50,
           "both targets of a jump are predicted");
    expect(harness, translator->count.invalidations < 3,
           "an operand that was written is not a constant");
}

/* A line must become the entry of a block only after enough jumps to it. */
static void test_hot_threshold(struct harness *harness)
{
    static const uint32_t loop[] = {
        0, WORD(LDN, 6), WORD(SUB, 6), WORD(STO, 7), WORD(JMP, 5), 0, 1, 0,
    };
    const struct translator *translator = harness->translator;
    const unsigned hot = 3, turn = 4;

    harness_load(harness, loop, sizeof loop);
    harness_start(harness, HARNESS_AREA);
    translator_set_hot(&engine_translator, harness->translator, hot);
    for (unsigned i = 1; i <= 10 * turn; i++) {
        harness_run(harness, 1, "hot");
        expect(harness, translator->count.translations == (i > hot * turn),
               "a block is translated after three arrivals");
    }
    expect(harness, translator->blocks[1].live, "the block begins the loop");
    expect(harness, translator->blocks[1].made == hot * turn,
           "the block records when it was translated");
    for (unsigned line = 2; line <= turn; line++)
        expect(harness, translator->arrivals[line] == 0,
               "a line executed in sequence is no arrival");
}

/* A jump whose operand is edited repeatedly must be invalidated only once. */
static void test_changing_operand(struct harness *harness)
{
    static const uint32_t loop[] = {0, WORD(JMP, 3), WORD(JMP, 4), 0, 0};
    const struct translator *translator = harness->translator;

    harness_load(harness, loop, sizeof loop);
    harness_start(harness, HARNESS_AREA);
    for (unsigned i = 0; i < 20; i++) {
        harness_write(harness, 3, i % 2);
        harness_run(harness, 1000, "an operand changed by hand");
    }
    expect(harness, translator->count.invalidations == 1,
           "an operand that changed is no longer a constant");
}

/* Tests the translator's optimizations by reading its counters. */
static void test_techniques(struct harness *harness)
{
    /* Calls a subroutine in lines 9 to 11 from lines 3 and 6 alternately. */
    static const uint32_t calls[] = {
        0,
        WORD(LDN, 14),
        WORD(STO, 13),
        WORD(JMP, 12),
        WORD(LDN, 15),
        WORD(STO, 13),
        WORD(JMP, 12),
        WORD(JMP, 0),
        0,
        WORD(LDN, 16),
        WORD(STO, 16),
        WORD(JMP, 13),
        8,
        0,
        0u - 3,
        0u - 6,
        1,
    };
    /* A program that makes a new word for line 5 in each pass. */
    static const uint32_t rewrites[] = {
        0,
        WORD(LDN, 11),
        WORD(SUB, 9),
        WORD(STO, 5),
        WORD(STO, 11),
        0,
        WORD(LDN, 11),
        WORD(STO, 11),
        WORD(JMP, 12),
        0u - (1u << 16),
        0,
        0u - WORD(LDN, 9),
        0,
    };
    const struct translator *translator = harness->translator;
    uint32_t july[LINES], strays[sizeof calls / sizeof *calls], entered = 0;

    load(&harness->reference, "july1948.asm");
    memcpy(july, harness->reference.store, sizeof july);
    begin(harness, july, LINES, false);
    for (unsigned line = 0; line < LINES; line++)
        entered +=
            translator->map[line].to ? translator->blocks[line].entered : 0;
    expect(harness, entered > 0 && entered < 10, "blocks are chained");
    expect(harness, translator->count.invalidations == 0,
           "nothing is invalidated");
    expect(harness, translator->count.translations < 8,
           "few blocks are translated");

    begin(harness, calls, sizeof calls / sizeof *calls, false);
    expect_predicted(harness);

    /* Tests jump targets beyond the store, which ci5 reduces modulo 32. */
    memcpy(strays, calls, sizeof calls);
    strays[14] -= LINES;
    strays[15] -= 5 * LINES;
    begin(harness, strays, sizeof strays / sizeof *strays, true);
    expect_predicted(harness);

    begin(harness, rewrites, sizeof rewrites / sizeof *rewrites, false);
    expect(harness,
           translator->count.rests > 0 && translator->count.translations < 100,
           "a program whose words are all new is interpreted");
}

/* Runs the breakpoint test cases until their code is translated. */
static void test_breakpoints(struct harness *harness)
{
    for (unsigned i = 0; i < BREAK_CASES; i++) {
        const struct break_case *wanted = &break_cases[i];

        harness->reference = wanted->machine;
        harness_start(harness, HARNESS_AREA);
        for (unsigned turn = 0; turn < 2 * TRANSLATOR_HOT; turn++) {
            *harness->machine = wanted->machine;
            engine_translator.state_changed(harness->translator);
            struct outcome outcome =
                engine_translator.run(harness->translator, harness->machine,
                                      &wanted->breakpoints, wanted->budget);

            expect(harness,
                   break_case_is_met(wanted, harness->machine, outcome),
                   wanted->what);
        }
    }
}

/* Checks that these lines are translated and rarely enter the manager. */
static void expect_fast(struct harness *harness, uint32_t lines,
                        const char *what)
{
    const struct translator *translator = harness->translator;
    uint32_t entered = 0, translated = 0;

    for (unsigned line = 0; line < LINES; line++) {
        entered += translator->blocks[line].entered;
        if (translator->blocks[line].live)
            translated |= translator->blocks[line].lines;
    }
    expect(harness, (translated & lines) == lines && entered < 10, what);
    expect(harness, translator->count.translations < 5, what);
    expect(harness, translator->count.invalidations == 0, what);
}

/* Breakpoints that are not hit or were removed must not slow down execution. */
static void test_breakpoint_cost(struct harness *harness)
{
    static const uint32_t counts[] = {
        0, WORD(LDN, 6), WORD(SUB, 6), WORD(STO, 7), WORD(JMP, 5), 0, 1, 0,
    };
    /* A program that rewrites its own line 2 to STO 21. */
    static const uint32_t mends[] = {
        0,
        WORD(LDN, 6),
        WORD(STO, 20),
        WORD(LDN, 7),
        WORD(STO, 2),
        WORD(JMP, 8),
        1,
        0u - WORD(STO, 21),
        0,
    };
    static const uint32_t crosses[] = {
        0, WORD(LDN, 6), WORD(SUB, 7), WORD(STO, 8), WORD(JMP, 5), 0, 1, -5u,
    };
    struct translator *translator = harness->translator;

    harness->breakpoints =
        (struct breakpoints){ON(8), ON(7), ON(6), BREAK_ON_LEAVING};
    begin(harness, counts, sizeof counts / sizeof *counts, false);
    expect_fast(harness, 0x1E, "a breakpoint that is not hit costs nothing");

    harness->breakpoints = (struct breakpoints){.writing = ON(20)};
    begin(harness, mends, sizeof mends / sizeof *mends, false);
    expect(harness, harness->reference.ci == 2, "it stops at line 2 once");
    harness_run(harness, 300000, "line 2 rewritten");
    expect_fast(harness, 0x3E, "a line without its breakpoint is translated");

    /* Undo the change that the program made to line 2. */
    harness_write(harness, 2, WORD(STO, 20));
    harness_run(harness, 300000, "line 2 by hand");
    expect(harness, translator->count.invalidations == 1,
           "a breakpoint invalidates the line's block");

    harness->breakpoints = (struct breakpoints){.writing = ON(7)};
    begin(harness, counts, sizeof counts / sizeof *counts, false);
    for (unsigned turn = 0; turn < 2 * TRANSLATOR_HOT; turn++)
        harness_run(harness, 1000, "a breakpoint hit in each round");
    expect(harness, !translator->blocks[3].live && translator->blocks[4].live,
           "the line after a breakpoint becomes hot");

    /* A stays negative, so the condition becomes true only once. */
    harness->breakpoints = (struct breakpoints){.when = BREAK_ON_A};
    begin(harness, counts, sizeof counts / sizeof *counts, false);
    harness_run(harness, 300000, "A watched");
    expect_fast(harness, 0x1E, "a breakpoint on A does not enter the manager");

    /* Line 1 makes A negative in each iteration of the loop. */
    harness->breakpoints = (struct breakpoints){.when = BREAK_ON_NEGATIVE};
    begin(harness, crosses, sizeof crosses / sizeof *crosses, false);
    for (unsigned turn = 0; turn < 50; turn++)
        harness_run(harness, 1000, "A turns negative in each turn");
    expect(harness, translator->blocks[1].entered > 20,
           "blocks are entered again after a breakpoint on A");
    harness->breakpoints = (struct breakpoints){0};
}

/* Tests the largest budget, for which the reference would take minutes. */
static void test_largest_budget(struct harness *harness)
{
    static const uint32_t loop[] = {[1] = WORD(SUB, 3), [3] = 1};
    const uint32_t budget = UINT32_MAX;

    harness_load(harness, loop, sizeof loop);
    harness_start(harness, HARNESS_AREA);
    struct outcome outcome = engine_translator.run(
        harness->translator, harness->machine, &harness->breakpoints, budget);

    if (outcome.instructions != budget || outcome.status != RUN_BUDGET ||
        harness->machine->instructions != budget ||
        harness->machine->a != 0 - (budget / 2 + 1) ||
        harness->machine->ci != 1) {
        printf("the largest budget: %" PRIu32 " executed, A %08" PRIx32
               ", CI %08" PRIx32 "\n",
               outcome.instructions, harness->machine->a, harness->machine->ci);
        harness->failures++;
    }
}

/* Checks minimum counts, so that no test can pass without testing anything. */
static void test_minimum_counts(struct harness *harness)
{
    harness_count(harness);
    const struct {
        const char *what;
        uint64_t count, minimum;
    } rows[] = {
        {"calls", harness->calls, 1000},
        {"instructions", harness->instructions, 100000},
        {"translations", harness->translations, 1000},
        {"blocks entered", harness->entered, 1000},
        {"chains", harness->chains, 1000},
        {"prepaid chains", harness->prepaid, 20},
        {"invalidations", harness->invalidations, 1000},
        {"hits of predictions", harness->hits, 1000},
        {"misses of predictions", harness->misses, 200},
        {"versions of rewritten lines", harness->versions, 400},
        {"flushes", harness->flushes, 1000},
        {"rests", harness->rests, 10},
    };

    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        printf("%10" PRIu64 " %s\n", rows[i].count, rows[i].what);
        if (rows[i].count < rows[i].minimum) {
            printf("too few\n");
            harness->failures++;
        }
    }
}

static int write_code(struct harness *harness, const char *path,
                      const char *list)
{
    FILE *code = fopen(path, "wb"), *read_back = fopen(list, "w");
    struct listing listing = {0};
    size_t size = 0;

    if (code == NULL || read_back == NULL)
        return 1;
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        try_program(harness, seed);
        listing_check(&listing, harness->translator);
        listing_write(&listing, harness->translator, size, read_back);
        size += fwrite(harness->area.at, 1, harness->translator->used, code);
    }
    printf("translator: %u blocks shown: %u lines, %u instructions, "
           "%u exits\n",
           listing.blocks, listing.lines, listing.instructions, listing.exits);
    if (listing.blocks < 1000 || listing.named != listing.exits) {
        printf("too few, or %u exits named\n", listing.named);
        listing.failures++;
    }
    return (fclose(code) | fclose(read_back)) != 0 ||
           harness->failures + listing.failures > 0;
}

int main(int argc, char **argv)
{
    static struct harness harness, other;

    if (!harness_alloc(&harness) || !harness_alloc(&other)) {
        printf("no memory for the test\n");
        return 1;
    }
    if (argc > 2 && strcmp(argv[1], "--stride") == 0) {
        harness.stride = (unsigned)strtoul(argv[2], NULL, 10);
        argc -= 2;
        argv += 2;
    }
    if (argc > 3 && strcmp(argv[1], "--code") == 0)
        return write_code(&harness, argv[2], argv[3]);
    if (argc > 1 && strcmp(argv[1], "--isolation") == 0) {
        test_isolation(&harness);
        return harness.failures != 0;
    }
    test_functions(&harness);
    test_builtin_programs(&harness);
    test_lines_used(&harness);
    test_v_states(&harness, &other);
    test_two_machines(&harness, &other);
    test_chaining(&harness);
    test_manager(&harness);
    test_hot_threshold(&harness);
    test_changing_operand(&harness);
    test_techniques(&harness);
    test_prediction(&harness);
    test_breakpoints(&harness);
    test_breakpoint_cost(&harness);
    test_largest_budget(&harness);
    test_selftest(&harness);
    test_random(&harness,
                argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : PROGRAMS,
                argc > 2 ? strtoull(argv[2], NULL, 10) : 1);
    test_minimum_counts(&harness);
    printf("translator: %s\n",
           harness.failures + other.failures ? "FAILED" : "passed");
    return harness.failures + other.failures != 0;
}
