/* SPDX-License-Identifier: MIT */
/*
 * The sample programs, hand-written for the i386.
 *
 * Each is a function `uint64_t variant(struct machine *, uint32_t budget)`, to
 * be called when the head of its loop is the next instruction.  It returns the
 * rest of the budget in the lower half and an exit code in the upper half.
 * Every STO writes to the store, and the code returns if the budget is too
 * small for another iteration.
 *
 * The same instructions also assemble for x86-64, so that they can be measured
 * beside the interpreters on a system that executes no i386 programs.  Only
 * the width of addresses and the calling convention differ.
 *
 * The variants differ in how they count instructions and how they implement
 * LDN, for which the i386 has no equivalent.  A trailing comment gives the line
 * and instruction of the sample, unless it needs no code of its own.
 */
#ifdef __x86_64__
#define MACHINE %rbx
#define LINE_OF_EAX (%rbx, %rax, 4) /* EAX must be less than 32 */
#else
#define MACHINE %ebx
#define LINE_OF_EAX (%ebx, %eax, 4)
#endif
#define LINE(n) 4*(n)(MACHINE)
#define ACCUMULATOR 128(MACHINE)

#define OUT   0 /* exit code at the head of the loop */
#define INNER 1 /* exit code at the head of the inner loop */
#define STOP  2

.macro variant name
    .balign 32
    .globl \name
\name:
    push MACHINE
#ifdef __x86_64__
    mov %rdi, MACHINE
    mov %esi, %edx
#else
    mov 8(%esp), MACHINE
    mov 12(%esp), %edx
#endif
    mov ACCUMULATOR, %eax
.endm

/* Returns with the given exit code, adding REFUND back to the budget. */
.macro leave_by exit, refund
    add $\refund, %edx
    mov $\exit, %ecx
    jmp leave_code
.endm

    .text
leave_code:
    mov %eax, ACCUMULATOR
    mov %edx, %eax
#ifdef __x86_64__
    shl $32, %rcx
    or %rcx, %rax
#else
    mov %ecx, %edx
#endif
    pop MACHINE
    ret

/* Implements LDN by loading and negating.  Counts 13 instructions for each
   iteration, and 3 for each iteration of the inner loop in lines 6-8. */
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

/* Implements LDN by subtracting from zero.  Counts the first iteration of the
   inner loop together with the outer one. */
    variant july_zero
    .balign 32
1:  sub $16, %edx
    jl 7f
    xor %eax, %eax          /* 5 LDN 23 */
    sub LINE(23), %eax
    sub LINE(27), %eax      /* 6 SUB 27 */
    js 8f                   /* 7 CMP */
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

/* Omits loads whose result is already in a register. */
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
    mov %ecx, LINE(27)      /* 16 STO 27 */
    mov %eax, LINE(26)      /* 18 STO 26 */
    jmp 1b                  /* 19 JMP 22 */
7:  leave_by OUT, 13

/* Counts a whole iteration at once, with the branch at its end. */
    variant july_turn
    sub $16, %edx
    jl 7f
    .balign 32
1:  mov LINE(23), %eax      /* 5 LDN 23 */
    neg %eax
    sub LINE(27), %eax      /* 6 SUB 27 */
    js 8f                   /* 7 CMP */
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
    mov %ecx, LINE(27)      /* 16 STO 27 */
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

    variant loop_turn
    sub $2, %edx
    jl 7f
    .balign 32
1:  sub LINE(3), %eax       /* 1 SUB 3 */
    sub $2, %edx            /* 2 JMP 0 */
    jge 1b
7:  leave_by OUT, 2

/* Loads the operand of the JMP in every iteration. */
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

/* Unrolls four iterations of the loop. */
    variant loop_four
    sub $8, %edx
    jl 2f
    .balign 32
1:  sub LINE(3), %eax       /* 1 SUB 3 */
    sub LINE(3), %eax
    sub LINE(3), %eax
    sub LINE(3), %eax
    sub $8, %edx            /* 2 JMP 0 */
    jge 1b
2:  add $6, %edx
    jl 7f
3:  sub LINE(3), %eax
    sub $2, %edx
    jge 3b
7:  leave_by OUT, 2

    variant mix_negate
    sub $13, %edx
    jl 7f
    .balign 32
1:  mov LINE(20), %eax      /* 1 LDN 20 */
    neg %eax
    sub LINE(16), %eax      /* 2 SUB 16 */
    mov %eax, LINE(21)      /* 3 STO 21 */
    mov LINE(21), %eax      /* 4 LDN 21 */
    neg %eax
    mov %eax, LINE(20)      /* 5 STO 20 */
    jns 5f                  /* 6 CMP */
    mov LINE(22), %eax      /* 8 LDN 22 */
    neg %eax
    sub LINE(18), %eax      /* 9 SUB 18 */
    mov %eax, LINE(22)      /* 10 STO 22 */
    jns 2f                  /* 11 CMP */
    sub LINE(16), %eax      /* 13 SUB 16 */
2:  mov %eax, LINE(23)      /* 14 STO 23 */
    sub $13, %edx           /* 15 JMP 17 */
    jge 1b
7:  leave_by OUT, 13
5:  leave_by STOP, 6        /* 7 STP */

/* Keeps the negated accumulator in a register in lines 1-5. */
    variant mix_carry
    sub $13, %edx
    jl 7f
    .balign 32
1:  mov LINE(20), %eax      /* 1 LDN 20 */
    add LINE(16), %eax      /* 2 SUB 16 */
    mov %eax, %ecx
    neg %ecx
    mov %ecx, LINE(21)      /* 3 STO 21 */
    mov %eax, LINE(20)      /* 5 STO 20 */
    test %eax, %eax
    jns 5f                  /* 6 CMP */
    mov LINE(22), %eax      /* 8 LDN 22 */
    neg %eax
    sub LINE(18), %eax      /* 9 SUB 18 */
    mov %eax, LINE(22)      /* 10 STO 22 */
    jns 2f                  /* 11 CMP */
    sub LINE(16), %eax      /* 13 SUB 16 */
2:  mov %eax, LINE(23)      /* 14 STO 23 */
    sub $13, %edx           /* 15 JMP 17 */
    jge 1b
7:  leave_by OUT, 13
5:  leave_by STOP, 6        /* 7 STP */

/* Replaces the conditional branch with arithmetic on the sign. */
    variant mix_signs
    sub $13, %edx
    jl 7f
    .balign 32
1:  mov LINE(20), %eax      /* 1 LDN 20 */
    add LINE(16), %eax      /* 2 SUB 16 */
    mov %eax, %ecx
    neg %ecx
    mov %ecx, LINE(21)      /* 3 STO 21 */
    mov %eax, LINE(20)      /* 5 STO 20 */
    test %eax, %eax
    jns 5f                  /* 6 CMP */
    mov LINE(22), %eax      /* 8 LDN 22 */
    neg %eax
    sub LINE(18), %eax      /* 9 SUB 18 */
    mov %eax, LINE(22)      /* 10 STO 22 */
    mov %eax, %ecx          /* 11 CMP */
    sar $31, %ecx
    and LINE(16), %ecx      /* 12 JRP 16 */
    sub %ecx, %eax          /* 13 SUB 16 */
    mov %eax, LINE(23)      /* 14 STO 23 */
    sub $13, %edx           /* 15 JMP 17 */
    jge 1b
7:  leave_by OUT, 13
5:  leave_by STOP, 6        /* 7 STP */

/* Uses the constants in lines 16 and 18, as the program does not change them,
   and counts line 20 up in one register, which is negated for line 21. */
    variant mix_known
    sub $13, %edx
    jl 7f
    .balign 32
1:  mov LINE(20), %ecx      /* 1 LDN 20 */
    inc %ecx                /* 2 SUB 16 */
    mov %ecx, LINE(20)      /* 5 STO 20 */
    jns 5f                  /* 6 CMP */
    neg %ecx
    mov %ecx, LINE(21)      /* 3 STO 21 */
    mov $-3, %eax           /* 9 SUB 18 */
    sub LINE(22), %eax      /* 8 LDN 22 */
    mov %eax, LINE(22)      /* 10 STO 22 */
    jns 2f                  /* 11 CMP */
    dec %eax                /* 13 SUB 16 */
2:  mov %eax, LINE(23)      /* 14 STO 23 */
    sub $13, %edx           /* 15 JMP 17 */
    jge 1b
7:  leave_by OUT, 13
5:  mov %ecx, %eax
    neg %ecx
    mov %ecx, LINE(21)      /* 3 STO 21 */
    leave_by STOP, 6        /* 7 STP */

/* Decodes the line number of the modified instruction, which must be LDN. */
    variant rewrite_index
    sub $5, %edx
    jl 7f
    .balign 32
1:  mov LINE(4), %eax       /* 1 LDN 4 */
    neg %eax
    sub LINE(6), %eax       /* 2 SUB 6 */
    mov %eax, LINE(4)       /* 3 STO 4 */
    and $31, %eax
    mov LINE_OF_EAX, %eax
    neg %eax                /* 4 LDN */
    sub $5, %edx            /* 5 JMP 0 */
    jge 1b
7:  leave_by OUT, 5

/* Unrolls two iterations, one with LDN 8 and one with LDN 7. */
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

/* Compares the modified instruction to choose between LDN 7 and LDN 8. */
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
