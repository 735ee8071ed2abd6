/* SPDX-License-Identifier: MIT */
/*
 * Decodes the i386 instructions that x86_emit.h writes, and no others.  An
 * instruction added there needs a row in x86_decode.c; a test that decodes all
 * translated code finds a missing row.
 */
#pragma once

#include "x86_emit.h"

enum operand_kind {
    OPERAND_NONE,
    OPERAND_REGISTER, /* WHICH */
    OPERAND_NUMBER,   /* VALUE */
    OPERAND_JUMP,     /* VALUE: distance from the end of the instruction */
    OPERAND_BASED,    /* memory at WHICH + VALUE */
    OPERAND_ADDRESS,  /* memory at VALUE */
    OPERAND_TABLE,    /* memory at VALUE + 8 * WHICH */
};

struct operand {
    enum operand_kind kind;
    enum x86_register which;
    uint32_t value; /* distances are in two's complement */
};

/* One instruction in Intel's syntax: the destination is first. */
struct decoded {
    const char *mnemonic;
    struct operand operands[2];
};

/* Decodes the instruction at CODE, where SIZE bytes are readable.  Returns its
   length, 1 to 7; 0: it is unknown or incomplete, and *TO undefined. */
size_t decode(const uint8_t *code, size_t size, struct decoded *to);
