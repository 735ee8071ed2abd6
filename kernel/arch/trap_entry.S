/* SPDX-License-Identifier: MIT */
/*
 * One entry stub for each of the 256 vectors, 16 bytes apart; each pushes
 * its number, under the error code or a zero in its place, so that struct
 * trap_frame always has the same shape.
 */
        .text
        .global trap_stubs
        .balign 16
trap_stubs:
        .set    vector, 0
        .rept   256
        .balign 16
        /* Double fault, 10 to 14 and 17 have the processor push a code. */
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

/* void gdt_load(const struct segments_table *): segments as in gdt.c. */
        .global gdt_load
gdt_load:
        movl    4(%esp), %eax
        lgdt    (%eax)
        ljmp    $0x08, $1f
1:      movl    $0x10, %eax
        movl    %eax, %ds
        movl    %eax, %es
        movl    %eax, %fs
        movl    %eax, %gs
        movl    %eax, %ss
        ret

        .section .note.GNU-stack, "", @progbits
