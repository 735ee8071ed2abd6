/* SPDX-License-Identifier: MIT */
/*
 * Loaders differ: QEMU puts the kernel's path before the options and the
 * module's path before its string; GRUB gives neither, so its menu file
 * writes the module's name again; a module of no bytes arrives at address 0.
 */
#include "multiboot.h"
#include <string.h>

#define LOADER_MAGIC 0x2BADB002u

#define HAS_COMMAND     (1u << 2)
#define HAS_MODULES     (1u << 3)
#define HAS_FRAMEBUFFER (1u << 12)

#define FRAMEBUFFER_EGA_TEXT 2

struct information {
    uint32_t flags;
    uint32_t memory_lower, memory_upper;
    uint32_t boot_device;
    uint32_t command;
    uint32_t modules, modules_address;
    uint32_t symbols[4];
    uint32_t map_length, map_address;
    uint32_t drives_length, drives_address;
    uint32_t config_table, loader_name, apm_table;
    uint32_t vbe[4];
    uint64_t framebuffer_address;
    uint32_t framebuffer_pitch, framebuffer_width, framebuffer_height;
    uint8_t framebuffer_bits, framebuffer_type;
} __attribute__((packed));

struct module {
    uint32_t start, end;
    uint32_t string;
    uint32_t reserved;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void copy_command(struct boot_information *boot, const char *from)
{
    size_t length = 0;

    while (from[length] != '\0' && length < BOOT_COMMAND_SIZE - 1) {
        boot->command[length] = from[length];
        length++;
    }
    boot->command[length] = '\0';
    boot->command_cut = from[length] != '\0';
}

/* The first word of STRING without its folder. */
static void name_module(struct boot_module *module, const char *string)
{
    const char *name = string;
    size_t length = 0;

    for (const char *at = string; *at != '\0' && !is_blank(*at); at++)
        if (*at == '/')
            name = at + 1;
    while (name[length] != '\0' && !is_blank(name[length]) &&
           length < BOOT_NAME_SIZE - 1) {
        module->name[length] = name[length];
        length++;
    }
    module->name[length] = '\0';
}

static void copy_modules(struct boot_information *boot,
                         const struct module *from, unsigned count)
{
    for (unsigned i = 0; i < count && i < BOOT_MODULES_MAX; i++) {
        struct boot_module *module = &boot->module[i];
        const char *string = (const char *)from[i].string;

        module->text = (const char *)from[i].start;
        module->size = 0;
        if (from[i].end > from[i].start)
            module->size = from[i].end - from[i].start;
        name_module(module, string == NULL ? "" : string);
        boot->modules++;
    }
    boot->modules_left_out = count - boot->modules;
}

void multiboot_read(struct boot_information *boot, uint32_t magic,
                    uint32_t address)
{
    const struct information *from = (const struct information *)address;

    memset(boot, 0, sizeof *boot);
    boot->valid = magic == LOADER_MAGIC;
    if (!boot->valid)
        return;
    if (from->flags & HAS_COMMAND)
        copy_command(boot, (const char *)from->command);
    if (from->flags & HAS_MODULES)
        copy_modules(boot, (const struct module *)from->modules_address,
                     from->modules);
    boot->graphics = (from->flags & HAS_FRAMEBUFFER) &&
                     from->framebuffer_type != FRAMEBUFFER_EGA_TEXT;
}
