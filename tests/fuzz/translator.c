/* SPDX-License-Identifier: MIT */
/* Fuzzes the translator in lockstep with the reference engine on arbitrary
   machines.  This must be an i386 program because it executes the generated
   code. The input also selects the size of the code area and the translation
   threshold. */
#include "tests/unit32/harness.c"

#include "fuzz.h"
#include "script.h"

#define AREA_MIN 1024 /* minimum size of a code area in bytes */

static void play(struct harness *harness, struct input *input)
{
    for (unsigned i = 0; i < MOVES_MAX && input->left > 0; i++) {
        struct move move = read_move(input);

        if (move.kind == MOVE_CALL) {
            if (!harness_run(harness, move.budget, "fuzz")) {
                fflush(stdout);
                abort();
            }
            continue;
        }
        move_do(&move, &harness->reference, &harness->breakpoints);
        harness_copy(harness);
        move_notify(&move, &engine_translator, harness->translator,
                    harness->machine);
    }
}

static void set(struct translator *translator, uint8_t request)
{
    if (request & 1)
        translator_set_eager(&engine_translator, translator);
    else
        translator->hot_threshold = request >> 1 & 7;
    if (request & 16)
        translator->translation_cost = 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct harness harness;
    static bool made;
    struct input input = {data, size};
    uint8_t request = input_byte(&input);

    if (!made)
        MUST(made = harness_alloc(&harness));
    harness.reference = read_machine(&input);
    harness.breakpoints = read_breakpoints(&input);
    harness_start(&harness, request & 32 ? HARNESS_AREA
                                         : AREA_MIN + 16u * input_byte(&input));
    MUST(harness.failures == 0);
    set(harness.translator, request);
    play(&harness, &input);
    return 0;
}
