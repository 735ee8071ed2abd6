/* SPDX-License-Identifier: MIT */
/*
 * Loops that measure how often this processor can store, load or jump.
 *
 * Each is a function `void rate(uint32_t *store, uint32_t rounds)`, which makes
 * 16 operations a round on the 32 words of STORE.  The operations do not depend
 * on each other.  ROUNDS must not be 0.
 */
#ifdef __x86_64__
#define STORE %rdi
#define ROUNDS %esi
#else
#define STORE %ecx
#define ROUNDS %edx
#endif
#define LINE(n) 4*(n)(STORE)

.macro rate name
    .balign 32
    .globl \name
\name:
#ifndef __x86_64__
    mov 4(%esp), STORE
    mov 8(%esp), ROUNDS
#endif
    .balign 32
.endm

    .text
/* Stores to one word. */
    rate rate_stores_word
1:
.rept 16
    mov %eax, LINE(0)
.endr
    dec ROUNDS
    jnz 1b
    ret

/* Stores to neighbouring words. */
    rate rate_stores_row
1:
.set line, 0
.rept 16
    mov %eax, LINE(line)
    .set line, line + 1
.endr
    dec ROUNDS
    jnz 1b
    ret

    rate rate_loads_row
1:
.set line, 0
.rept 16
    mov LINE(line), %eax
    .set line, line + 1
.endr
    dec ROUNDS
    jnz 1b
    ret

/* The shortest loop. */
    rate rate_jumps_loop
    shl $4, ROUNDS
1:  dec ROUNDS
    jnz 1b
    ret

/* A chain of jumps, the last of which closes the loop. */
    rate rate_jumps_chain
1:
.rept 15
    jmp 2f
    .balign 8
2:
.endr
    dec ROUNDS
    jnz 1b
    ret

    .section .note.GNU-stack, "", @progbits
