/* SPDX-License-Identifier: MIT */
/*
 * An i386 assembler: each call appends one instruction.  It is independent of
 * the Baby and uses only instructions of the 80386 of 1985.
 *
 * Encodings: Intel, 80386 Programmer's Reference Manual, chapter 17.  Most
 * instructions are an opcode and a ModRM byte.  The middle three bits of ModRM
 * name a register; the others name a second register or a memory operand, which
 * is `[base + distance]` or an absolute address.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Registers, numbered as in ModRM.  ESP cannot be used as BASE. */
enum x86_register { EAX, ECX, EDX, EBX, ESP, EBP, ESI, EDI };

/* Arithmetic operations, numbered as in the opcode. */
enum x86_operation {
    X86_ADD = 0,
    X86_AND = 4,
    X86_SUB = 5,
    X86_CMP = 7,
};

/* Conditions, numbered as in the opcode of a conditional jump. */
enum x86_condition {
    IF_NOT_BELOW = 0x3, /* unsigned */
    IF_NOT_EQUAL = 0x5,
    IF_NEGATIVE = 0x8, /* sign of the result, ignoring overflow */
    IF_NOT_NEGATIVE = 0x9,
    IF_LESS = 0xC, /* signed */
    IF_NOT_LESS = 0xD,
};

/* Code being written.  A place is an offset from `at`. */
struct emitter {
    uint8_t *at;
    size_t size; /* capacity in bytes */
    size_t used; /* number of bytes written */
    bool full;   /* true if an instruction did not fit */
    size_t near; /* end of the last instruction with a one-byte distance */
};

/* Returns an emitter for SIZE bytes AT, of which USED are already written. */
static inline struct emitter emit_start(uint8_t *at, size_t size, size_t used)
{
    return (struct emitter){.at = at, .size = size, .used = used};
}

/* Emits a `mov` of an argument passed by C, [ESP + DISTANCE], to a register. */
void emit_load_argument(struct emitter *emitter, enum x86_register to,
                        int32_t distance);
void emit_load(struct emitter *emitter, enum x86_register to,
               enum x86_register base, int32_t distance);
void emit_save(struct emitter *emitter, enum x86_register base,
               int32_t distance, enum x86_register from);
/* Emits `mov TO, [TABLE + 8 * INDEX]`. */
void emit_load_table(struct emitter *emitter, enum x86_register to,
                     enum x86_register index, const void *table);
/* Emits `inc [TABLE + 8 * INDEX]`. */
void emit_increment_table(struct emitter *emitter, enum x86_register index,
                          const void *table);
void emit_save_address(struct emitter *emitter, const void *address,
                       enum x86_register from);
void emit_move_number(struct emitter *emitter, enum x86_register to,
                      uint32_t number);
void emit_move(struct emitter *emitter, enum x86_register to,
               enum x86_register from);

/* Emit OPERATION on the register LEFT and a memory operand or NUMBER, which is
   always the last four bytes of the instruction so that it can be patched. */
void emit_operate_memory(struct emitter *emitter, enum x86_operation operation,
                         enum x86_register left, enum x86_register base,
                         int32_t distance);
void emit_operate_address(struct emitter *emitter, enum x86_operation operation,
                          enum x86_register left, const void *address);
void emit_operate_number(struct emitter *emitter, enum x86_operation operation,
                         enum x86_register left, uint32_t number);

/* Emit `neg WHICH`, `test WHICH, WHICH` and `inc [ADDRESS]`. */
void emit_negate(struct emitter *emitter, enum x86_register which);
void emit_test(struct emitter *emitter, enum x86_register which);
void emit_increment_address(struct emitter *emitter, const void *address);

void emit_push(struct emitter *emitter, enum x86_register which);
void emit_pop(struct emitter *emitter, enum x86_register which);
void emit_return(struct emitter *emitter);

/* Emit a jump to PLACE, with the distance in its last four bytes. */
void emit_jump(struct emitter *emitter, size_t place);
void emit_jump_if(struct emitter *emitter, enum x86_condition condition,
                  size_t place);
/* Emits a conditional jump to be patched later, and returns where it ends. */
size_t emit_forward(struct emitter *emitter, enum x86_condition condition);
/* Emit an indirect jump through a register or through memory. */
void emit_jump_register(struct emitter *emitter, enum x86_register which);
void emit_jump_address(struct emitter *emitter, const void *address);

/* Pads with int3 to a multiple of ALIGNMENT. */
void emit_align(struct emitter *emitter, size_t alignment);

/* Pads to a multiple of LINE if the next SIZE bytes would otherwise reach or
   cross it.  No-ops take time, so the distance in the last instruction becomes
   four bytes long if that helps.  Returns the number of bytes by which that
   instruction then ends later: no jump may lead to its end. */
size_t emit_keep_together(struct emitter *emitter, size_t size, size_t line);

/* Patch the number or jump destination just before END. */
void emit_number_at(struct emitter *emitter, size_t end, uint32_t number);
void emit_place_at(struct emitter *emitter, size_t end, size_t place);
