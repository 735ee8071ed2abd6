/* SPDX-License-Identifier: MIT */
#include "known_results.h"

#define DO(function, line) ((uint32_t)(function) << FUNCTION_BIT | (line))
#define HANGING            0x4000u /* CI value that hangs the machine */
#define ADDING             0x2000u /* CI value that makes a fetch add to PI */

const struct known_program known_programs[KNOWN_PROGRAMS] = {
    {
        .name = "july1948",
        .store = {0,           DO(LDN, 24), DO(STO, 26), DO(LDN, 26),
                  DO(STO, 27), DO(LDN, 23), DO(SUB, 27), DO(CMP, 0),
                  DO(JRP, 20), DO(SUB, 26), DO(STO, 25), DO(LDN, 25),
                  DO(CMP, 0),  DO(STP, 0),  DO(LDN, 26), DO(SUB, 21),
                  DO(STO, 27), DO(LDN, 27), DO(STO, 26), DO(JMP, 22),
                  -3u,         1,           4,           -262144u,
                  262143},
        .line = 27,
        .value = 131072,
        .count = 1,
        .calls = {{0, UINT32_MAX, 2097154, RUN_STOP, 0, 13, false}},
    },
    {
        .name = "hcf",
        .store = {0,           DO(LDN, 30), DO(STO, 29), DO(LDN, 31),
                  DO(STO, 31), DO(LDN, 31), DO(STO, 30), DO(LDN, 29),
                  DO(SUB, 30), DO(CMP, 0),  DO(JRP, 27), DO(SUB, 31),
                  DO(STO, 31), DO(SUB, 28), DO(CMP, 0),  DO(JMP, 0),
                  DO(STP, 0),  [27] = -3u,  2,           0,
                  314159265,   271828183},
        .line = 30,
        .value = 3,
        .count = 2,
        .calls = {{0, 416, 416, RUN_BUDGET, -1u, 14, true},
                  {0, 9, 1, RUN_STOP, -1u, 16, false}},
    },
    {
        /* A Stop that uses up the budget must still return RUN_STOP. */
        .name = "budgets",
        .store = {[1] = DO(CMP, 0), DO(STP, 0)},
        .count = 5,
        .calls = {{0, 0, 0, RUN_BUDGET, 0, 0, false},
                  {0, 1, 1, RUN_BUDGET, 0, 1, false},
                  {0, 1, 1, RUN_STOP, 0, 2, false},
                  {0, 5, 0, RUN_STOP, 0, 2, false},
                  {0, 0, 0, RUN_STOP, 0, 2, false}},
    },
    {
        /* If the budget runs out just before a hang, RUN_BUDGET is returned. */
        .name = "hang",
        .store = {[1] = DO(JMP, 5), [5] = HANGING},
        .line = 5,
        .value = HANGING,
        .count = 2,
        .calls = {{0, 1, 1, RUN_BUDGET, 0, HANGING, false},
                  {0, 1, 0, RUN_HUNG, 0, HANGING + 1, false}},
    },
    {
        /* Adding the JMP 5 in line 1 to the JMP 5 in PI gives JMP 10. */
        .name = "fetched word added to PI",
        .store = {[1] = DO(JMP, 5), [5] = ADDING, [10] = 20, [21] = DO(STP, 0)},
        .count = 1,
        .calls = {{0, 9, 3, RUN_STOP, 0, 21, false}},
    },
    {
        /* A breakpoint on a line skipped by a Test must not be hit. */
        .name = "stops",
        .store =
            {[1] = DO(LDN, 9), DO(CMP, 0), DO(STO, 10), DO(JMP, 11), [9] = 1},
        .count = 6,
        .calls = {{1u << 4, 2, 2, RUN_BUDGET, -1u, 2, true},
                  {1u << 4, 100, 3, RUN_BREAKPOINT, -1u, 2, true},
                  {1u << 3, 100, 100, RUN_BUDGET, -1u, 0, false},
                  {UINT32_MAX, 100, 1, RUN_BREAKPOINT, -1u, 1, false},
                  {UINT32_MAX, 1, 1, RUN_BUDGET, -1u, 2, true},
                  {UINT32_MAX, 0, 0, RUN_BUDGET, -1u, 2, true}},
    },
    {
        /* CI 24577 selects line 1 if it has five digits, but hangs with 32. */
        .name = "ci5",
        .store = {[1] = DO(LDN, 3), DO(JMP, 4), 5, 24576},
        .ci5 = true,
        .count = 1,
        .calls = {{0, 1000, 1000, RUN_BUDGET, -5u, 0, false}},
    },
    {
        .name = "immediate-test",
        .store =
            {[1] = DO(LDN, 9), DO(CMP, 0), DO(STO, 10), DO(STP, 0), [9] = 1},
        .immediate_test = true,
        .line = 10,
        .count = 2,
        .calls = {{0, 2, 2, RUN_BUDGET, -1u, 3, false},
                  {0, 2, 1, RUN_STOP, -1u, 4, false}},
    },
    {
        /* Line 3 is overwritten with a Stop just before it is executed. */
        .name = "rewriting",
        .store = {[1] = DO(LDN, 6), DO(STO, 3), [6] = -DO(STP, 0)},
        .line = 3,
        .value = DO(STP, 0),
        .count = 1,
        .calls = {{0, 9, 3, RUN_STOP, DO(STP, 0), 3, false}},
    },
};
