/* SPDX-License-Identifier: MIT */
/*
 * Entry stubs of the 256 vectors, 16 bytes apart.  Each pushes 0 if the
 * processor pushed no error code, then its vector: see struct trap_frame.
 */
        .text
        .global trap_stubs
        .balign 16
trap_stubs:
        .set    vector, 0
        .rept   256
        .balign 16
        /* The processor pushes an error code for 8, 10 to 14 and 17. */
        .if !(vector == 8 || (vector >= 10 && vector <= 14) || vector == 17)
        pushl   $0
        .endif
        pushl   $vector
        jmp     trap_common
        .set    vector, vector + 1
        .endr

trap_common:
        pusha
        cld
        pushl   %esp
        call    trap_dispatch
        addl    $4, %esp
        popa
        addl    $8, %esp                /* vector and error code */
        iret

        .section .note.GNU-stack, "", @progbits
