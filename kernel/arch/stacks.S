/* SPDX-License-Identifier: MIT */
/*
 * The kernel's stack and the stack of the double fault task.  Paging unmaps the
 * page below each (memory_protection.c), so that an overflow faults.
 */
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
