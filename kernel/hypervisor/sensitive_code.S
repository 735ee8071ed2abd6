/* SPDX-License-Identifier: MIT */
/*
 * Instructions to be tried in ring 3.  Each routine ends with USER_CALL_DONE in
 * EAX, and with what its instruction read in EDX.  The stack has a few words.
 */
        .set    VECTOR_CALL, 64         /* see arch/traps.h */
        .set    USER_CALL_DONE, 0       /* see user_mode.h */

        .macro  begin name
        .global sensitive_\name
sensitive_\name:
        xorl    %edx, %edx
        .endm

        .macro  end
        movl    $USER_CALL_DONE, %eax
        int     $VECTOR_CALL
        .endm

        /* Stores the base of a descriptor table. */
        .macro  base name
        begin   \name
        subl    $8, %esp
        \name   2(%esp)
        movl    4(%esp), %edx
        end
        .endm

        /* Stores 16 bits of a system register. */
        .macro  word name, instruction:vararg
        begin   \name
        \instruction
        movzwl  %ax, %edx
        end
        .endm

        .section .user.text, "ax"

begin cli
        cli
end
begin sti
        sti
end
begin hlt
        hlt
end
begin write_cr0
        movl    %eax, %cr0
end
begin read_cr0
        movl    %cr0, %edx
end
begin in
        inb     $0x80, %al
end
begin out
        outb    %al, $0x80
end
begin lgdt
        lgdt    -8(%esp)
end
        /* Tries to clear the interrupt flag. */
begin popf
        pushfl
        andl    $~(1 << 9), (%esp)
        popfl
end
begin pushf
        pushfl
        popl    %edx
end
base sgdt
base sidt
word sldt, sldt %ax
word str, str %ax
word smsw, smsw %ax
        /* Reads the descriptor of its own data segment, which has the ring. */
begin lar
        movl    $0x3B, %eax             /* SELECTOR_USER_DATA in gdt.h */
        lar     %eax, %edx
end
        /* Finds out whether it can read the kernel's data segment. */
begin verr
        movl    $0x10, %eax             /* SELECTOR_DATA */
        verr    %ax
        setz    %dl
end
word cs, movw %cs, %ax

        .section .note.GNU-stack, "", @progbits
