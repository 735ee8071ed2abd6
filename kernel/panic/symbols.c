/* SPDX-License-Identifier: MIT */
#include "symbols.h"
#include <string.h>

extern const uint32_t symbol_places[], symbol_count; /* addresses, ascending */
extern const char symbol_names[]; /* zero-terminated strings, in this order */
extern const char translated[];   /* end of the code, from linker.ld */

bool symbol_find(struct symbol *symbol, uint32_t address)
{
    const char *name = symbol_names;
    uint32_t i = 0;

    if (symbol_count == 0 || address < symbol_places[0] ||
        address >= (uint32_t)translated)
        return false;
    while (i + 1 < symbol_count && symbol_places[i + 1] <= address) {
        name += strlen(name) + 1;
        i++;
    }
    *symbol = (struct symbol){name, symbol_places[i]};
    return true;
}
