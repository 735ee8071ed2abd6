/* SPDX-License-Identifier: MIT */
/* Built-in programs in the order listed on the screen; see boot/README.md. */
#if __SIZEOF_POINTER__ == 8
#define pointer .quad
#else
#define pointer .long
#endif

        .macro  program name
        .pushsection .rodata.text
1:      .asciz  "\name"
2:      .incbin "boot/programs/\name\().asm"
3:
        .popsection
        pointer 1b, 2b, 3b
        .endm

        .section .rodata
        .balign __SIZEOF_POINTER__
        .global builtin_programs, builtin_programs_end
builtin_programs:
        program "ducks"
        program "helix"
        program "july1948"
        program "july1948-989"
        program "june1948"
        program "lecture"
        program "hcf"
        program "longdivision"
        program "fibonacci"
        program "squareroot"
        program "primes"
builtin_programs_end:

        .section .note.GNU-stack, "", @progbits
