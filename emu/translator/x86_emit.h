/* SPDX-License-Identifier: MIT */
/*
 * Writes i386 machine code, one instruction a call.
 *
 * What an assembler does with a line of text, these do with arguments: they
 * append the bytes of one instruction (Intel, 80386 Programmer's Reference
 * Manual, chapter 17).  Most are an opcode and a "ModRM" byte, which names a
 * register in its middle three bits and, in the others, a second register or
 * a place in memory: `[base + distance]` or an absolute address.
 *
 * Only what the 80386 of 1985 knows is here.  Nothing here knows the Baby.
 */
#ifndef EMU_TRANSLATOR_X86_EMIT_H
#define EMU_TRANSLATOR_X86_EMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The registers by their numbers in ModRM.  ESP is no base here. */
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
    IF_NEGATIVE = 0x8, /* by the sign of the last result, whatever overflowed */
    IF_NOT_NEGATIVE = 0x9,
    IF_LESS = 0xC, /* signed, overflow taken into account */
    IF_NOT_LESS = 0xD,
};

/* Code being written.  Places in it are distances from AT. */
struct emitter {
    uint8_t *at;
    size_t size; /* bytes there are */
    size_t used; /* bytes written; the place of the next instruction */
    bool full;   /* something did not fit: what was written is of no use */
};

/* mov: TO := [ESP + DISTANCE], an argument that C passes; TO := [BASE +
   DISTANCE], and back; */
void emit_load_argument(struct emitter *emitter, enum x86_register to,
                        int32_t distance);
void emit_load(struct emitter *emitter, enum x86_register to,
               enum x86_register base, int32_t distance);
void emit_save(struct emitter *emitter, enum x86_register base,
               int32_t distance, enum x86_register from);
/* .. := the word at TABLE + 8 * INDEX; the word at ADDRESS := FROM */
void emit_load_table(struct emitter *emitter, enum x86_register to,
                     enum x86_register index, const void *table);
void emit_save_address(struct emitter *emitter, const void *address,
                       enum x86_register from);
/* .. := NUMBER; TO := FROM */
void emit_move_number(struct emitter *emitter, enum x86_register to,
                      uint32_t number);
void emit_move(struct emitter *emitter, enum x86_register to,
               enum x86_register from);

/* LEFT := LEFT operation right, for memory at BASE + DISTANCE or at ADDRESS,
   and a number; X86_CMP sets the flags only. */
void emit_operate_memory(struct emitter *emitter, enum x86_operation operation,
                         enum x86_register left, enum x86_register base,
                         int32_t distance);
void emit_operate_address(struct emitter *emitter, enum x86_operation operation,
                          enum x86_register left, const void *address);
/* The number takes the last four bytes, whatever it is, to be set later. */
void emit_operate_number(struct emitter *emitter, enum x86_operation operation,
                         enum x86_register left, uint32_t number);

/* neg; test with itself, which sets the flags as the sign is; inc [ADDRESS] */
void emit_negate(struct emitter *emitter, enum x86_register which);
void emit_test(struct emitter *emitter, enum x86_register which);
void emit_increment_address(struct emitter *emitter, const void *address);

/* push, pop, ret */
void emit_push(struct emitter *emitter, enum x86_register which);
void emit_pop(struct emitter *emitter, enum x86_register which);
void emit_return(struct emitter *emitter);

/* jmp and jcc to a place in this code; the distance takes the last four
   bytes.  jmp to where a register or the word at ADDRESS says. */
void emit_jump(struct emitter *emitter, size_t place);
void emit_jump_if(struct emitter *emitter, enum x86_condition condition,
                  size_t place);
/* jcc to a place that is set later; returns where the instruction ends. */
size_t emit_forward(struct emitter *emitter, enum x86_condition condition);
void emit_jump_register(struct emitter *emitter, enum x86_register which);
void emit_jump_address(struct emitter *emitter, const void *address);

/* Fills up to a multiple of ALIGNMENT with bytes that trap. */
void emit_align(struct emitter *emitter, size_t alignment);

/* Fills up to a multiple of LINE, with instructions that change nothing, if the
   SIZE bytes to come would otherwise reach the end of theirs. */
void emit_keep_together(struct emitter *emitter, size_t size, size_t line);

/* In code written before: the number, or the destination of the jump, that
   ends the instruction which ends at END. */
void emit_number_at(struct emitter *emitter, size_t end, uint32_t number);
void emit_place_at(struct emitter *emitter, size_t end, size_t place);

#endif
