/* SPDX-License-Identifier: MIT */
/*
 * An outsider for the benchmark: the loop on the slides of the lecture, in
 * plain C for speed, compiled by gcc -O2.
 *
 *      CI++;
 *      PI = Mem[CI];
 *      switch (opcode of PI) { ... }
 *
 * Unlike the engine switch it is not exact.  CI and the address index Mem[] as
 * they are, so a program that leaves the store takes the loop with it.  A Test
 * increments CI at once.  Options, breakpoints and the switches of 1948 do not
 * exist.  So it must run the programs of the benchmark only, for which a test
 * compares A, CI and the store with those of the reference.  The one addition
 * to the slides is a budget, as two of these programs do not end.
 */
#include "baseline.h"

#define ADDRESS 0x1FFF /* 13 digits, as on the slides */

static struct outcome run(void *state, struct machine *machine,
                          const struct breakpoints *breakpoints,
                          uint32_t budget)
{
    uint32_t *Mem = machine->store, left = budget;
    uint32_t A = machine->a, CI = machine->ci, PI = machine->pi;

    (void)state;
    (void)breakpoints;
    while (left > 0) {
        left--;
        CI++;
        PI = Mem[CI];
        switch (PI >> FUNCTION_BIT & 7) {
        case 0:
            CI = Mem[PI & ADDRESS];
            break;
        case 1:
            CI += Mem[PI & ADDRESS];
            break;
        case 2:
            A = 0 - Mem[PI & ADDRESS];
            break;
        case 3:
            Mem[PI & ADDRESS] = A;
            break;
        case 4:
        case 5:
            A -= Mem[PI & ADDRESS];
            break;
        case 6:
            if ((int32_t)A < 0)
                CI++;
            break;
        case 7:
            machine->neon = true;
            goto stop;
        }
    }
stop:
    machine->a = A;
    machine->ci = CI;
    machine->pi = PI;
    machine->instructions += budget - left;
    return (struct outcome){budget - left,
                            machine->neon ? RUN_STOP : RUN_BUDGET};
}

const struct engine engine_lecture = {
    .name = "lecture",
    .start = stateless_start,
    .run = run,
    .line_written = ignore_line_written,
    .state_changed = ignore_state_changed,
};
