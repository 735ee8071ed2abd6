/* SPDX-License-Identifier: MIT */
#include "floor.h"

/* A test counts these operations in passes executed by the reference. */
const struct floor_needs floor_needs[FLOORS][SAMPLES] =
    {
        [FLOOR_STORES] =
            {
                [SAMPLE_JULY] = {16, {3, 0, 0}},
                [SAMPLE_LOOP] = {2, {0, 0, 0}},
                [SAMPLE_MIX] = {13, {4, 0, 0}},
                [SAMPLE_REWRITE] = {5, {1, 0, 0}},
            },
        [FLOOR_DISPATCH] =
            {
                [SAMPLE_JULY] = {16, {3, 16 + 10, 16}},
                [SAMPLE_LOOP] = {2, {0, 2 + 2, 2}},
                [SAMPLE_MIX] = {13, {4, 13 + 7, 13}},
                [SAMPLE_REWRITE] = {5, {1, 5 + 4, 5}},
            },
};

const char *const floor_names[FLOORS] = {"floor", "dispatch"};
const char *const operation_names[OPERATIONS] = {"stores", "loads", "jumps"};

uint64_t floor_rate(const struct floor_needs *needs,
                    const uint64_t rates[OPERATIONS], unsigned *decides)
{
    uint64_t lowest = UINT64_MAX;

    for (unsigned i = 0; i < OPERATIONS; i++) {
        if (needs->operations[i] == 0)
            continue;
        uint64_t rate = rates[i] / needs->operations[i] * needs->pass;

        if (rate < lowest) {
            lowest = rate;
            *decides = i;
        }
    }
    return lowest == UINT64_MAX ? 0 : lowest;
}
