/* SPDX-License-Identifier: MIT */
#include "code.h"

#define PAGE 4096

static _Alignas(PAGE) uint8_t pages[8 * PAGE];

static void nothing(struct code_area *area)
{
    (void)area;
}

struct code_area code_area = {pages, sizeof pages, nothing, nothing};
