/* SPDX-License-Identifier: MIT */
/*
 * Any machine under the translator, beside the reference, as engines.c has
 * the others: an i386 program, for the code that is made is for one.  The input
 * says how much room there is for code, and how soon it is made.
 */
#include "tests/unit32/harness.c"

#include "fuzz.h"
#include "script.h"

#define AREA_MIN 1024 /* it starts in less; a block may have no room */

static void play(struct harness *harness, struct input *input)
{
    for (unsigned i = 0; i < MOVES_MAX && input->left > 0; i++) {
        struct move move = take_move(input);

        if (move.kind == MOVE_CALL) {
            if (!harness_run(harness, move.budget, "fuzz")) {
                fflush(stdout);
                abort();
            }
            continue;
        }
        move_do(&move, &harness->reference, &harness->breakpoints);
        harness_copy(harness);
        move_tell(&move, &engine_translator, harness->translator,
                  harness->machine);
    }
}

static void set(struct translator *translator, uint8_t request)
{
    if (request & 1)
        translator_hurry(&engine_translator, translator);
    else
        translator->hot = request >> 1 & 7;
    if (request & 16)
        translator->price = 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct harness harness;
    static bool made;
    struct input input = {data, size};
    uint8_t request = input_byte(&input);

    if (!made)
        MUST(made = harness_make(&harness));
    harness.reference = take_machine(&input);
    harness.breakpoints = take_stops(&input);
    harness_begin(&harness, request & 32 ? HARNESS_AREA
                                         : AREA_MIN + 16u * input_byte(&input));
    MUST(harness.failures == 0);
    set(harness.translator, request);
    play(&harness, &input);
    return 0;
}
