/* SPDX-License-Identifier: MIT */
/* Entry stubs for the 256 vectors, 16 bytes apart, which push a trap_frame. */
        .set    RING, 3                 /* see gdt.h */
        .set    SELECTOR_USER_DATA, 0x3B
        .set    FRAME_CS, 11 * 4        /* see traps.h */

        .text
        .global trap_stubs
        .balign 16
trap_stubs:
        .set    vector, 0
        .rept   256
        .balign 16
        /* Only vectors 8, 10 to 14 and 17 have an error code. */
        .if !(vector == 8 || (vector >= 10 && vector <= 14) || vector == 17)
        pushl   $0
        .endif
        pushl   $vector
        jmp     trap_common
        .set    vector, vector + 1
        .endr

        /* Ring 3 may have loaded any selectors.  The stack segment is flat, as
           the kernel's data segment. */
trap_common:
        pusha
        cld
        pushl   %ss
        popl    %ds
        pushl   %ss
        popl    %es
        pushl   %esp
        call    trap_dispatch
        addl    $4, %esp
        testl   $RING, FRAME_CS(%esp)
        jz      1f
        movl    $SELECTOR_USER_DATA, %eax
        movl    %eax, %ds
        movl    %eax, %es
1:      popa
        addl    $8, %esp                /* drop vector and error code */
        iret

        .section .note.GNU-stack, "", @progbits
