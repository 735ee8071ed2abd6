/* SPDX-License-Identifier: MIT */
/*
 * An i386 assembler: each call appends one instruction.
 *
 * Encodings: Intel, 80386 Programmer's Reference Manual, chapter 17.  Most
 * instructions are an opcode and a "ModRM" byte, which names a register in its
 * middle three bits, and in the others a second register or a memory operand:
 * `[base + distance]` or an absolute address.
 *
 * Only instructions of the 80386 of 1985; independent of the Baby.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Registers by their numbers in ModRM.  ESP cannot be BASE. */
enum x86_register { EAX, ECX, EDX, EBX, ESP, EBP, ESI, EDI };

/* Arithmetic by its number in the opcode. */
enum x86_operation {
    X86_ADD = 0,
    X86_AND = 4,
    X86_SUB = 5,
    X86_CMP = 7,
};

/* Conditions by their numbers in the opcode of a conditional jump. */
enum x86_condition {
    IF_NOT_BELOW = 0x3, /* unsigned */
    IF_NOT_EQUAL = 0x5,
    IF_NEGATIVE = 0x8, /* sign of the result, overflow ignored */
    IF_NOT_NEGATIVE = 0x9,
    IF_LESS = 0xC, /* signed */
    IF_NOT_LESS = 0xD,
};

/* Code being written.  A place is an offset from AT. */
struct emitter {
    uint8_t *at;
    size_t size; /* capacity in bytes */
    size_t used; /* bytes written; the place of the next instruction */
    bool full;   /* an instruction did not fit: discard the code */
};

/* mov TO, [ESP + DISTANCE]: loads an argument passed by C */
void emit_load_argument(struct emitter *emitter, enum x86_register to,
                        int32_t distance);
/* mov TO, [BASE + DISTANCE] */
void emit_load(struct emitter *emitter, enum x86_register to,
               enum x86_register base, int32_t distance);
/* mov [BASE + DISTANCE], FROM */
void emit_save(struct emitter *emitter, enum x86_register base,
               int32_t distance, enum x86_register from);
/* mov TO, [TABLE + 8 * INDEX] */
void emit_load_table(struct emitter *emitter, enum x86_register to,
                     enum x86_register index, const void *table);
/* mov [ADDRESS], FROM */
void emit_save_address(struct emitter *emitter, const void *address,
                       enum x86_register from);
/* mov TO, NUMBER */
void emit_move_number(struct emitter *emitter, enum x86_register to,
                      uint32_t number);
/* mov TO, FROM */
void emit_move(struct emitter *emitter, enum x86_register to,
               enum x86_register from);

/* OPERATION LEFT, [BASE + DISTANCE]; with [ADDRESS]; or with NUMBER, which is
   always the last four bytes, so that it can be patched. */
void emit_operate_memory(struct emitter *emitter, enum x86_operation operation,
                         enum x86_register left, enum x86_register base,
                         int32_t distance);
void emit_operate_address(struct emitter *emitter, enum x86_operation operation,
                          enum x86_register left, const void *address);
void emit_operate_number(struct emitter *emitter, enum x86_operation operation,
                         enum x86_register left, uint32_t number);

/* neg WHICH; test WHICH, WHICH, which sets the sign flag; inc [ADDRESS] */
void emit_negate(struct emitter *emitter, enum x86_register which);
void emit_test(struct emitter *emitter, enum x86_register which);
void emit_increment_address(struct emitter *emitter, const void *address);

void emit_push(struct emitter *emitter, enum x86_register which);
void emit_pop(struct emitter *emitter, enum x86_register which);
void emit_return(struct emitter *emitter);

/* jmp and jcc to PLACE; the distance is the last four bytes. */
void emit_jump(struct emitter *emitter, size_t place);
void emit_jump_if(struct emitter *emitter, enum x86_condition condition,
                  size_t place);
/* jcc to a place to be patched; returns the end of the instruction. */
size_t emit_forward(struct emitter *emitter, enum x86_condition condition);
/* jmp WHICH; jmp [ADDRESS] */
void emit_jump_register(struct emitter *emitter, enum x86_register which);
void emit_jump_address(struct emitter *emitter, const void *address);

/* Pads to a multiple of ALIGNMENT with int3. */
void emit_align(struct emitter *emitter, size_t alignment);

/* Pads with no-operations to a multiple of LINE if the next SIZE bytes would
   otherwise reach or cross one. */
void emit_keep_together(struct emitter *emitter, size_t size, size_t line);

/* Patch the number, or the destination of the jump, in the last four bytes of
   the instruction that ends at END. */
void emit_number_at(struct emitter *emitter, size_t end, uint32_t number);
void emit_place_at(struct emitter *emitter, size_t end, size_t place);
