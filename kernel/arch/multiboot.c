/* SPDX-License-Identifier: MIT */
/*
 * Loaders differ: QEMU puts the kernel's path before the options and the
 * module's path before its string; GRUB gives neither, so its menu file
 * writes the module's name again; a module of no bytes arrives at address 0.
 */
#include "multiboot.h"
#include <string.h>

#define LOADER_MAGIC 0x2BADB002u

#define HAS_MEMORY      (1u << 0)
#define HAS_DRIVE       (1u << 1)
#define HAS_COMMAND     (1u << 2)
#define HAS_MODULES     (1u << 3)
#define HAS_MAP         (1u << 6)
#define HAS_LOADER      (1u << 9)
#define HAS_FRAMEBUFFER (1u << 12)

#define FRAMEBUFFER_RGB      1
#define FRAMEBUFFER_EGA_TEXT 2

#define MEGABYTE 0x100000u

extern const char kernel_end[]; /* from linker.ld */

struct information {
    uint32_t flags;
    uint32_t memory_lower, memory_upper; /* KB, from 0 and from 1 MB on */
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
    uint8_t fields[8]; /* of FRAMEBUFFER_RGB */
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

static void copy_loader(struct boot_information *boot, const char *from)
{
    for (size_t i = 0; from[i] != '\0' && i < BOOT_NAME_SIZE - 1; i++)
        boot->loader[i] = from[i] >= ' ' && from[i] <= '~' ? from[i] : '?';
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

static void take(struct boot_information *boot, uint32_t start, size_t length)
{
    memory_add(&boot->memory, MEMORY_TAKEN, start, length);
}

static void take_string(struct boot_information *boot, uint32_t string)
{
    if (string != 0)
        take(boot, string, strlen((const char *)string) + 1);
}

/* Only those kept: nobody reads the others. */
static void take_modules(struct boot_information *boot, uint32_t address)
{
    const struct module *from = (const struct module *)address;

    take(boot, address, boot->modules * sizeof *from);
    for (unsigned i = 0; i < boot->modules; i++) {
        take(boot, from[i].start, boot->module[i].size);
        take_string(boot, from[i].string);
    }
}

/* Old BIOSes have no map, and tell only how far memory reaches without a
   hole; nor is a map to be trusted that is none. */
static void find_memory(struct boot_information *boot,
                        const struct information *from)
{
    bool mapped = from->flags & HAS_MAP &&
                  memory_add_map(&boot->memory, (const void *)from->map_address,
                                 from->map_length);

    if (!mapped && from->flags & HAS_MEMORY)
        memory_add(&boot->memory, MEMORY_FREE, MEGABYTE,
                   (uint64_t)from->memory_upper * 1024);
    take(boot, 0, (uint32_t)kernel_end);
    take(boot, (uint32_t)from, sizeof *from);
    if (from->flags & HAS_MAP)
        take(boot, from->map_address, from->map_length);
    if (from->flags & HAS_COMMAND)
        take_string(boot, from->command);
    if (from->flags & HAS_LOADER)
        take_string(boot, from->loader_name);
    if (from->flags & HAS_MODULES)
        take_modules(boot, from->modules_address);
}

static uint32_t bits_of(struct colour_field field)
{
    if (field.size == 0 || field.size > 16 || field.position > 32 - field.size)
        return 0;
    return ((1u << field.size) - 1) << field.position;
}

/* Takes the places of the colours; false: they make no sense. */
static bool take_fields(struct boot_pixels *pixels, const uint8_t fields[6])
{
    pixels->red = (struct colour_field){fields[0], fields[1]};
    pixels->green = (struct colour_field){fields[2], fields[3]};
    pixels->blue = (struct colour_field){fields[4], fields[5]};

    uint32_t red = bits_of(pixels->red), green = bits_of(pixels->green);
    uint32_t blue = bits_of(pixels->blue);

    return red != 0 && green != 0 && blue != 0 && (red & green) == 0 &&
           (red & blue) == 0 && (green & blue) == 0;
}

static void find_screen(struct boot_screen *screen,
                        const struct information *from)
{
    if (!(from->flags & HAS_FRAMEBUFFER)) {
        screen->kind = BOOT_SCREEN_UNTOLD;
        return;
    }
    if (from->framebuffer_type == FRAMEBUFFER_EGA_TEXT) {
        screen->kind = BOOT_SCREEN_TEXT;
        return;
    }
    screen->kind = BOOT_SCREEN_GRAPHICS;
    if (from->framebuffer_type != FRAMEBUFFER_RGB)
        return;
    screen->pixels = (struct boot_pixels){
        .address = from->framebuffer_address,
        .pitch = from->framebuffer_pitch,
        .width = from->framebuffer_width,
        .height = from->framebuffer_height,
        .bits = from->framebuffer_bits,
    };
    /* GRUB leaves two bytes free before them, the specification none. */
    if (!take_fields(&screen->pixels, from->fields + 2))
        take_fields(&screen->pixels, from->fields);
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
    if (from->flags & HAS_LOADER)
        copy_loader(boot, (const char *)from->loader_name);
    if (from->flags & HAS_MODULES)
        copy_modules(boot, (const struct module *)from->modules_address,
                     from->modules);
    boot->bios_drive = from->flags & HAS_DRIVE;
    find_memory(boot, from);
    find_screen(&boot->screen, from);
}
