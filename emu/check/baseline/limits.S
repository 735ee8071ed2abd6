/* SPDX-License-Identifier: MIT */
/*
 * The sample programs, hand-written for the i386.
 *
 * Each is a function `uint64_t variant(struct machine *, uint32_t budget)`, to
 * be called when the head of its loop is the next instruction.  It returns the
 * rest of the budget, and in the upper half its exit (limits.c).  Every STO
 * writes to the store, and the budget is exact: the code returns if the budget
 * is too small for a turn of the loop.
 *
 * The variants differ in how they count and how they execute LDN, for which
 * the i386 has no instruction.  They omit a load only if A holds its result.
 */
#define LINE(n) 4*(n)(%ebx)
#define ACCUMULATOR 128(%ebx)

#define OUT   0 /* at the head of the loop */
#define INNER 1 /* at the head of the inner loop */
#define STOP  2

.macro variant name
    .balign 32
    .globl \name
\name:
    push %ebx
    mov 8(%esp), %ebx
    mov 12(%esp), %edx
    mov ACCUMULATOR, %eax
.endm

/* Adds REFUND, instructions not executed, to the budget and leaves by EXIT. */
.macro leave_by exit, refund
    add $\refund, %edx
    mov $\exit, %ecx
    jmp leave_code
.endm

    .text
leave_code:
    mov %eax, ACCUMULATOR
    mov %edx, %eax
    mov %ecx, %edx
    pop %ebx
    ret

/* The July program: 13 instructions per turn, and 3 per turn of lines 6-8. */

/* LDN loads and negates; each basic block counts. */
    variant july_negate
    .balign 32
1:  sub $13, %edx
    jl 7f
    mov LINE(23), %eax      /* 5 LDN 23 */
    neg %eax
    .balign 32
2:  sub LINE(27), %eax      /* 6 SUB 27 */
    js 3f                   /* 7 CMP */
    sub $3, %edx            /* 8 JRP 20 */
    jge 2b
    leave_by INNER, 12
3:  sub LINE(26), %eax      /* 9 SUB 26 */
    mov %eax, LINE(25)      /* 10 STO 25 */
    mov LINE(25), %eax      /* 11 LDN 25 */
    neg %eax
    js 4f                   /* 12 CMP */
    leave_by STOP, 5        /* 13 STP */
4:  mov LINE(26), %eax      /* 14 LDN 26 */
    neg %eax
    sub LINE(21), %eax      /* 15 SUB 21 */
    mov %eax, LINE(27)      /* 16 STO 27 */
    mov LINE(27), %eax      /* 17 LDN 27 */
    neg %eax
    mov %eax, LINE(26)      /* 18 STO 26 */
    jmp 1b                  /* 19 JMP 22 */
7:  leave_by OUT, 13

/* LDN subtracts from 0; a turn counts its first pass through lines 6-8, too. */
    variant july_subtract
    .balign 32
1:  sub $16, %edx
    jl 7f
    xor %eax, %eax          /* 5 LDN 23 */
    sub LINE(23), %eax
    sub LINE(27), %eax      /* 6 SUB 27 */
    js 8f                   /* 7 CMP; 8 JRP 20 */
2:  sub LINE(27), %eax      /* 6 SUB 27 */
    js 3f                   /* 7 CMP */
    sub $3, %edx            /* 8 JRP 20 */
    jge 2b
    leave_by INNER, 12
8:  add $3, %edx
3:  sub LINE(26), %eax      /* 9 SUB 26 */
    mov %eax, LINE(25)      /* 10 STO 25 */
    xor %eax, %eax          /* 11 LDN 25 */
    sub LINE(25), %eax
    js 4f                   /* 12 CMP */
    leave_by STOP, 5        /* 13 STP */
4:  xor %eax, %eax          /* 14 LDN 26 */
    sub LINE(26), %eax
    sub LINE(21), %eax      /* 15 SUB 21 */
    mov %eax, LINE(27)      /* 16 STO 27 */
    xor %eax, %eax          /* 17 LDN 27 */
    sub LINE(27), %eax
    mov %eax, LINE(26)      /* 18 STO 26 */
    jmp 1b                  /* 19 JMP 22 */
7:  leave_by OUT, 16

/* LDN after STO negates A; lines 14-18 keep minus A. */
    variant july_carry
    .balign 32
1:  sub $13, %edx
    jl 7f
    mov LINE(23), %eax      /* 5 LDN 23 */
    neg %eax
    .balign 32
2:  sub LINE(27), %eax      /* 6 SUB 27 */
    js 3f                   /* 7 CMP */
    sub $3, %edx            /* 8 JRP 20 */
    jge 2b
    leave_by INNER, 12
3:  sub LINE(26), %eax      /* 9 SUB 26 */
    mov %eax, LINE(25)      /* 10 STO 25 */
    neg %eax                /* 11 LDN 25 */
    js 4f                   /* 12 CMP */
    leave_by STOP, 5        /* 13 STP */
4:  mov LINE(26), %eax      /* 14 LDN 26 */
    add LINE(21), %eax      /* 15 SUB 21 */
    mov %eax, %ecx
    neg %ecx
    mov %ecx, LINE(27)      /* 16 STO 27, 17 LDN 27 */
    mov %eax, LINE(26)      /* 18 STO 26 */
    jmp 1b                  /* 19 JMP 22 */
7:  leave_by OUT, 13

/* The same; counts a turn at once, with the branch at its end. */
    variant july_turn
    sub $16, %edx
    jl 7f
    .balign 32
1:  mov LINE(23), %eax      /* 5 LDN 23 */
    neg %eax
    sub LINE(27), %eax      /* 6 SUB 27 */
    js 8f                   /* 7 CMP; 8 JRP 20 */
2:  sub LINE(27), %eax      /* 6 SUB 27 */
    jns 6f                  /* 7 CMP */
3:  sub LINE(26), %eax      /* 9 SUB 26 */
    mov %eax, LINE(25)      /* 10 STO 25 */
    neg %eax                /* 11 LDN 25 */
    jns 5f                  /* 12 CMP */
    mov LINE(26), %eax      /* 14 LDN 26 */
    add LINE(21), %eax      /* 15 SUB 21 */
    mov %eax, %ecx
    neg %ecx
    mov %ecx, LINE(27)      /* 16 STO 27, 17 LDN 27 */
    mov %eax, LINE(26)      /* 18 STO 26 */
    sub $16, %edx           /* 19 JMP 22 */
    jge 1b
7:  leave_by OUT, 16
5:  leave_by STOP, 5        /* 13 STP */
6:  sub $3, %edx            /* 8 JRP 20 */
    jge 2b
    leave_by INNER, 12
8:  add $3, %edx
    jmp 3b

/* The loop: two instructions, for ever. */

    variant loop_turn
    sub $2, %edx
    jl 7f
    .balign 32
1:  sub LINE(3), %eax       /* 1 SUB 3 */
    sub $2, %edx            /* 2 JMP 0 */
    jge 1b
7:  leave_by OUT, 2

/* JMP loads its operand. */
    variant loop_load
    sub $2, %edx
    jl 7f
    .balign 32
1:  sub LINE(3), %eax       /* 1 SUB 3 */
    cmpl $0, LINE(0)        /* 2 JMP 0 */
    jne 7f
    sub $2, %edx
    jge 1b
7:  leave_by OUT, 2

/* Unrolled: four turns at once. */
    variant loop_four
    sub $8, %edx
    jl 2f
    .balign 32
1:  sub LINE(3), %eax       /* 1 SUB 3, 2 JMP 0 */
    sub LINE(3), %eax
    sub LINE(3), %eax
    sub LINE(3), %eax
    sub $8, %edx
    jge 1b
2:  add $6, %edx
    jl 7f
3:  sub LINE(3), %eax
    sub $2, %edx
    jge 3b
7:  leave_by OUT, 2

/* The mix: 13 instructions per turn. */

    variant mix_negate
    sub $13, %edx
    jl 7f
    .balign 32
1:  mov LINE(20), %eax      /* 1 LDN 20 */
    neg %eax
    sub LINE(16), %eax      /* 2 SUB 16, as function 5 */
    mov %eax, LINE(21)      /* 3 STO 21 */
    mov LINE(21), %eax      /* 4 LDN 21 */
    neg %eax
    mov %eax, LINE(20)      /* 5 STO 20 */
    jns 5f                  /* 6 CMP */
    mov LINE(22), %eax      /* 8 LDN 22 */
    neg %eax
    sub LINE(18), %eax      /* 9 SUB 18 */
    mov %eax, LINE(22)      /* 10 STO 22 */
    jns 2f                  /* 11 CMP, 12 JRP 16 */
    sub LINE(16), %eax      /* 13 SUB 16 */
2:  mov %eax, LINE(23)      /* 14 STO 23 */
    sub $13, %edx           /* 15 JMP 17 */
    jge 1b
7:  leave_by OUT, 13
5:  leave_by STOP, 6        /* 7 STP */

/* Lines 1-5 hold A negated. */
    variant mix_carry
    sub $13, %edx
    jl 7f
    .balign 32
1:  mov LINE(20), %eax      /* 1 LDN 20 */
    add LINE(16), %eax      /* 2 SUB 16, as function 5 */
    mov %eax, %ecx
    neg %ecx
    mov %ecx, LINE(21)      /* 3 STO 21, 4 LDN 21 */
    mov %eax, LINE(20)      /* 5 STO 20 */
    test %eax, %eax
    jns 5f                  /* 6 CMP */
    mov LINE(22), %eax      /* 8 LDN 22 */
    neg %eax
    sub LINE(18), %eax      /* 9 SUB 18 */
    mov %eax, LINE(22)      /* 10 STO 22 */
    jns 2f                  /* 11 CMP, 12 JRP 16 */
    sub LINE(16), %eax      /* 13 SUB 16 */
2:  mov %eax, LINE(23)      /* 14 STO 23 */
    sub $13, %edx           /* 15 JMP 17 */
    jge 1b
7:  leave_by OUT, 13
5:  leave_by STOP, 6        /* 7 STP */

/* The same, without the branch of line 11. */
    variant mix_straight
    sub $13, %edx
    jl 7f
    .balign 32
1:  mov LINE(20), %eax      /* 1 LDN 20 */
    add LINE(16), %eax      /* 2 SUB 16, as function 5 */
    mov %eax, %ecx
    neg %ecx
    mov %ecx, LINE(21)      /* 3 STO 21, 4 LDN 21 */
    mov %eax, LINE(20)      /* 5 STO 20 */
    test %eax, %eax
    jns 5f                  /* 6 CMP */
    mov LINE(22), %eax      /* 8 LDN 22 */
    neg %eax
    sub LINE(18), %eax      /* 9 SUB 18 */
    mov %eax, LINE(22)      /* 10 STO 22 */
    mov %eax, %ecx          /* 11 CMP, 12 JRP 16 */
    sar $31, %ecx
    and LINE(16), %ecx
    sub %ecx, %eax          /* 13 SUB 16 */
    mov %eax, LINE(23)      /* 14 STO 23 */
    sub $13, %edx           /* 15 JMP 17 */
    jge 1b
7:  leave_by OUT, 13
5:  leave_by STOP, 6        /* 7 STP */

/* Rewrite: changes an instruction each turn; 5 instructions per turn. */

/* Decodes the line of the word, assuming that it is an LDN. */
    variant rewrite_index
    sub $5, %edx
    jl 7f
    .balign 32
1:  mov LINE(4), %eax       /* 1 LDN 4 */
    neg %eax
    sub LINE(6), %eax       /* 2 SUB 6 */
    mov %eax, LINE(4)       /* 3 STO 4 */
    and $31, %eax
    mov (%ebx, %eax, 4), %eax
    neg %eax                /* 4 LDN */
    sub $5, %edx            /* 5 JMP 0 */
    jge 1b
7:  leave_by OUT, 5

/* Unrolled: two turns at once, LDN 8, then LDN 7. */
    variant rewrite_two
    sub $10, %edx
    jl 7f
    .balign 32
1:  xor %eax, %eax          /* 1 LDN 4 */
    sub LINE(4), %eax
    sub LINE(6), %eax       /* 2 SUB 6 */
    mov %eax, LINE(4)       /* 3 STO 4 */
    xor %eax, %eax          /* 4 LDN 8 */
    sub LINE(8), %eax
    mov LINE(4), %eax       /* 1 LDN 4 */
    neg %eax
    sub LINE(6), %eax       /* 2 SUB 6 */
    mov %eax, LINE(4)       /* 3 STO 4 */
    xor %eax, %eax          /* 4 LDN 7 */
    sub LINE(7), %eax
    sub $10, %edx           /* 5 JMP 0 */
    jge 1b
7:  leave_by OUT, 10

/* Chooses between LDN 7 and LDN 8 by a comparison. */
    variant rewrite_ask
    sub $5, %edx
    jl 7f
    .balign 32
1:  mov LINE(4), %eax       /* 1 LDN 4 */
    neg %eax
    sub LINE(6), %eax       /* 2 SUB 6 */
    mov %eax, LINE(4)       /* 3 STO 4 */
    cmp $0x4008, %eax
    mov LINE(7), %eax
    jne 2f
    mov LINE(8), %eax
2:  neg %eax                /* 4 LDN */
    sub $5, %edx            /* 5 JMP 0 */
    jge 1b
7:  leave_by OUT, 5
    .section .note.GNU-stack, "", @progbits
