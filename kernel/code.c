/* SPDX-License-Identifier: MIT */
#include "code.h"

#define PAGE 4096

#define AREA (8 * PAGE)

static _Alignas(PAGE) uint8_t pages[3][AREA];

static void nothing(struct code_area *area)
{
    (void)area;
}

struct code_area code_area = {pages[0], AREA, nothing, nothing};
struct code_area trial_area = {pages[1], AREA, nothing, nothing};
struct code_area history_area = {pages[2], AREA, nothing, nothing};
