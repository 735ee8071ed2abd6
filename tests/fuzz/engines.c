/* SPDX-License-Identifier: MIT */
/* Fuzzes each engine in lockstep with the reference engine on arbitrary
   machines.  The whole machine must be equal after each call.  The reference
   engine itself is compared with prepulse(). */
#include "fuzz.h"
#include "emu/engines.h"
#include "emu/engine/lockstep.h"
#include "emu/machine/instruction_set.h"
#include "script.h"

static void fail(const struct lockstep *lockstep)
{
    static char buffer[5000];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    lockstep_report(lockstep, &text);
    fprintf(stderr, "%s\n", buffer);
    abort();
}

static void play(struct lockstep *lockstep, struct input input)
{
    for (unsigned i = 0; i < MOVES_MAX && input.left > 0; i++) {
        struct move move = read_move(&input);

        if (move.kind == MOVE_CALL) {
            if (!lockstep_call(lockstep, move.budget))
                fail(lockstep);
            MUST(lockstep->outcome.instructions <= move.budget);
            continue;
        }
        move_do(&move, &lockstep->machine, &lockstep->breakpoints);
        move_do(&move, &lockstep->expected, &lockstep->breakpoints);
        move_notify(&move, lockstep->engine, lockstep->state,
                    &lockstep->machine);
    }
}

/* Checks that each instruction has the same effect as prepulse(). */
static void check_reference(struct machine machine, uint32_t steps)
{
    const struct breakpoints none = {0};

    for (; steps > 0 && !machine.neon; steps--) {
        struct machine other = machine;
        struct outcome outcome = engine_reference.run(NULL, &machine, &none, 1);
        struct bar bar = prepulse(&other, &controls_normal);

        MUST(lockstep_same(&machine, &other));
        MUST(bar.hung == (outcome.status == RUN_HUNG));
        MUST(machine.neon == (outcome.status == RUN_STOP));
        MUST(outcome.instructions == !bar.hung);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static union engine_state state;
    struct input input = {data, size};
    struct machine machine = read_machine(&input);
    struct breakpoints breakpoints = read_breakpoints(&input);

    check_reference(machine, 40);
    for (unsigned i = 1; engines[i] != NULL; i++) {
        struct lockstep lockstep;

        memset(&state, 0xA5, sizeof state);
        MUST(lockstep_start(&lockstep, engines[i], &state, NULL, &machine,
                            &breakpoints));
        play(&lockstep, input);
    }
    return 0;
}
