/* SPDX-License-Identifier: MIT */
/*
 * The stack of the kernel while ring 3 runs:
 *
 *      arguments, return address
 *      callee-saved registers and EFLAGS
 *      trap frame, pushed by a trap from ring 3  <- esp0 of the task state
 */
        .set    SELECTOR_USER_CODE, 0x33        /* see gdt.h */
        .set    SELECTOR_USER_DATA, 0x3B
        .set    REGISTERS, 6 * 4                /* offset of the argument */
        .set    EIP, 0                          /* in struct user_registers */
        .set    ESP, 4
        .set    EAX, 8
        .set    EFLAGS, 12
        .set    IF, 1 << 9

        .text
        .global user_enter, user_leave
user_enter:
        pushl   %ebp
        pushl   %ebx
        pushl   %esi
        pushl   %edi
        pushfl
        call    segments_trap_stack
        movl    REGISTERS(%esp), %esi
        cli
        movl    %esp, (%eax)

        /* What IRET pops: EIP, CS, EFLAGS, ESP, SS. */
        movl    (%esp), %edx
        andl    $IF, %edx
        orl     EFLAGS(%esi), %edx
        pushl   $SELECTOR_USER_DATA
        pushl   ESP(%esi)
        pushl   %edx
        pushl   $SELECTOR_USER_CODE
        pushl   EIP(%esi)

        movl    EAX(%esi), %eax
        movl    $SELECTOR_USER_DATA, %edx
        movl    %edx, %ds
        movl    %edx, %es
        xorl    %edx, %edx
        movl    %edx, %fs
        movl    %edx, %gs
        xorl    %ebx, %ebx
        xorl    %ecx, %ecx
        xorl    %esi, %esi
        xorl    %edi, %edi
        xorl    %ebp, %ebp
        iret

        /* Called with interrupts disabled, in a trap handler. */
user_leave:
        call    segments_trap_stack
        movl    (%eax), %esp
        popfl
        popl    %edi
        popl    %esi
        popl    %ebx
        popl    %ebp
        ret

        .section .note.GNU-stack, "", @progbits
