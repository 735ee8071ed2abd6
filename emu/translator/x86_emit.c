/* SPDX-License-Identifier: MIT */
#include "x86_emit.h"

/* The upper two bits of ModRM select the meaning of the lower three. */
enum mode {
    MODE_ADDRESS = 0x05, /* absolute address in the next four bytes */
    MODE_NEAR = 0x40,    /* base register with a one-byte distance */
    MODE_FAR = 0x80,     /* base register with a four-byte distance */
    MODE_REGISTER = 0xC0,
};

enum opcode {
    OP_JUMP_IF = 0x80, /* second byte, after 0F */
    OP_PUSH = 0x50,
    OP_POP = 0x58,
    OP_ADDRESS_OF = 0x8D,
    OP_NOTHING = 0x90,
    OP_TRAP = 0xCC,
    OP_MOVE_NUMBER = 0xB8,
    OP_NUMBER = 0x81, /* opcode group of arithmetic with an immediate */
    OP_SAVE = 0x89,
    OP_LOAD = 0x8B,
    OP_TEST = 0x85,
    OP_RETURN = 0xC3,
    OP_JUMP = 0xE9,
    OP_UNARY = 0xF7, /* opcode group of neg (/3) */
    OP_OTHER = 0xFF, /* opcode group of inc (/0) and indirect jmp (/4) */
};

#define WIDER 3 /* bytes between a one-byte and a four-byte distance */

static void byte(struct emitter *emitter, unsigned value)
{
    if (emitter->used >= emitter->size)
        emitter->full = true;
    else
        emitter->at[emitter->used++] = (uint8_t)value;
}

static void number(struct emitter *emitter, uint32_t value)
{
    for (unsigned shift = 0; shift < 32; shift += 8)
        byte(emitter, value >> shift & 0xFF);
}

static void address(struct emitter *emitter, const void *where)
{
    number(emitter, (uint32_t)(uintptr_t)where);
}

/* Emits a ModRM byte.  MIDDLE is a register or part of the opcode. */
static void registers(struct emitter *emitter, unsigned middle, unsigned last)
{
    byte(emitter, MODE_REGISTER | middle << 3 | last);
}

static void memory(struct emitter *emitter, unsigned middle, unsigned base,
                   int32_t distance)
{
    bool near = distance >= -128 && distance < 128;

    byte(emitter, (near ? MODE_NEAR : MODE_FAR) | middle << 3 | base);
    if (near) {
        byte(emitter, (uint32_t)distance & 0xFF);
        emitter->near = emitter->used;
    } else {
        number(emitter, (uint32_t)distance);
    }
}

static void absolute(struct emitter *emitter, unsigned middle,
                     const void *where)
{
    byte(emitter, MODE_ADDRESS | middle << 3);
    address(emitter, where);
}

/* Returns the opcode of arithmetic with a register as the destination. */
static unsigned arithmetic(enum x86_operation operation)
{
    return (unsigned)operation << 3 | 3;
}

/* ESP as a base needs a SIB byte, which names ESP again. */
void emit_load_argument(struct emitter *emitter, enum x86_register to,
                        int32_t distance)
{
    byte(emitter, OP_LOAD);
    byte(emitter, MODE_NEAR | to << 3 | ESP);
    byte(emitter, ESP << 3 | ESP);
    byte(emitter, (uint32_t)distance & 0xFF);
}

void emit_load(struct emitter *emitter, enum x86_register to,
               enum x86_register base, int32_t distance)
{
    byte(emitter, OP_LOAD);
    memory(emitter, to, base, distance);
}

void emit_save(struct emitter *emitter, enum x86_register base,
               int32_t distance, enum x86_register from)
{
    byte(emitter, OP_SAVE);
    memory(emitter, from, base, distance);
}

/* The SIB byte has no base and a scale of 8. */
static void scaled(struct emitter *emitter, unsigned middle,
                   enum x86_register index, const void *table)
{
    byte(emitter, middle << 3 | ESP);
    byte(emitter, 3 << 6 | index << 3 | MODE_ADDRESS);
    address(emitter, table);
}

void emit_load_table(struct emitter *emitter, enum x86_register to,
                     enum x86_register index, const void *table)
{
    byte(emitter, OP_LOAD);
    scaled(emitter, to, index, table);
}

void emit_increment_table(struct emitter *emitter, enum x86_register index,
                          const void *table)
{
    byte(emitter, OP_OTHER);
    scaled(emitter, 0, index, table);
}

void emit_save_address(struct emitter *emitter, const void *where,
                       enum x86_register from)
{
    byte(emitter, OP_SAVE);
    absolute(emitter, from, where);
}

void emit_move_number(struct emitter *emitter, enum x86_register to,
                      uint32_t value)
{
    byte(emitter, OP_MOVE_NUMBER | to);
    number(emitter, value);
}

void emit_move(struct emitter *emitter, enum x86_register to,
               enum x86_register from)
{
    byte(emitter, OP_LOAD);
    registers(emitter, to, from);
}

void emit_operate_memory(struct emitter *emitter, enum x86_operation operation,
                         enum x86_register left, enum x86_register base,
                         int32_t distance)
{
    byte(emitter, arithmetic(operation));
    memory(emitter, left, base, distance);
}

void emit_operate_address(struct emitter *emitter, enum x86_operation operation,
                          enum x86_register left, const void *where)
{
    byte(emitter, arithmetic(operation));
    absolute(emitter, left, where);
}

void emit_operate_number(struct emitter *emitter, enum x86_operation operation,
                         enum x86_register left, uint32_t value)
{
    byte(emitter, OP_NUMBER);
    registers(emitter, operation, left);
    number(emitter, value);
}

void emit_negate(struct emitter *emitter, enum x86_register which)
{
    byte(emitter, OP_UNARY);
    registers(emitter, 3, which);
}

void emit_test(struct emitter *emitter, enum x86_register which)
{
    byte(emitter, OP_TEST);
    registers(emitter, which, which);
}

void emit_increment_address(struct emitter *emitter, const void *where)
{
    byte(emitter, OP_OTHER);
    absolute(emitter, 0, where);
}

void emit_push(struct emitter *emitter, enum x86_register which)
{
    byte(emitter, OP_PUSH | which);
}

void emit_pop(struct emitter *emitter, enum x86_register which)
{
    byte(emitter, OP_POP | which);
}

void emit_return(struct emitter *emitter)
{
    byte(emitter, OP_RETURN);
}

void emit_jump(struct emitter *emitter, size_t place)
{
    byte(emitter, OP_JUMP);
    number(emitter, 0);
    emit_place_at(emitter, emitter->used, place);
}

void emit_jump_if(struct emitter *emitter, enum x86_condition condition,
                  size_t place)
{
    byte(emitter, 0x0F);
    byte(emitter, OP_JUMP_IF | condition);
    number(emitter, 0);
    emit_place_at(emitter, emitter->used, place);
}

size_t emit_forward(struct emitter *emitter, enum x86_condition condition)
{
    emit_jump_if(emitter, condition, 0);
    return emitter->used;
}

void emit_jump_register(struct emitter *emitter, enum x86_register which)
{
    byte(emitter, OP_OTHER);
    registers(emitter, 4, which);
}

void emit_jump_address(struct emitter *emitter, const void *where)
{
    byte(emitter, OP_OTHER);
    absolute(emitter, 4, where);
}

void emit_align(struct emitter *emitter, size_t alignment)
{
    while (((uintptr_t)emitter->at + emitter->used) % alignment != 0 &&
           !emitter->full)
        byte(emitter, OP_TRAP);
}

/* Pads with as few no-op instructions as possible. */
static void fill(struct emitter *emitter, size_t bytes)
{
    for (; bytes >= 6; bytes -= 6) {
        byte(emitter, OP_ADDRESS_OF);
        byte(emitter, MODE_FAR | ESI << 3 | ESI);
        number(emitter, 0);
    }
    for (; bytes >= 3; bytes -= 3) {
        byte(emitter, OP_ADDRESS_OF);
        byte(emitter, MODE_NEAR | ESI << 3 | ESI);
        byte(emitter, 0);
    }
    for (; bytes >= 2; bytes -= 2)
        emit_move(emitter, ESI, ESI);
    if (bytes > 0)
        byte(emitter, OP_NOTHING);
}

/* Makes the distance in the last instruction four bytes long. */
static void widen(struct emitter *emitter)
{
    uint8_t *registers = &emitter->at[emitter->used - 2];
    uint32_t distance = emitter->at[--emitter->used];

    *registers += MODE_FAR - MODE_NEAR;
    number(emitter, distance < 128 ? distance : distance - 256);
}

size_t emit_keep_together(struct emitter *emitter, size_t size, size_t line)
{
    size_t into = ((uintptr_t)emitter->at + emitter->used) % line;
    size_t padding = into + size >= line ? line - into : 0;
    bool widens =
        padding >= WIDER && emitter->near == emitter->used && !emitter->full;

    if (widens)
        widen(emitter);
    fill(emitter, widens ? padding - WIDER : padding);
    return widens ? WIDER : 0;
}

void emit_number_at(struct emitter *emitter, size_t end, uint32_t value)
{
    struct emitter patch = emit_start(emitter->at, end, end - sizeof value);

    if (!emitter->full)
        number(&patch, value);
}

void emit_place_at(struct emitter *emitter, size_t end, size_t place)
{
    emit_number_at(emitter, end, (uint32_t)(place - end));
}
