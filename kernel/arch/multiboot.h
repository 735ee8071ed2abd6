/* SPDX-License-Identifier: MIT */
/*
 * What the boot loader hands over (Multiboot Specification 0.6.96, 3.3).
 */
#ifndef ARCH_MULTIBOOT_H
#define ARCH_MULTIBOOT_H

#include "memory_map.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOOT_MODULES_MAX  640      /* those beyond are counted, not kept */
#define BOOT_COMMAND_SIZE 512      /* bytes, with the ending zero */
#define BOOT_MODULE_KEPT  0x10000u /* bytes of a module that may be read */
#define BOOT_NAME_SIZE    32

struct boot_module {
    const char *text; /* NULL only if SIZE is 0; then it may be one astray */
    size_t size;
    char name[BOOT_NAME_SIZE]; /* file name without its folder; may be "" */
};

/* How many bytes of MODULE stay as they are; the memory of others is free. */
static inline size_t boot_module_kept(const struct boot_module *module)
{
    return module->size < BOOT_MODULE_KEPT ? module->size : BOOT_MODULE_KEPT;
}

enum boot_screen_kind {
    BOOT_SCREEN_UNTOLD, /* old VGAs, and loaders that do not say */
    BOOT_SCREEN_TEXT,
    BOOT_SCREEN_GRAPHICS, /* there is no text; pixels may be out of reach */
};

/* Bits of a pixel, the least significant being 0. */
struct colour_field {
    uint8_t position, size;
};

/* As told, which may be nonsense: framebuffer_start() judges. */
struct boot_pixels {
    uint64_t address; /* 0 where none is told, or memory is there */
    uint32_t pitch;   /* bytes from one line to the next */
    uint32_t width, height;
    uint8_t bits; /* a pixel takes, with those unused */
    struct colour_field red, green, blue;
};

struct boot_screen {
    enum boot_screen_kind kind;
    struct boot_pixels pixels; /* of BOOT_SCREEN_GRAPHICS */
};

struct boot_information {
    bool valid;                      /* a Multiboot loader started us */
    char command[BOOT_COMMAND_SIZE]; /* QEMU's begins with the kernel's path */
    bool command_cut;                /* the loader's line was longer */
    bool bios_drive;                 /* from a drive that a BIOS numbers */
    struct boot_screen screen;
    char loader[BOOT_NAME_SIZE]; /* how it calls itself; may be "" */
    unsigned modules;
    unsigned modules_left_out;
    unsigned modules_astray; /* of MODULES: they lie on the kernel, or begin
                                where the map has no memory, or are too long */
    struct boot_module module[BOOT_MODULES_MAX];
    struct memory memory; /* kernel and modules are taken, and so is all that
                             the loader told of itself */
};

/*
 * Copies all that is needed out of the loader's memory, in which anything may
 * stand.  MAGIC and ADDRESS are EAX and EBX as at the entry; the kernel is
 * from 1 MB up to KERNEL_END.  The modules' contents stay where they are.
 */
void multiboot_read(struct boot_information *boot, uint32_t magic,
                    uint32_t address, uint32_t kernel_end);

#endif
