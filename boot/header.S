/* SPDX-License-Identifier: MIT */
/*
 * The Multiboot 1 header and the first instructions.
 *
 * GRUB menu entry that boots this file:
 *     menuentry "Baby" { multiboot /boot/baby.elf }
 *
 * The loader leaves flat 32-bit segments, A20 on, paging and interrupts off,
 * EAX = 0x2BADB002, EBX = the information block; ESP and the descriptor
 * tables are not to be relied on (Multiboot 0.6.96, 3.2).
 */

        .set MAGIC,       0x1BADB002
        .set PAGE_ALIGN,  1 << 0        /* modules on page boundaries */
        .set MEMORY_INFO, 1 << 1
        .set VIDEO_MODE,  1 << 2        /* the graphics fields count */
        .set FLAGS,       PAGE_ALIGN | MEMORY_INFO | VIDEO_MODE

        /* "Text, if it can be had": under a BIOS GRUB then keeps VGA text,
           under UEFI, which has none, it hands over a framebuffer. */
        .set TEXT_PREFERRED, 1

        /* Cache Disable, Not Write-through, Emulation, Task Switched: some
           firmware and emulators hand over with caches off.  A 386 has no
           CD and NW and ignores the writing of zeros. */
        .set CR0_UNWANTED, 1 << 30 | 1 << 29 | 1 << 3 | 1 << 2

        .set STACK,       16384
        .set FAULT_STACK, 8192          /* of a double fault */

        .section .multiboot, "a"
        .balign 4
        .long   MAGIC, FLAGS, -(MAGIC + FLAGS)
        .long   0, 0, 0, 0, 0           /* addresses: the ELF headers say */
        .long   TEXT_PREFERRED, 0, 0, 0 /* any width, height and depth */

        .section .text
        .global start
start:
        cli
        movl    $stack_top, %esp
        pushl   $0                      /* no flag is to be relied on */
        popfl

        /* Keep what the loader said while CR0 is mended. */
        movl    %eax, %esi
        movl    %cr0, %eax
        andl    $~(CR0_UNWANTED), %eax
        movl    %eax, %cr0

        /* What has no contents in the file is to be zeros; v86, where memory
           keeps what it held before a reset, leaves it as it was. */
        movl    $bss_start, %edi
        movl    $kernel_end, %ecx
        subl    %edi, %ecx
        xorl    %eax, %eax
        rep stosb

        /* kmain(magic, information); the stack stays aligned to 16 bytes. */
        xorl    %ebp, %ebp
        subl    $8, %esp
        pushl   %ebx
        pushl   %esi
        call    kmain
1:      cli
        hlt
        jmp     1b

        /* Below each stack lies a page that paging takes away. */
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
