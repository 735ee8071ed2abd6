/* SPDX-License-Identifier: MIT */
/*
 * Reads i386 machine code, one instruction a call: x86_emit.h the other way
 * round.
 *
 * What x86_emit.h has no function for is not understood.  A new instruction
 * there is a new row in x86_decode.c; a test that reads all translated code
 * tells where one is missing.
 */
#ifndef EMU_TRANSLATOR_X86_DECODE_H
#define EMU_TRANSLATOR_X86_DECODE_H

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
    uint32_t value; /* distances in two's complement */
};

/* One instruction, in Intel's words and order: what is written comes first. */
struct decoded {
    const char *mnemonic;
    struct operand operands[2];
};

/*
 * Reads the instruction at CODE, of which SIZE bytes may be read.  Returns how
 * many it takes, 1 to 7.  0: it is none that x86_emit.h writes, or not all of
 * it is there; *TO is of no use then.
 */
size_t decode(const uint8_t *code, size_t size, struct decoded *to);

#endif
