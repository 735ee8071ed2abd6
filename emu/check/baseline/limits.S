/* SPDX-License-Identifier: MIT */
/*
 * The sample programs as an i386 would be told them by hand.
 *
 * Each is called as `uint64_t form(struct machine *, uint32_t budget)` where
 * the head of its loop is obeyed next, and returns what is left of the budget
 * and by which exit it left (limits.c).  Every Store goes to the store, and
 * the budget is exact: where it does not last for a turn, control leaves.
 *
 * What differs are the ways to do LDN, which the i386 has no instruction for,
 * and to count.  A load is left out only where A holds what it would bring.
 */
#define LINE(n) 4*(n)(%ebx)
#define ACCUMULATOR 128(%ebx)

#define OUT   0 /* at the head of the loop */
#define INNER 1 /* .. of the inner loop */
#define STOP  2

.macro form name
    .balign 32
    .globl \name
\name:
    push %ebx
    mov 8(%esp), %ebx
    mov 12(%esp), %edx
    mov ACCUMULATOR, %eax
.endm

/* REFUND: instructions taken off the budget and not obeyed. */
.macro leave_by exit, refund
    add $\refund, %edx
    mov $\exit, %ecx
    jmp leave_form
.endm

    .text
leave_form:
    mov %eax, ACCUMULATOR
    mov %edx, %eax
    mov %ecx, %edx
    pop %ebx
    ret

/* The July program: 13 a turn, and 3 for each time round lines 6 to 8. */

/* LDN loads and negates; each block counts. */
    form july_negate
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

/* LDN subtracts from nothing; a turn counts all but the second time round
   lines 6 to 8. */
    form july_subtract
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

/* LDN after STO negates what A holds; minus A is kept in lines 14 to 18. */
    form july_carry
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

/* The same, counting a turn at once, with the jump back at its end. */
    form july_turn
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

/* Two instructions for ever. */

    form loop_turn
    sub $2, %edx
    jl 7f
    .balign 32
1:  sub LINE(3), %eax       /* 1 SUB 3 */
    sub $2, %edx            /* 2 JMP 0 */
    jge 1b
7:  leave_by OUT, 2

/* JMP loads where it leads to. */
    form loop_load
    sub $2, %edx
    jl 7f
    .balign 32
1:  sub LINE(3), %eax       /* 1 SUB 3 */
    cmpl $0, LINE(0)        /* 2 JMP 0 */
    jne 7f
    sub $2, %edx
    jge 1b
7:  leave_by OUT, 2

/* Four turns at once while there are four. */
    form loop_four
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

/* The mix: 13 a turn. */

    form mix_negate
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

/* Minus A is kept in lines 1 to 5. */
    form mix_carry
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
    form mix_straight
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

/* An instruction rewritten each turn: 5 a turn. */

/* The line that LDN names is taken from the word, which is known to be one. */
    form rewrite_index
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

/* Two turns at once while there are two: LDN 8, then LDN 7. */
    form rewrite_two
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

/* The same, asking whether the word is the one expected. */
    form rewrite_ask
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
