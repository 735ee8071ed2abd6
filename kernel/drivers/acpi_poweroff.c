/* SPDX-License-Identifier: MIT */
/*
 * To walk through AML from its beginning one must know the length of every
 * term that any firmware may use, and at the first one unknown the walk is
 * over.  _S5_ is a name with constants, `08 '_S5_' 12 ...`, wherever it
 * stands; so the bytes are searched for just that.
 */
#include "acpi_poweroff.h"
#include <string.h>

#define NAME    0x08
#define ROOT    '\\'
#define PACKAGE 0x12

/* Constants */
#define ZERO  0x00
#define ONE   0x01
#define BYTE  0x0A
#define WORD  0x0B
#define DWORD 0x0C

#define NAME_LENGTH   4
#define SLEEP_HIGHEST 7

/* What is still to be read. */
struct rest {
    const uint8_t *at;
    uint32_t length;
};

static bool take(struct rest *rest, uint8_t *byte)
{
    if (rest->length == 0)
        return false;
    *byte = *rest->at++;
    rest->length--;
    return true;
}

/* The package's length has in its first byte how many more there are; it ends
   where the elements end, or earlier. */
static bool take_package(struct rest *rest)
{
    uint8_t opcode, first, next = 0;
    struct rest before;
    uint32_t length;

    if (!take(rest, &opcode) || opcode != PACKAGE)
        return false;
    before = *rest;
    if (!take(rest, &first))
        return false;
    length = first >> 6 == 0 ? first : first & 0x0Fu;
    for (unsigned i = 0; i < first >> 6; i++) {
        if (!take(rest, &next))
            return false;
        length |= (uint32_t)next << (4 + 8 * i);
    }
    uint32_t used = before.length - rest->length;

    if (length < used || length > before.length)
        return false;
    rest->length = length - used;
    return true;
}

/* A constant of up to 32 bits. */
static bool take_constant(struct rest *rest, uint32_t *value)
{
    unsigned size;
    uint8_t opcode, byte;

    if (!take(rest, &opcode))
        return false;
    *value = opcode;
    if (opcode == ZERO || opcode == ONE)
        return true;
    if (opcode < BYTE || opcode > DWORD)
        return false;
    size = 1u << (opcode - BYTE);
    *value = 0;
    for (unsigned i = 0; i < size; i++) {
        if (!take(rest, &byte))
            return false;
        *value |= (uint32_t)byte << 8 * i;
    }
    return true;
}

/* Some firmware has both in one number, the first as its low byte. */
static bool take_values(struct rest rest, uint8_t *sleep_a, uint8_t *sleep_b)
{
    uint8_t elements;
    uint32_t a, b;

    if (!take_package(&rest) || !take(&rest, &elements) || elements == 0 ||
        !take_constant(&rest, &a))
        return false;
    if (elements == 1) {
        b = a >> 8;
        a &= 0xFF;
    } else if (!take_constant(&rest, &b)) {
        return false;
    }
    if (a > SLEEP_HIGHEST || b > SLEEP_HIGHEST)
        return false;
    *sleep_a = (uint8_t)a;
    *sleep_b = (uint8_t)b;
    return true;
}

/* Whether `Name (_S5_` or `Name (\_S5_` ends with the name at OFFSET. */
static bool is_defined(const uint8_t *code, uint32_t offset)
{
    if (offset >= 1 && code[offset - 1] == NAME)
        return true;
    return offset >= 2 && code[offset - 1] == ROOT && code[offset - 2] == NAME;
}

bool acpi_find_sleep(const uint8_t *code, uint32_t length, uint8_t *sleep_a,
                     uint8_t *sleep_b)
{
    for (uint32_t i = 1; i < length && length - i >= NAME_LENGTH; i++) {
        struct rest rest = {code + i + NAME_LENGTH, length - i - NAME_LENGTH};

        if (memcmp(code + i, "_S5_", NAME_LENGTH) == 0 && is_defined(code, i) &&
            take_values(rest, sleep_a, sleep_b))
            return true;
    }
    return false;
}
