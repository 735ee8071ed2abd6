/* SPDX-License-Identifier: MIT */
/*
 * Multiboot 1 header and kernel entry point.  At entry, EAX is 0x2BADB002 and
 * EBX points to the loader's information.  Segments are flat and 32-bit, A20 is
 * enabled, paging and interrupts are off, and ESP, GDTR and IDTR are undefined
 * (Multiboot 0.6.96, 3.2).
 */

        .set MAGIC,       0x1BADB002
        .set PAGE_ALIGN,  1 << 0        /* align modules to pages */
        .set MEMORY_INFO, 1 << 1
        .set VIDEO_MODE,  1 << 2        /* graphics fields are valid */
        .set FLAGS,       PAGE_ALIGN | MEMORY_INFO | VIDEO_MODE

        /* Makes GRUB keep VGA text under a BIOS and set up a framebuffer under
           UEFI, which has no text mode. */
        .set TEXT_PREFERRED, 1

        /* CD, NW, EM and TS: some firmware leaves the caches disabled.  A 386
           has no CD and NW and ignores zeros written to them. */
        .set CR0_UNWANTED, 1 << 30 | 1 << 29 | 1 << 3 | 1 << 2

        .section .multiboot, "a"
        .balign 4
        .long   MAGIC, FLAGS, -(MAGIC + FLAGS)
        .long   0, 0, 0, 0, 0           /* load addresses, unused for ELF */
        .long   TEXT_PREFERRED, 0, 0, 0 /* any width, height and depth */

        .section .text
        .global start
start:
        cli
        movl    $stack_top, %esp
        pushl   $0                      /* clear EFLAGS */
        popfl
        movl    %eax, %esi
        movl    %cr0, %eax
        andl    $~(CR0_UNWANTED), %eax
        movl    %eax, %cr0

        /* Clear .bss, because v86 does not and its RAM survives a reset. */
        movl    $bss_start, %edi
        movl    $kernel_end, %ecx
        subl    %edi, %ecx
        xorl    %eax, %eax
        rep stosb

        /* Call kmain(magic, information) with the stack aligned to 16 bytes. */
        xorl    %ebp, %ebp
        subl    $8, %esp
        pushl   %ebx
        pushl   %esi
        call    kmain
1:      cli
        hlt
        jmp     1b

        .section .note.GNU-stack, "", @progbits
