/* SPDX-License-Identifier: MIT */
/* Kernel and double fault stacks, each above an unmapped guard page. */
        .set STACK,       16384
        .set FAULT_STACK, 8192

        .section .bss
        .global stack_guard, stack_top, fault_stack_guard, fault_stack_top
        .balign 4096
stack_guard:
        .skip   4096
        .skip   STACK
stack_top:
fault_stack_guard:
        .skip   4096
        .skip   FAULT_STACK
fault_stack_top:

        .section .note.GNU-stack, "", @progbits
