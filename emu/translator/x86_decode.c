/* SPDX-License-Identifier: MIT */
/*
 * Table of the instructions that x86_emit.h emits, one row each.  A test that
 * decodes all translated code finds missing rows.
 *
 * An operand is a register in the low three bits of the opcode or the middle
 * three bits of ModRM, a register or memory in the rest of ModRM and the bytes
 * after it, or a number in the last four bytes.
 */
#include "x86_decode.h"

/* Where an operand is encoded. */
enum part { NOWHERE, LOW, MIDDLE, REST, NUMBER, DISTANCE };

/* Kinds of operand in the rest of ModRM, or 0 if there is no ModRM. */
#define REGISTER (1 << OPERAND_REGISTER)
#define BASED    (1 << OPERAND_BASED)
#define ADDRESS  (1 << OPERAND_ADDRESS)
#define TABLE    (1 << OPERAND_TABLE)

#define LONG 0x0F00 /* two-byte opcodes, which start with 0F */
#define ANY  8      /* the middle of ModRM is not part of the opcode */

static const struct row {
    uint16_t opcode;
    uint8_t middle;
    uint8_t rest;
    char mnemonic[5];
    uint8_t left, right; /* values of enum part */
} rows[] = {
    {0x8B, ANY, REGISTER | BASED | TABLE, "mov", MIDDLE, REST},
    {0x89, ANY, BASED | ADDRESS, "mov", REST, MIDDLE},
    {0xB8, ANY, 0, "mov", LOW, NUMBER},
    {0x8D, ANY, BASED, "lea", MIDDLE, REST},
    {0x90, ANY, 0, "nop", NOWHERE, NOWHERE},

    {0x03, ANY, BASED | ADDRESS, "add", MIDDLE, REST},
    {0x23, ANY, BASED | ADDRESS, "and", MIDDLE, REST},
    {0x2B, ANY, BASED | ADDRESS, "sub", MIDDLE, REST},
    {0x3B, ANY, BASED | ADDRESS, "cmp", MIDDLE, REST},
    {0x81, X86_ADD, REGISTER, "add", REST, NUMBER},
    {0x81, X86_AND, REGISTER, "and", REST, NUMBER},
    {0x81, X86_SUB, REGISTER, "sub", REST, NUMBER},
    {0x81, X86_CMP, REGISTER, "cmp", REST, NUMBER},

    {0xF7, 3, REGISTER, "neg", REST, NOWHERE},
    {0x85, ANY, REGISTER, "test", REST, MIDDLE},
    {0xFF, 0, ADDRESS | TABLE, "inc", REST, NOWHERE},

    {0x50, ANY, 0, "push", LOW, NOWHERE},
    {0x58, ANY, 0, "pop", LOW, NOWHERE},
    {0xC3, ANY, 0, "ret", NOWHERE, NOWHERE},

    {0xE9, ANY, 0, "jmp", DISTANCE, NOWHERE},
    {0xFF, 4, REGISTER | ADDRESS, "jmp", REST, NOWHERE},
    {LONG | 0x80 | IF_NOT_BELOW, ANY, 0, "jae", DISTANCE, NOWHERE},
    {LONG | 0x80 | IF_NOT_EQUAL, ANY, 0, "jne", DISTANCE, NOWHERE},
    {LONG | 0x80 | IF_NEGATIVE, ANY, 0, "js", DISTANCE, NOWHERE},
    {LONG | 0x80 | IF_NOT_NEGATIVE, ANY, 0, "jns", DISTANCE, NOWHERE},
    {LONG | 0x80 | IF_LESS, ANY, 0, "jl", DISTANCE, NOWHERE},
    {LONG | 0x80 | IF_NOT_LESS, ANY, 0, "jge", DISTANCE, NOWHERE},
};

struct reader {
    const uint8_t *at;
    size_t size;
    size_t used;
    bool over; /* true if the instruction is longer than SIZE */

    unsigned opcode, modrm;
    struct operand rest; /* operand in the rest of ModRM */
};

/* Returns the next byte without consuming it, or 0 if there is none. */
static unsigned peek(const struct reader *reader)
{
    return reader->used < reader->size ? reader->at[reader->used] : 0;
}

static unsigned take(struct reader *reader)
{
    unsigned value = peek(reader);

    reader->over |= reader->used == reader->size;
    reader->used += !reader->over;
    return value;
}

static uint32_t take_number(struct reader *reader)
{
    uint32_t value = 0;

    for (unsigned shift = 0; shift < 32; shift += 8)
        value |= (uint32_t)take(reader) << shift;
    return value;
}

/* Reads a one-byte distance and sign-extends it. */
static uint32_t take_near(struct reader *reader)
{
    return (take(reader) ^ 0x80u) - 0x80u;
}

static unsigned middle_of(unsigned modrm)
{
    return modrm >> 3 & 7;
}

static struct operand register_operand(unsigned number)
{
    return (struct operand){OPERAND_REGISTER, (enum x86_register)number, 0};
}

/* Decodes a SIB byte: ESP as a base without index, or a scaled table index. */
static struct operand take_scaled(struct reader *reader, unsigned mode)
{
    unsigned sib = take(reader);

    if (mode == 1 && sib == (ESP << 3 | ESP))
        return (struct operand){OPERAND_BASED, ESP, take_near(reader)};
    if (mode == 0 && (sib & 0xC7) == (3 << 6 | 5) && middle_of(sib) != ESP)
        return (struct operand){OPERAND_TABLE,
                                (enum x86_register)middle_of(sib),
                                take_number(reader)};
    return (struct operand){0};
}

/* Decodes the operand in the rest of ModRM and the bytes after it. */
static struct operand take_rest(struct reader *reader)
{
    unsigned mode = reader->modrm >> 6;
    enum x86_register last = (enum x86_register)(reader->modrm & 7);

    if (mode == 3)
        return register_operand(last);
    if (last == ESP)
        return take_scaled(reader, mode);
    if (mode == 1)
        return (struct operand){OPERAND_BASED, last, take_near(reader)};
    if (mode == 2)
        return (struct operand){OPERAND_BASED, last, take_number(reader)};
    if (last == EBP) /* EBP means "no base" here */
        return (struct operand){OPERAND_ADDRESS, EAX, take_number(reader)};
    return (struct operand){0};
}

/* Returns the row of OPCODE followed by the byte NEXT, or NULL if unknown. */
static const struct row *find(unsigned opcode, unsigned next)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        unsigned known = row->left == LOW ? opcode & ~7u : opcode;

        if (row->opcode == known &&
            (row->middle == ANY || row->middle == middle_of(next)))
            return row;
    }
    return NULL;
}

static struct operand take_part(struct reader *reader, enum part part)
{
    switch (part) {
    case LOW:
        return register_operand(reader->opcode & 7);
    case MIDDLE:
        return register_operand(middle_of(reader->modrm));
    case REST:
        return reader->rest;
    case NUMBER:
        return (struct operand){OPERAND_NUMBER, EAX, take_number(reader)};
    case DISTANCE:
        return (struct operand){OPERAND_JUMP, EAX, take_number(reader)};
    case NOWHERE:
        break;
    }
    return (struct operand){0};
}

size_t decode(const uint8_t *code, size_t size, struct decoded *to)
{
    struct reader reader = {.at = code, .size = size};

    reader.opcode = take(&reader);
    if (reader.opcode == LONG >> 8)
        reader.opcode = LONG | take(&reader);
    const struct row *row = find(reader.opcode, peek(&reader));

    if (row == NULL)
        return 0;
    if (row->rest != 0) {
        reader.modrm = take(&reader);
        reader.rest = take_rest(&reader);
        if (!(row->rest >> reader.rest.kind & 1))
            return 0;
    }
    to->mnemonic = row->mnemonic;
    to->operands[0] = take_part(&reader, row->left);
    to->operands[1] = take_part(&reader, row->right);
    return reader.over ? 0 : reader.used;
}
