/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE
#include "harness.h"
#include "emu/translator/stats.h"
#include "tests/lib/guarded.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096u

static bool area_open;

static void protect(const struct code_area *area, int protection)
{
    uintptr_t first = (uintptr_t)area->at & ~(uintptr_t)(PAGE - 1);
    uintptr_t end = (uintptr_t)area->at + area->size;

    if (mprotect((void *)first, end - first, protection) != 0) {
        perror("mprotect");
        exit(2);
    }
}

static void open_area(struct code_area *area)
{
    if (area_open)
        printf("the code area is opened twice\n");
    area_open = true;
    protect(area, PROT_READ | PROT_WRITE);
}

static void seal_area(struct code_area *area)
{
    area_open = false;
    protect(area, PROT_READ | PROT_EXEC);
}

/* Allocates SIZE bytes that are followed by an inaccessible page. */
static uint8_t *guarded(size_t size)
{
    struct guarded room;

    return guarded_alloc(&room, size) ? room.at : NULL;
}

bool harness_alloc(struct harness *harness)
{
    *harness = (struct harness){
        .stride = 1,
        .area = {.open = open_area, .seal = seal_area},
    };
    harness->machine = (void *)guarded(sizeof *harness->machine);
    harness->translator = (void *)guarded(sizeof *harness->translator);
    harness->area.at = guarded(HARNESS_AREA);
    harness->area.size = HARNESS_AREA;
    return harness->machine && harness->translator && harness->area.at &&
           engine_translator.start(harness->translator, &harness->area);
}

void harness_count(struct harness *harness)
{
    const struct translator *translator = harness->translator;

    harness->translations += translator->count.translations;
    harness->invalidations += translator->count.invalidations;
    harness->flushes += translator->count.flushes;
    harness->rests += translator->count.rests;
    for (unsigned i = 0; i < translator->exits_used; i++) {
        harness->hits += inspect_hits(translator, &translator->exits[i]);
        harness->misses += inspect_misses(translator, &translator->exits[i]);
        const struct block_exit *exit = &translator->exits[i];
        bool chained = exit->kind == EXIT_CHAIN && exit->linked;

        harness->chains += chained;
        harness->prepaid += chained && exit->branch_end != 0 && exit->cost == 0;
    }
    for (unsigned i = 0; i < BLOCKS; i++) {
        harness->entered += translator->blocks[i].entered;
        harness->versions += i >= LINES && translator->blocks[i].live;
    }
}

struct machine *harness_load(struct harness *harness, const uint32_t *words,
                             size_t size)
{
    struct machine *machine = &harness->reference;

    machine_clear(machine);
    machine->ci5 = machine->immediate_test = false;
    memcpy(machine->store, words, size);
    return machine;
}

void harness_start(struct harness *harness, size_t area)
{
    harness_count(harness);
    harness->area.at = harness->area.at + harness->area.size - area;
    harness->area.size = area;
    *harness->machine = harness->reference;
    if (!engine_translator.start(harness->translator, &harness->area)) {
        printf("the translator does not start in %zu bytes\n", area);
        harness->failures++;
    }
    harness->translator->min_budget = 0;
}

static void print_machine(const char *name, const struct machine *machine,
                          struct outcome outcome)
{
    printf("%-10s A %08" PRIx32 " CI %08" PRIx32 " PI %08" PRIx32
           " test %d neon %d, %" PRIu64 " prepulses, %" PRIu64
           " instructions, %" PRIu32 " now, ending %d\n",
           name, machine->a, machine->ci, machine->pi, machine->test,
           machine->neon, machine->prepulses, machine->instructions,
           outcome.instructions, outcome.status);
}

/* Padding bytes are equal too, as both machines were copied as a whole. */
static bool is_same(const struct machine *left, const struct machine *right)
{
    return memcmp(left->store, right->store, sizeof left->store) == 0 &&
           left->a == right->a && left->ci == right->ci &&
           left->pi == right->pi && left->test == right->test &&
           left->neon == right->neon && left->ci5 == right->ci5 &&
           left->immediate_test == right->immediate_test &&
           left->prepulses == right->prepulses &&
           left->instructions == right->instructions;
}

bool harness_run(struct harness *harness, uint32_t budget, const char *what)
{
    struct outcome want = engine_reference.run(NULL, &harness->reference,
                                               &harness->breakpoints, budget);
    struct outcome got = engine_translator.run(
        harness->translator, harness->machine, &harness->breakpoints, budget);

    for (unsigned i = 0; i < MANAGER_ARROWS; i++)
        expect(harness, (int64_t)harness->translator->manager.arrows[i] >= 0,
               "an arrow of the manager has a negative count");
    harness->calls++;
    harness->instructions += got.instructions;
    if (area_open) {
        printf("%s: the code area is left open\n", what);
        harness->failures++;
    }
    if (want.instructions == got.instructions && want.status == got.status &&
        is_same(&harness->reference, harness->machine))
        return true;
    printf("%s, budget %" PRIu32 ":\n", what, budget);
    print_machine("translator", harness->machine, got);
    print_machine("reference", &harness->reference, want);
    for (unsigned line = 0; line < LINES; line++)
        if (harness->machine->store[line] != harness->reference.store[line])
            printf("%02u: %08" PRIx32 " is not %08" PRIx32 "\n", line,
                   harness->machine->store[line],
                   harness->reference.store[line]);
    harness->failures++;
    return false;
}

void harness_run_box(struct harness *harness, const char *what)
{
    struct outcome outcome;

    harness->translator->manager.counts_chains = true;
    harness->translator->manager.one_box = true;
    outcome = engine_translator.run(harness->translator, harness->machine,
                                    &harness->breakpoints, LINES);
    engine_reference.run(NULL, &harness->reference, &harness->breakpoints,
                         outcome.instructions);
    expect(harness, is_same(&harness->reference, harness->machine), what);
}

void expect(struct harness *harness, bool holds, const char *what)
{
    if (holds)
        return;
    printf("failed: %s\n", what);
    harness->failures++;
}

void harness_copy(struct harness *harness)
{
    *harness->machine = harness->reference;
}

void harness_write(struct harness *harness, unsigned line, uint32_t word)
{
    harness->reference.store[line] = word;
    harness_copy(harness);
    engine_translator.line_written(harness->translator, harness->machine, line);
}

/* The xorshift64* generator. */
uint32_t next_random(uint64_t *seed)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (uint32_t)(*seed * 0x2545F4914F6CDD1Du >> 32);
}

uint32_t random_below(uint64_t *seed, uint32_t limit)
{
    return (uint32_t)((uint64_t)next_random(seed) * limit >> 32);
}
