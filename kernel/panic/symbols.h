/* SPDX-License-Identifier: MIT */
/*
 * The kernel's symbol table, for backtraces.  symbols.awk generates it when the
 * kernel is linked; it lies after all code, so that it moves none.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct symbol {
    const char *name;
    uint32_t start; /* address */
};

/* Finds the function that contains ADDRESS.  Returns false if none does. */
bool symbol_find(struct symbol *symbol, uint32_t address);
