/* SPDX-License-Identifier: MIT */
#include "symbols.h"
#include <string.h>

/* address of the first symbol */
extern const uint32_t symbol_count, symbol_first;
extern const uint16_t symbol_gaps[]; /* distance from each symbol to the next */
extern const char symbol_names[];    /* NUL-terminated strings */
extern const char translated[];      /* end of the code; defined in linker.ld */

bool symbol_find(struct symbol *symbol, uint32_t address)
{
    const char *name = symbol_names;
    uint32_t start = symbol_first;

    if (symbol_count == 0 || address < start || address >= (uint32_t)translated)
        return false;
    for (uint32_t i = 0;
         i + 1 < symbol_count && start + symbol_gaps[i] <= address; i++) {
        start += symbol_gaps[i];
        name += strlen(name) + 1;
    }
    *symbol = (struct symbol){name, start};
    return true;
}
