/* SPDX-License-Identifier: MIT */
/*
 * The boot loader's information (Multiboot Specification 0.6.96, 3.3).
 */
#pragma once

#include "memory_map.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOOT_MODULES_MAX  640      /* further modules are only counted */
#define BOOT_COMMAND_SIZE 512      /* bytes, including the final zero */
#define BOOT_MODULE_KEPT  0x10000u /* bytes of a module that are preserved */
#define BOOT_NAME_SIZE    32

struct boot_module {
    const char *text;          /* NULL if empty or invalid */
    size_t size;               /* bytes; 0 if invalid */
    char name[BOOT_NAME_SIZE]; /* file name without folders; may be "" */
};

/* Returns the preserved bytes of MODULE; its other memory counts as free. */
static inline size_t boot_module_kept(const struct boot_module *module)
{
    return module->size < BOOT_MODULE_KEPT ? module->size : BOOT_MODULE_KEPT;
}

enum boot_screen_kind {
    BOOT_SCREEN_UNKNOWN, /* the loader does not report the screen */
    BOOT_SCREEN_TEXT,
    BOOT_SCREEN_GRAPHICS, /* no text mode; PIXELS may be unusable */
};

/* Bits of a pixel; bit 0 is the least significant. */
struct colour_field {
    uint8_t position, size;
};

/* Unchecked except for ADDRESS: see framebuffer_is_usable(). */
struct boot_pixels {
    uint64_t address; /* 0 if unknown or in RAM */
    uint32_t pitch;   /* bytes from one line to the next */
    uint32_t width, height;
    uint8_t bits; /* per pixel, including unused bits */
    struct colour_field red, green, blue;
};

struct boot_screen {
    enum boot_screen_kind kind;
    struct boot_pixels pixels; /* for BOOT_SCREEN_GRAPHICS */
};

struct boot_information {
    bool valid;                      /* started by a Multiboot loader */
    char command[BOOT_COMMAND_SIZE]; /* from QEMU: kernel's path comes first */
    bool command_cut;                /* command line was truncated */
    bool bios_drive;                 /* the loader reported a BIOS drive */
    struct boot_screen screen;
    char loader[BOOT_NAME_SIZE]; /* loader's name; may be "" */
    unsigned modules;
    unsigned modules_dropped; /* beyond BOOT_MODULES_MAX */
    unsigned modules_invalid; /* of MODULES: overlap the kernel, or begin
                                outside free memory */
    struct boot_module module[BOOT_MODULES_MAX];
    struct memory memory; /* kernel, modules and loader's data are taken */
};

/* Copies the loader's information, which need not be valid.  MAGIC and ADDRESS
   are EAX and EBX at the entry; the kernel occupies 1 MB to KERNEL_END.  The
   modules' contents are not moved. */
void multiboot_read(struct boot_information *boot, uint32_t magic,
                    uint32_t address, uint32_t kernel_end);
