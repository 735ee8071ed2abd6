/* SPDX-License-Identifier: MIT */
/*
 * Prints what each key types on each keyboard, one row for each character:
 *   NAME CODE SHIFT ALT_GR CHARACTER
 * All fields except NAME are decimal numbers.
 */
#include "console/keymap.h"
#include <stdio.h>

#define CODES 0x80

static void print_code(unsigned map, uint8_t code)
{
    for (unsigned held = 0; held < 4; held++) {
        char character = keymap_character(map, code, held & 1, held & 2);

        if (character != '\0')
            printf("%s %u %u %u %d\n", keymaps[map].name, code, held & 1,
                   held >> 1, character);
    }
}

int main(void)
{
    for (unsigned map = 0; map < KEYMAPS; map++)
        for (unsigned code = 0; code < CODES; code++)
            print_code(map, (uint8_t)code);
    return 0;
}
