/* SPDX-License-Identifier: MIT */
/*
 * Searches AML for the bytes that define _S5_ with constants, `08 '_S5_' 12
 * ...`.  Parsing it from the start would fail at the first unknown term,
 * because terms have no common length field.
 */
#include "acpi_s5.h"
#include <string.h>

#define NAME    0x08
#define ROOT    '\\'
#define PACKAGE 0x12

/* Opcodes of AML constants */
#define ZERO  0x00
#define ONE   0x01
#define BYTE  0x0A
#define WORD  0x0B
#define DWORD 0x0C

#define NAME_LENGTH    4
#define SLEEP_TYPE_MAX 7

/* The input that remains to be parsed. */
struct input {
    const uint8_t *at;
    uint32_t length;
};

static bool read_byte(struct input *input, uint8_t *byte)
{
    if (input->length == 0)
        return false;
    *byte = *input->at++;
    input->length--;
    return true;
}

/* Parses PackageOp and PkgLength and limits INPUT to the package.  Bits 6 and 7
   of the first length byte give the number of length bytes that follow. */
static bool open_package(struct input *input)
{
    uint8_t opcode, first, next = 0;
    struct input package;
    uint32_t length;

    if (!read_byte(input, &opcode) || opcode != PACKAGE)
        return false;
    package = *input;
    if (!read_byte(input, &first))
        return false;
    length = first >> 6 == 0 ? first : first & 0x0Fu;
    for (unsigned i = 0; i < first >> 6; i++) {
        if (!read_byte(input, &next))
            return false;
        length |= (uint32_t)next << (4 + 8 * i);
    }
    uint32_t used = package.length - input->length;

    if (length < used || length > package.length)
        return false;
    input->length = length - used;
    return true;
}

static bool read_constant(struct input *input, uint32_t *value)
{
    unsigned size;
    uint8_t opcode, byte;

    if (!read_byte(input, &opcode))
        return false;
    *value = opcode;
    if (opcode == ZERO || opcode == ONE)
        return true;
    if (opcode < BYTE || opcode > DWORD)
        return false;
    size = 1u << (opcode - BYTE);
    *value = 0;
    for (unsigned i = 0; i < size; i++) {
        if (!read_byte(input, &byte))
            return false;
        *value |= (uint32_t)byte << 8 * i;
    }
    return true;
}

/* Some firmware packs both values into one number, PM1a's in the low byte. */
static bool read_types(struct input input, uint8_t *sleep_a, uint8_t *sleep_b)
{
    uint8_t elements;
    uint32_t a, b;

    if (!open_package(&input) || !read_byte(&input, &elements) ||
        elements == 0 || !read_constant(&input, &a))
        return false;
    if (elements == 1) {
        b = a >> 8;
        a &= 0xFF;
    } else if (!read_constant(&input, &b)) {
        return false;
    }
    if (a > SLEEP_TYPE_MAX || b > SLEEP_TYPE_MAX)
        return false;
    *sleep_a = (uint8_t)a;
    *sleep_b = (uint8_t)b;
    return true;
}

/* Checks for a Name operator, with or without a root prefix, before OFFSET. */
static bool is_defined(const uint8_t *code, uint32_t offset)
{
    if (offset >= 1 && code[offset - 1] == NAME)
        return true;
    return offset >= 2 && code[offset - 1] == ROOT && code[offset - 2] == NAME;
}

bool acpi_find_s5(const uint8_t *code, uint32_t length, uint8_t *sleep_a,
                  uint8_t *sleep_b)
{
    for (uint32_t i = 1; i < length && length - i >= NAME_LENGTH; i++) {
        struct input input = {code + i + NAME_LENGTH, length - i - NAME_LENGTH};

        if (memcmp(code + i, "_S5_", NAME_LENGTH) == 0 && is_defined(code, i) &&
            read_types(input, sleep_a, sleep_b))
            return true;
    }
    return false;
}
