/* SPDX-License-Identifier: MIT */
/* The kernel's symbol table, generated at link time for backtraces. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct symbol {
    const char *name;
    uint32_t start; /* start address */
};

/* Finds the function that contains ADDRESS.  Returns false if there is none. */
bool symbol_find(struct symbol *symbol, uint32_t address);
