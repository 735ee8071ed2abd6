/* SPDX-License-Identifier: MIT */
/*
 * The names of the kernel's functions, for a person who reads where it was.
 * The table is made by symbols.awk when the kernel is linked, behind all code,
 * so that it moves none.
 */
#ifndef PANIC_SYMBOLS_H
#define PANIC_SYMBOLS_H

#include <stdbool.h>
#include <stdint.h>

struct symbol {
    const char *name;
    uint32_t start; /* its first byte */
};

/* The function that ADDRESS lies in; false: in none. */
bool symbol_find(struct symbol *symbol, uint32_t address);

#endif
