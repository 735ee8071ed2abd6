/* SPDX-License-Identifier: MIT */
/* Information from the boot loader (Multiboot Specification 0.6.96, 3.3). */
#pragma once

#include "memory_map.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOOT_MODULES_MAX  640      /* modules beyond this are only counted */
#define BOOT_COMMAND_SIZE 512      /* bytes, including the terminating zero */
#define BOOT_MODULE_KEPT  0x10000u /* bytes of each module that are kept */
#define BOOT_NAME_SIZE    32

struct boot_module {
    const char *text;          /* contents, or NULL if empty or invalid */
    size_t size;               /* size in bytes, or 0 if invalid */
    char name[BOOT_NAME_SIZE]; /* file name without directories; may be "" */
};

/* Returns how many bytes of MODULE are preserved; the rest counts as free. */
static inline size_t boot_module_kept(const struct boot_module *module)
{
    return module->size < BOOT_MODULE_KEPT ? module->size : BOOT_MODULE_KEPT;
}

enum boot_screen_kind {
    BOOT_SCREEN_UNKNOWN, /* not reported by the loader */
    BOOT_SCREEN_TEXT,
    BOOT_SCREEN_GRAPHICS, /* graphics mode; `pixels` may be unusable */
};

/* Bit field of one colour in a pixel.  Bit 0 is the least significant. */
struct colour_field {
    uint8_t position, size;
};

/* Framebuffer reported by the loader, validated by framebuffer_is_usable(). */
struct boot_pixels {
    uint64_t address; /* physical address, or 0 if unknown or in RAM */
    uint32_t pitch;   /* bytes per scan line */
    uint32_t width, height;
    uint8_t bits; /* bits per pixel, including unused ones */
    struct colour_field red, green, blue;
};

struct boot_screen {
    enum boot_screen_kind kind;
    struct boot_pixels pixels; /* valid for BOOT_SCREEN_GRAPHICS */
};

struct boot_information {
    bool valid;                      /* true if started by a Multiboot loader */
    char command[BOOT_COMMAND_SIZE]; /* QEMU puts the kernel's path first */
    bool command_cut;                /* true if `command` was truncated */
    bool bios_drive;                 /* true if a BIOS drive was reported */
    bool floppy;                     /* true if that is the first floppy */
    struct boot_screen screen;
    char loader[BOOT_NAME_SIZE]; /* name of the boot loader; may be "" */
    unsigned modules;
    unsigned modules_dropped; /* number of modules beyond BOOT_MODULES_MAX */
    /* modules that overlap the kernel or start outside free memory */
    unsigned modules_invalid;
    struct boot_module module[BOOT_MODULES_MAX];
    struct memory memory; /* kernel, modules and loader data are MEMORY_TAKEN */
};

/* Copies the boot loader's information, which is not trusted.  MAGIC and
   ADDRESS are EAX and EBX at kernel entry.  The kernel occupies memory from 1
   MB to KERNEL_END.  Modules are left where they are. */
void multiboot_read(struct boot_information *boot, uint32_t magic,
                    uint32_t address, uint32_t kernel_end);
