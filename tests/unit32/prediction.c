/* SPDX-License-Identifier: MIT */
/* Tests the chains of comparisons at indirect jumps and at rewritten lines. */
#include "confined.h"
#include "harness.h"
#include "emu/translator/stats.h"

#define WORD(function, line) ((function) << FUNCTION_BIT | (line))

#define TARGETS_MAX 8
#define OPERAND     31     /* operand of the indirect jump */
#define JUMP        3      /* its line */
#define REWRITTEN   10     /* line that gets versions */
#define LONG_RUN    100000 /* instructions */

/* Returns the first line of routine I. */
static unsigned routine(unsigned i)
{
    return 6 + 2 * i;
}

/* Returns the operand of a jump to routine I.  If ci5 reduces it modulo 32,
   some are beyond the store, and that of routine 0 is negative. */
static uint32_t operand_for(const struct harness *harness, unsigned i)
{
    uint32_t operand = routine(i) - 1;

    if (!harness->reference.ci5)
        return operand;
    return i == 0 ? operand - LINES : operand + i % 2 * LINES;
}

/* Makes routine I lead to routine NEXT. */
static void lead(struct harness *harness, unsigned i, unsigned next)
{
    unsigned line = routine(TARGETS_MAX) + i;

    harness_write(harness, line, 0u - operand_for(harness, next));
}

/* Changes a digit of LINE that is not decoded. */
static void flip_undecoded(struct harness *harness, unsigned line)
{
    harness_write(harness, line, harness->reference.store[line] ^ 1u << 20);
}

/* Makes COUNT routines from FIRST follow each other in a circle. */
static void lead_round(struct harness *harness, unsigned first, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        lead(harness, first + i, first + (i + 1) % count);
}

/* Line JUMP leads to each of COUNT routines in turn, and line JUMP + 2 if the
   operand is negative.  As that path is longer, the first jump has a refund.  A
   routine loads what the next jump reads. */
static void start_jumps(struct harness *harness, unsigned count, size_t area,
                        bool ci5)
{
    static const uint32_t program[] = {
        [1] = WORD(STO, OPERAND),
        [2] = WORD(CMP, 0),
        [JUMP] = WORD(JMP, OPERAND),
        [JUMP + 1] = WORD(SUB, OPERAND - 1), /* 0 */
        [JUMP + 2] = WORD(JMP, OPERAND),
    };
    struct machine *machine = harness_load(harness, program, sizeof program);

    machine->ci5 = ci5;
    for (unsigned i = 0; i < TARGETS_MAX; i++) {
        machine->store[routine(i)] = WORD(LDN, routine(TARGETS_MAX) + i);
        machine->store[routine(i) + 1] = WORD(JMP, 0);
    }
    machine->a = routine(0) - 1;
    harness_start(harness, area);
    lead_round(harness, 0, count);
}

/* Returns the exit of this kind behind LINE, or NULL. */
static const struct block_exit *find_exit(const struct harness *harness,
                                          enum exit_kind kind, unsigned line)
{
    const struct translator *translator = harness->translator;

    for (unsigned i = 0; i < translator->exits_used; i++) {
        const struct block_exit *exit = &translator->exits[i];

        if (exit->kind == kind && exit->block < BLOCKS && exit->line == line)
            return exit;
    }
    return NULL;
}

/* The guesses of each exit must have different keys.  That of a version must be
   its word. */
static void expect_consistent(struct harness *harness)
{
    const struct translator *translator = harness->translator;

    for (unsigned i = 0; i < translator->exits_used; i++) {
        const struct block_exit *exit = &translator->exits[i];
        const struct guess *guesses =
            translator->predictions[exit->prediction].guesses;
        bool predicted =
            exit->kind == EXIT_INDIRECT || exit->kind == EXIT_VERSION;

        for (unsigned j = 0;
             predicted && j < GUESSES && guesses[j].target < BLOCKS; j++) {
            const struct block *block = &translator->blocks[guesses[j].target];

            expect(harness,
                   block->live && (exit->kind == EXIT_INDIRECT ||
                                   block->word == guesses[j].key),
                   "a guess leads to the version of its word");
            for (unsigned k = 0; k < j; k++)
                expect(harness, guesses[k].key != guesses[j].key,
                       "no key is compared twice");
        }
    }
}

/* Returns the number of comparisons of EXIT, and the first of them. */
static unsigned guesses_of(const struct harness *harness,
                           const struct block_exit *exit,
                           struct inspected_guess *first)
{
    struct inspected_guess guess;
    unsigned count = 0;

    *first = (struct inspected_guess){0};
    while (exit != NULL &&
           inspect_guess(harness->translator, exit, count, &guess)) {
        if (count++ == 0)
            *first = guess;
    }
    return count;
}

static unsigned entries(const struct harness *harness)
{
    unsigned count = 0;

    for (unsigned i = 0; i < BLOCKS; i++)
        count += harness->translator->blocks[i].entered;
    return count;
}

/* A jump with up to GUESSES targets misses each once, and with more it looks
   the others up without the manager. */
static void test_targets(struct harness *harness, unsigned count)
{
    const struct block_exit *exit;
    struct inspected_guess guess;
    uint32_t hits, misses, jumps;

    start_jumps(harness, count, HARNESS_AREA, false);
    harness_run(harness, LONG_RUN, "targets");
    exit = find_exit(harness, EXIT_INDIRECT, JUMP);
    if (exit == NULL) {
        expect(harness, false, "the jump is predicted");
        return;
    }
    hits = inspect_hits(harness->translator, exit);
    misses = inspect_misses(harness->translator, exit);
    jumps = LONG_RUN / 5;
    expect(harness,
           guesses_of(harness, exit, &guess) ==
               (count < GUESSES ? count : GUESSES),
           "each target has a comparison, up to the maximum");
    expect(harness, hits + misses <= jumps && hits + misses > jumps - 50,
           "each jump of translated code is counted");
    expect(harness,
           count <= GUESSES ? misses <= count * (TRANSLATOR_HOT + 1)
                            : misses / (count - GUESSES) > jumps / 10,
           "only the targets without a comparison are missed");
    expect(harness, entries(harness) < (count <= GUESSES ? 40 : 200),
           "a miss does not enter the manager");
    for (unsigned i = 0; inspect_guess(harness->translator, exit, i, &guess);
         i++)
        expect(harness, guess.hits > jumps / count - 100,
               "each target has its own count");
}

/* With ci5, operands above the store are looked up without the manager, too. */
static void test_lookup_of_large_operands(struct harness *harness)
{
    start_jumps(harness, TARGETS_MAX, HARNESS_AREA, true);
    harness_run(harness, LONG_RUN, "large operands");
    expect(harness, entries(harness) < 200,
           "a lookup reduces the target modulo 32");
}

/* The target that is taken most becomes the first. */
static void test_order(struct harness *harness)
{
    struct inspected_guess first;

    start_jumps(harness, 3, HARNESS_AREA, false);
    harness_run(harness, LONG_RUN, "three targets");
    for (unsigned most = 0; most < 3; most++) {
        lead(harness, most, most);
        harness_run(harness, LONG_RUN, "one target");
        expect(harness,
               guesses_of(harness, find_exit(harness, EXIT_INDIRECT, JUMP),
                          &first) == 3,
               "no target is forgotten");
        expect(harness, first.line == routine(most),
               "the most common target is compared first");
        expect(harness, first.key == routine(most) - 1,
               "its key is the operand that leads there");
        lead_round(harness, 0, 3);
        harness_run(harness, 20, "three targets again");
    }
    expect(harness, harness->translator->count.translations < 10,
           "an order is changed without a translation");
}

/* Rarely used targets make room for others that have become common. */
static void test_replacement(struct harness *harness)
{
    const struct block_exit *exit;
    struct inspected_guess guess;
    unsigned later = 0;

    start_jumps(harness, 4, HARNESS_AREA, false);
    harness_run(harness, LONG_RUN, "four targets");
    lead(harness, 0, 4);
    lead_round(harness, 4, 4);
    harness_run(harness, LONG_RUN, "four others");
    exit = find_exit(harness, EXIT_INDIRECT, JUMP);
    for (unsigned i = 0;
         exit != NULL && inspect_guess(harness->translator, exit, i, &guess);
         i++)
        later += guess.line >= routine(4);
    expect(harness, later == GUESSES, "the chain follows the program");
    uint32_t before = entries(harness);

    harness_run(harness, LONG_RUN, "the same four");
    expect(harness, entries(harness) < before + 5,
           "the new targets are predicted");
}

/* Comparisons with a dropped block must disappear, and be learned again. */
static void test_dropped_targets(struct harness *harness)
{
    struct inspected_guess guess;

    start_jumps(harness, 4, HARNESS_AREA, false);
    for (unsigned i = 0; i < 4; i++) {
        unsigned line = routine(i) + 1;

        harness_run(harness, 1000, "four targets");
        expect(harness,
               guesses_of(harness, find_exit(harness, EXIT_INDIRECT, JUMP),
                          &guess) == 4,
               "four targets are predicted");
        flip_undecoded(harness, line);
        harness_run(harness, 1, "a target rewritten");
        expect(harness,
               guesses_of(harness, find_exit(harness, EXIT_INDIRECT, JUMP),
                          &guess) == 3,
               "a dropped block is not predicted");
    }
    harness->breakpoints = (struct breakpoints){.obeying = 1u << 30};
    engine_translator.state_changed(harness->translator);
    harness_run(harness, 1000, "all blocks flushed");
    harness->breakpoints = (struct breakpoints){0};
}

/* The code of two guesses must be swapped, not only their data: the block that
   was first is dropped after another one has taken its place. */
static void test_dropped_after_order(struct harness *harness)
{
    start_jumps(harness, 3, HARNESS_AREA, false);
    harness_run(harness, 1000, "three targets");
    for (unsigned most = 0; most < 3; most++) {
        lead(harness, most, most);
        harness_run(harness, LONG_RUN, "one target");
        lead_round(harness, 0, 3);
        harness_run(harness, 20, "three targets again");
    }
    for (unsigned i = 0; i < 3; i++) {
        unsigned line = routine(i);

        harness_write(harness, line,
                      WORD(LDN, routine(TARGETS_MAX) + (i + 2) % 3));
        harness_run(harness, 1000, "a former first target rewritten");
    }
}

/* A dropped block must not be found in the map table either: each routine is
   changed to load what another one loads. */
static void test_dropped_lookups(struct harness *harness)
{
    start_jumps(harness, TARGETS_MAX, HARNESS_AREA, false);
    for (unsigned i = 0; i < TARGETS_MAX; i++) {
        harness_run(harness, 10000, "eight targets");
        harness_write(harness, routine(i),
                      WORD(LDN, routine(TARGETS_MAX) + (i + 2) % TARGETS_MAX));
    }
    harness_run(harness, 10000, "eight targets");
}

/* Puts COUNT words in turn into a line.  Each loads the next word.  If SHARED,
   all versions end in an indirect jump, so that one exit leads to all. */
static void start_words(struct harness *harness, unsigned count, size_t area,
                        bool shared)
{
    static const uint32_t program[] = {
        0,
        WORD(LDN, 31),
        WORD(STO, REWRITTEN),
        WORD(JMP, 9),
        0,
        0,
        0,
        0,
        0,
        REWRITTEN - 1,
        WORD(LDN, 20),
        WORD(STO, 31),
        WORD(LDN, 28),
        WORD(STO, 30),
        WORD(JMP, 30),
    };
    struct machine *machine = harness_load(harness, program, sizeof program);

    if (!shared)
        machine->store[14] = WORD(JMP, 28);
    for (unsigned i = 0; i < count; i++)
        machine->store[20 + i] = WORD(LDN, 20 + (i + 1) % count);
    machine->store[31] = 0u - WORD(LDN, 20);
    harness_start(harness, area);
}

static unsigned versions(const struct harness *harness)
{
    unsigned count = 0;

    for (unsigned i = LINES; i < BLOCKS; i++)
        count += harness->translator->blocks[i].live;
    return count;
}

/* Each version has a prediction of its own, of the version that follows it. */
static void expect_successors(struct harness *harness, unsigned count)
{
    const struct translator *translator = harness->translator;
    struct inspected_guess guess;
    unsigned found = 0;

    for (unsigned i = LINES; i < BLOCKS; i++) {
        const struct block_exit *exit = inspect_exit(translator, i, NULL);

        if (exit == NULL)
            continue;
        found++;
        expect(harness,
               exit->kind == EXIT_VERSION &&
                   guesses_of(harness, exit, &guess) == 1,
               "a version predicts one successor");
    }
    expect(harness, found == count, "each version has one exit");
}

/* A line that alternates between COUNT words has a block for each. */
static void test_words(struct harness *harness, unsigned count, bool shared)
{
    const struct translator *translator = harness->translator;
    struct inspected_guess guess;

    uint64_t instructions = 0;

    start_words(harness, count, HARNESS_AREA, shared);
    harness_run(harness, LONG_RUN, "words");
    expect(harness, confined(translator, &instructions),
           "the code of versions is confined");
    expect(harness, versions(harness) == count, "each word has a version");
    expect(harness, translator->count.invalidations < 4,
           "a Store into a line with versions drops nothing");
    expect(harness, translator->count.rests == 0,
           "a program that rewrites itself is translated");
    expect(harness, entries(harness) < 300,
           "the next version is entered without the manager");
    if (!shared) {
        expect_successors(harness, count);
        return;
    }
    expect(harness,
           guesses_of(harness, find_exit(harness, EXIT_VERSION, 3), &guess) ==
               (count < GUESSES ? count : GUESSES),
           "each word has a comparison, up to the maximum");
    expect(harness, word_function(guess.key) == LDN && guess.line == REWRITTEN,
           "the key is a word");
}

/* The word of a line with versions is edited between a miss and the entry of
   the version, which must then not be learned for the old word. */
static void test_edited_word(struct harness *harness)
{
    for (unsigned i = 0; i < 40; i++) {
        start_words(harness, 4, HARNESS_AREA, true);
        translator_set_hot(&engine_translator, harness->translator, 0);
        for (unsigned call = 0; call < 40; call++) {
            harness_run(harness, 1 + (7 * i + 5 * call) % 23, "an edited word");
            harness_write(harness, REWRITTEN, WORD(LDN, 20 + call % 4));
        }
    }
}

/* A block that leads to the line before it has versions is dropped, and so is
   one that checks Stores into it.  If SEPARATE, the two are different blocks.
 */
static void test_older_blocks(struct harness *harness, bool separate)
{
    start_words(harness, 2, HARNESS_AREA, true);
    if (separate) {
        harness->reference.store[3] = WORD(JMP, 29);
        harness->reference.store[29] = 6;
        harness->reference.store[7] = WORD(LDN, 29);
        harness->reference.store[8] = WORD(JMP, 9);
        harness_copy(harness);
    }
    translator_set_hot(&engine_translator, harness->translator, 0);
    harness_run(harness, LONG_RUN, "older blocks");
    expect(harness, versions(harness) == 2, "two versions");
    expect(harness,
           entries(harness) < 200 && harness->translator->count.rests == 0,
           "no block leaves to the manager");
}

/* The word of the line must be compared, although A holds that of another
   version.  A breakpoint on A changes the code that loads it. */
static void test_word_not_in_a(struct harness *harness, bool watched)
{
    start_words(harness, 2, HARNESS_AREA, true);
    harness->reference.store[3] = WORD(LDN, 19);
    harness->reference.store[4] = WORD(JMP, 9);
    harness->reference.store[19] = 0u - WORD(LDN, 20);
    harness_copy(harness);
    if (watched)
        harness->breakpoints = (struct breakpoints){.when = BREAK_ON_ZERO};
    for (unsigned i = 0; i < 100; i++)
        harness_run(harness, LONG_RUN / 100, "another word in A");
    harness->breakpoints = (struct breakpoints){0};
    expect(harness, versions(harness) == 2, "two versions");
}

/* Two lines have the same words in turn.  Seven words are more than a chain
   compares, so that some are looked up in the version map. */
static void test_two_lines(struct harness *harness, unsigned count)
{
    static const uint32_t program[] = {
        0,
        WORD(LDN, 31),
        WORD(STO, 6),
        WORD(STO, 12),
        WORD(JMP, 27),
        0,
        WORD(LDN, 20),
        WORD(STO, 31),
        WORD(LDN, 18),
        WORD(STO, 29),
        WORD(JMP, 29),
        WORD(SUB, 17),
        WORD(LDN, 20),
        WORD(LDN, 28),
        WORD(STO, 30),
        WORD(JMP, 30),
        0,
        1,
        0u - 10,
    };
    struct machine *machine = harness_load(harness, program, sizeof program);

    for (unsigned i = 0; i < count; i++)
        machine->store[20 + i] = WORD(LDN, 20 + (i + 1) % count);
    machine->store[27] = 5;
    machine->store[31] = 0u - WORD(LDN, 20);
    harness_start(harness, HARNESS_AREA);
    harness_run(harness, LONG_RUN, "two lines with the same words");
    expect(harness, versions(harness) == 2 * count,
           "each word has a version in each line");
    expect(harness, entries(harness) < 1000,
           "versions are looked up without the manager");
}

/* A Store that changes a word of a block while EAX holds -A. */
static void test_negated_word(struct harness *harness)
{
    start_words(harness, 2, HARNESS_AREA, true);
    harness->reference.store[3] = WORD(LDN, REWRITTEN);
    harness->reference.store[4] = WORD(JMP, 9);
    harness_copy(harness);
    translator_set_hot(&engine_translator, harness->translator, 0);
    harness_run(harness, LONG_RUN, "a word loaded after its Store");
}

/* Line 7 becomes LDN 25 with STEP added in each pass. */
static void start_counting(struct harness *harness, uint32_t step)
{
    static const uint32_t program[] = {
        0,
        WORD(LDN, 20),
        WORD(SUB, 21),
        WORD(STO, 7),
        WORD(LDN, 7),
        WORD(STO, 20),
        WORD(JMP, 29),
        WORD(LDN, 25),
        WORD(LDN, 28),
        WORD(STO, 30),
        WORD(JMP, 30),
    };
    struct machine *machine = harness_load(harness, program, sizeof program);

    machine->store[20] = 0u - WORD(LDN, 25);
    machine->store[21] = 0u - step;
    machine->store[29] = 6;
    harness_start(harness, HARNESS_AREA);
}

/* Eight words with the same index in the version map. */
static void test_same_index(struct harness *harness)
{
    start_counting(harness, 1u << 29);
    harness_run(harness, 10000, "words with the same index");
    expect(harness, versions(harness) == 8, "eight versions");
}

/* There are more words than versions.  Then line 8, part of all versions, is
   changed, and none of their code may be left. */
static void test_many_words(struct harness *harness)
{
    start_counting(harness, 1u << 26);
    harness->translator->translation_cost = 0;
    translator_set_hot(&engine_translator, harness->translator, 0);
    for (unsigned i = 0; i < 500; i++) {
        harness_run(harness, 20, "more words than versions");
        expect_consistent(harness);
    }
    expect(harness, harness->translator->count.flushes > 1,
           "there are too many versions");
    harness->reference.store[19] = 0u - 10;
    harness_write(harness, 8, WORD(LDN, 19));
    harness_write(harness, 11, WORD(JMP, 28));
    harness_run(harness, 10000, "a line of all versions changed");
}

/* Sets A and CI and runs the next instructions. */
static void run_at(struct harness *harness, unsigned line, uint32_t a,
                   uint32_t budget)
{
    harness->reference.ci = line - 1;
    harness->reference.a = a;
    harness_copy(harness);
    engine_translator.state_changed(harness->translator);
    harness_run(harness, budget, "many jumps");
}

/* Each of many blocks has many indirect jumps, each behind a Test. */
static void test_many_jumps(struct harness *harness)
{
    static const uint32_t program[] = {
        [1] = WORD(STO, OPERAND),
        [30] = WORD(JMP, OPERAND),
    };
    const struct translator *translator = harness->translator;
    struct machine *machine = harness_load(harness, program, sizeof program);

    for (unsigned line = 2; line < 30; line += 2) {
        machine->store[line] = WORD(CMP, 0);
        machine->store[line + 1] = WORD(JMP, OPERAND);
    }
    harness_start(harness, HARNESS_AREA);
    translator_set_hot(&engine_translator, harness->translator, 0);
    run_at(harness, 1, 0, 40);
    harness->translator->executed_lines = UINT32_MAX;
    for (unsigned line = 2; line < 30; line += 2) {
        run_at(harness, line, 0, 40);
        expect(harness, translator->predictions_used <= PREDICTIONS,
               "no prediction is added beyond the last");
    }
    expect(harness, translator->count.flushes > 0,
           "all blocks are flushed instead");
}

/* Versions whose words never return do not pay: the translator rests. */
static void test_new_words(struct harness *harness)
{
    const struct translator *translator = harness->translator;

    start_counting(harness, 1u << 16);
    for (unsigned i = 0; i < 100 && translator->count.rests == 0; i++)
        harness_run(harness, 1000, "ever new words");
    expect(harness, translator->count.rests == 1, "the translator rests");
    expect(harness, translator->count.translations < 30,
           "interpreting new words costs credit, too");
}

/* Rewrites line 7 after a loop of COUNT passes through it. */
static void start_loop(struct harness *harness, uint32_t count)
{
    static const uint32_t program[] = {
        0,
        WORD(LDN, 7),
        WORD(SUB, 21),
        WORD(STO, 7),
        WORD(LDN, 22),
        WORD(JMP, 24),
        0,
        WORD(SUB, 23),
        WORD(CMP, 0),
        WORD(JMP, 24),
        WORD(JMP, 25),
    };
    struct machine *machine = harness_load(harness, program, sizeof program);

    machine->store[21] = 0u - WORD(SUB, 23) - WORD(SUB, 26);
    machine->store[22] = 0u - count;
    machine->store[23] = machine->store[26] = 1;
    machine->store[24] = 6;
    harness_start(harness, HARNESS_AREA);
}

/* A version that does not rewrite its line is repeated without a comparison. */
static void test_repeated_version(struct harness *harness)
{
    const struct translator *translator = harness->translator;
    unsigned repeats = 0;

    start_loop(harness, 20);
    harness_run(harness, LONG_RUN, "a version in a loop");
    for (unsigned i = 0; i < translator->exits_used; i++)
        repeats += translator->exits[i].repeats && translator->exits[i].linked;
    expect(harness, repeats == 2, "two versions are chained to themselves");
    expect(harness, inspect(translator).hits < LONG_RUN / 20,
           "only a change is predicted");
}

/* A line that is rarely rewritten gets no versions. */
static void test_rare_change(struct harness *harness)
{
    start_loop(harness, 10000);
    harness_run(harness, LONG_RUN, "a rare change");
    expect(harness, harness->translator->versioned == 0,
           "translating the line again costs less than versions");
}

/* Versions are forgotten if the line has not changed for long. */
static void test_old_versions(struct harness *harness)
{
    start_words(harness, 2, HARNESS_AREA, true);
    harness_run(harness, LONG_RUN, "two words");
    expect(harness, versions(harness) == 2, "two versions");
    harness->translator->rewrites[REWRITTEN].last -= UINT32_MAX;
    harness->translator->rewrites[REWRITTEN].word =
        ~harness->machine->store[REWRITTEN];
    harness_run(harness, 1, "the line has changed");
    expect(harness, versions(harness) == 2, "versions in use are kept");
    harness->translator->rewrites[REWRITTEN].last -= UINT32_MAX;
    harness->translator->rewrites[REWRITTEN].word =
        harness->machine->store[REWRITTEN];
    harness_run(harness, 1, "the line has not changed");
    expect(harness, versions(harness) == 0, "old versions are forgotten");
    harness_run(harness, LONG_RUN, "two new words");
    expect(harness, versions(harness) == 2, "and made again");
}

/* While CI is above 31, a rest is cheaper than calls of the fallback. */
static void test_straying(struct harness *harness)
{
    static const uint32_t program[] = {[1] = WORD(JMP, 5), [5] = LINES};

    harness_load(harness, program, sizeof program);
    harness_start(harness, HARNESS_AREA);
    harness_run(harness, 4 * LONG_RUN, "CI above 31");
    expect(harness, harness->translator->count.rests > 0,
           "the translator rests");
}

/* An edit of another line of all versions drops them. */
static void test_dropped_versions(struct harness *harness)
{
    start_words(harness, 3, HARNESS_AREA, true);
    for (unsigned i = 0; i < 3; i++) {
        unsigned line = REWRITTEN + 1 + i;

        harness_run(harness, 1000, "three words");
        expect(harness, versions(harness) == 3, "three versions");
        flip_undecoded(harness, line);
        harness_run(harness, 1, "a line of all versions rewritten");
        expect(harness, versions(harness) == 0, "all are dropped");
    }
}

/* The operand of a jump that a version has followed changes. */
static void test_followed_operand(struct harness *harness)
{
    start_words(harness, 2, HARNESS_AREA, false);
    harness->reference.store[8] = WORD(JMP, 27);
    harness_copy(harness);
    for (unsigned i = 0; i < 20; i++) {
        harness_run(harness, 1000, "a jump followed");
        harness_write(harness, 28, i % 2 ? 0 : 7);
    }
    expect(harness, harness->translator->count.invalidations < 8,
           "a jump is followed only until its operand changes");
}

/* Budgets of any size end exactly, also between two comparisons. */
static void test_budgets(struct harness *harness)
{
    for (unsigned i = 0; i < 4; i++) {
        if (i < 2)
            start_jumps(harness, i == 0 ? 5 : TARGETS_MAX, HARNESS_AREA, i);
        else
            start_words(harness, 5, HARNESS_AREA, i == 3);
        /* A block goes on behind a jump only if that has been executed. */
        translator_set_hot(&engine_translator, harness->translator, 20);
        harness_run(harness, 3000, "budgets, to become hot");
        for (uint32_t budget = 1; budget < 300; budget++)
            if (!harness_run(harness, 1 + budget % 37, "budgets"))
                return;
    }
}

/* A call may end between a jump and the block of a known target, while the
   manager waits for another target to become hot. */
static void test_known_target(struct harness *harness)
{
    start_jumps(harness, 3, HARNESS_AREA, false);
    harness_run(harness, 500, "three targets");
    translator_set_hot(&engine_translator, harness->translator, 1000);
    lead(harness, 2, 5);
    lead(harness, 5, 0);
    for (unsigned call = 0; call < 500; call++) {
        harness_run(harness, 1 + 5 * call % 13, "a target that is not hot");
        expect_consistent(harness);
    }
}

/* A code area may be full at any instruction of a chain. */
static void test_small_areas(struct harness *harness)
{
    uint64_t before = harness->flushes;

    for (size_t area = 300; area < 2400; area += 12) {
        if (area / 12 % 2)
            start_jumps(harness, 5, area, false);
        else
            start_words(harness, 4, area, area / 24 % 2);
        harness->translator->translation_cost = 0;
        if (!harness_run(harness, 600, "a small code area"))
            return;
    }
    expect(harness, harness->flushes > before + 50, "small areas are full");
}

void test_prediction(struct harness *harness)
{
    static const uint8_t counts[] = {1, 2, 4, 5, 8};

    for (unsigned i = 0; i < sizeof counts; i++) {
        test_targets(harness, counts[i]);
        if (counts[i] > 1) {
            test_words(harness, counts[i], false);
            test_words(harness, counts[i], true);
        }
    }
    test_lookup_of_large_operands(harness);
    test_order(harness);
    test_replacement(harness);
    test_dropped_targets(harness);
    test_dropped_after_order(harness);
    test_dropped_lookups(harness);
    test_edited_word(harness);
    test_older_blocks(harness, false);
    test_older_blocks(harness, true);
    test_word_not_in_a(harness, false);
    test_word_not_in_a(harness, true);
    test_two_lines(harness, 2);
    test_two_lines(harness, 7);
    test_negated_word(harness);
    test_same_index(harness);
    test_many_words(harness);
    test_many_jumps(harness);
    test_new_words(harness);
    test_repeated_version(harness);
    test_rare_change(harness);
    test_old_versions(harness);
    test_straying(harness);
    test_dropped_versions(harness);
    test_followed_operand(harness);
    test_budgets(harness);
    test_known_target(harness);
    test_small_areas(harness);
}
