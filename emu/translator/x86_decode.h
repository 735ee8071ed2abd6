/* SPDX-License-Identifier: MIT */
/* Decodes the i386 instructions that x86_emit.h emits, and no others. */
#pragma once

#include "x86_emit.h"

enum operand_kind {
    OPERAND_NONE,
    OPERAND_REGISTER, /* register WHICH */
    OPERAND_NUMBER,   /* immediate VALUE */
    OPERAND_JUMP,     /* jump by VALUE from the end of the instruction */
    OPERAND_BASED,    /* memory at register WHICH + VALUE */
    OPERAND_ADDRESS,  /* memory at address VALUE */
    OPERAND_TABLE,    /* memory at VALUE + 8 * register WHICH */
};

struct operand {
    enum operand_kind kind;
    enum x86_register which;
    uint32_t value; /* distances are in two's complement */
};

/* An instruction in Intel syntax, with the destination first. */
struct decoded {
    const char *mnemonic;
    struct operand operands[2];
};

/* Decodes the instruction at CODE, where SIZE bytes are readable.  Returns its
   length (1 to 7), or 0 with *TO undefined if it is unknown or incomplete. */
size_t decode(const uint8_t *code, size_t size, struct decoded *to);
