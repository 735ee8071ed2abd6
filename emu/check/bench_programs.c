/* SPDX-License-Identifier: MIT */
#include "bench_programs.h"
#include <string.h>

#define WORD(function, line) ((function) << FUNCTION_BIT | (line))

const struct sample samples[] = {
    [SAMPLE_JULY] =
        {
            "july",
            "highest factor of 2^18 (July 1948)",
            {
                [1] = WORD(LDN, 24),
                [2] = WORD(STO, 26),
                [3] = WORD(LDN, 26),
                [4] = WORD(STO, 27),
                [5] = WORD(LDN, 23),
                [6] = WORD(SUB, 27),
                [7] = WORD(CMP, 0),
                [8] = WORD(JRP, 20),
                [9] = WORD(SUB, 26),
                [10] = WORD(STO, 25),
                [11] = WORD(LDN, 25),
                [12] = WORD(CMP, 0),
                [13] = WORD(STP, 0),
                [14] = WORD(LDN, 26),
                [15] = WORD(SUB, 21),
                [16] = WORD(STO, 27),
                [17] = WORD(LDN, 27),
                [18] = WORD(STO, 26),
                [19] = WORD(JMP, 22),
                [20] = 0u - 3,
                [21] = 1,
                [22] = 4,
                [23] = 0u - 262144,
                [24] = 262143,
            },
        },
    [SAMPLE_LOOP] =
        {
            "loop",
            "endless loop of SUB and JMP",
            {
                [1] = WORD(SUB, 3),
                [2] = WORD(JMP, 0),
                [3] = 1,
            },
        },
    [SAMPLE_MIX] =
        {
            "mix",
            "65536 loops of 13 instructions with every function",
            {
                [1] = WORD(LDN, 20),
                [2] = WORD(SUB + 1, 16),
                [3] = WORD(STO, 21), /* iterations left */
                [4] = WORD(LDN, 21),
                [5] = WORD(STO, 20), /* iterations left, negated */
                [6] = WORD(CMP, 0),
                [7] = WORD(STP, 0),
                [8] = WORD(LDN, 22),
                [9] = WORD(SUB, 18),
                [10] = WORD(STO, 22), /* negative in every other iteration */
                [11] = WORD(CMP, 0),
                [12] = WORD(JRP, 16), /* skips line 13 unless A is negative */
                [13] = WORD(SUB, 16),
                [14] = WORD(STO, 23),
                [15] = WORD(JMP, 17),
                [16] = 1,
                [18] = 3,
                [20] = 0u - 65536,
                [22] = 7,
            },
        },
    [SAMPLE_REWRITE] =
        {
            "rewrite",
            "line 4 alternates between LDN 7 and LDN 8",
            {
                [1] = WORD(LDN, 4),
                [2] = WORD(SUB, 6),
                [3] = WORD(STO, 4),
                [4] = WORD(LDN, 7),
                [5] = WORD(JMP, 0),
                [6] = 0u - WORD(LDN, 7) - WORD(LDN, 8),
                [7] = 1,
                [8] = 2,
            },
        },
};

struct machine sample_machine(unsigned sample)
{
    struct machine machine = {0};

    memcpy(machine.store, samples[sample].store, sizeof machine.store);
    return machine;
}
