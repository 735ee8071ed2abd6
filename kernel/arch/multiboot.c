/* SPDX-License-Identifier: MIT */
/*
 * Pointers from the boot loader are not trusted: string lengths are limited,
 * lists must lie below 4 GiB, and modules must not overlap the kernel.  QEMU
 * prepends the kernel's path to the command line and a module's path to its
 * string.  GRUB omits both, so grub.cfg passes each module's name twice.  Empty
 * modules are at address 0.
 */
#include "multiboot.h"
#include "arch/physical.h"
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

#define MEGABYTE   0x100000u
#define STRING_MAX 4096u /* longer strings are truncated */

struct information {
    uint32_t flags;
    uint32_t memory_lower, memory_upper; /* KB above 0 and above 1 MB */
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
    uint8_t fields[8]; /* colour fields of FRAMEBUFFER_RGB */
} __attribute__((packed));

struct module {
    uint32_t start, end;
    uint32_t string;
    uint32_t reserved;
};

/* A string in the loader's memory.  LENGTH excludes the terminating zero. */
struct string {
    const char *at;
    size_t length;
};

/* Returns the number of SIZE-byte items that fit between ADDRESS and 4 GiB, or
   0 if ADDRESS is 0. */
static uint32_t room_at(uint32_t address, uint32_t size)
{
    return (0u - address) / size;
}

static struct string string_at(uint32_t address)
{
    struct string string = {(const char *)physical_bytes(address), 0};
    uint32_t room = room_at(address, 1);

    while (string.length < room && string.length < STRING_MAX &&
           string.at[string.length] != '\0')
        string.length++;
    return string;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static void copy_command(struct boot_information *boot, struct string from)
{
    size_t length = from.length;

    boot->command_cut = length > BOOT_COMMAND_SIZE - 1;
    if (boot->command_cut)
        length = BOOT_COMMAND_SIZE - 1;
    memcpy(boot->command, from.at, length);
}

/* Copies a name, truncating it and replacing control characters with '?'. */
static void copy_name(char to[BOOT_NAME_SIZE], struct string from)
{
    for (size_t i = 0; i < from.length && i < BOOT_NAME_SIZE - 1; i++)
        to[i] =
            (uint8_t)from.at[i] >= ' ' && from.at[i] != 0x7F ? from.at[i] : '?';
}

/* Returns the first word of STRING, which GRUB quotes if it has blanks, without
   the directory part of its path. */
static struct string file_name(struct string string)
{
    bool quoted = string.length > 0 && string.at[0] == '"';
    struct string name = {string.at + quoted, 0};

    for (size_t i = quoted; i < string.length; i++) {
        if (quoted ? string.at[i] == '"' : is_space(string.at[i]))
            break;
        name.length++;
        if (string.at[i] == '/')
            name = (struct string){string.at + i + 1, 0};
    }
    return name;
}

static struct module module_at(const struct information *from, unsigned i)
{
    struct module module;

    memcpy(&module, physical_bytes(from->modules_address) + i * sizeof module,
           sizeof module);
    return module;
}

/* If there is a memory map, a module's first page must be free.  The last need
   not be, because QEMU lets a long module reach into reserved memory.  Pages
   below 1 MB are not checked, as free memory there may end within a page. */
static bool is_plausible(const struct module *module, bool mapped,
                         const struct memory *memory, uint32_t kernel_end)
{
    uint32_t page = module->start - module->start % MEMORY_PAGE;

    if (module->start < MEMORY_PAGE ||
        (module->start < kernel_end && module->end > MEGABYTE))
        return false;
    return !mapped || page < MEGABYTE ||
           memory_is_free(memory, page, page + MEMORY_PAGE);
}

static void add_module(struct boot_information *boot, const struct module *from,
                       bool mapped, uint32_t kernel_end)
{
    struct boot_module *module = &boot->module[boot->modules++];

    copy_name(module->name, file_name(string_at(from->string)));
    if (from->start >= from->end)
        return;
    if (!is_plausible(from, mapped, &boot->memory, kernel_end)) {
        boot->modules_invalid++;
        return;
    }
    module->text = (const char *)physical_bytes(from->start);
    module->size = from->end - from->start;
}

static void add_modules(struct boot_information *boot,
                        const struct information *from, bool mapped,
                        uint32_t kernel_end)
{
    uint32_t room = room_at(from->modules_address, sizeof(struct module));

    for (unsigned i = 0; i < from->modules && i < room && i < BOOT_MODULES_MAX;
         i++) {
        struct module module = module_at(from, i);

        add_module(boot, &module, mapped, kernel_end);
    }
    boot->modules_dropped = from->modules - boot->modules;
}

static void reserve(struct boot_information *boot, uint32_t start,
                    size_t length)
{
    memory_add(&boot->memory, MEMORY_TAKEN, start, length);
}

static void reserve_string(struct boot_information *boot, uint32_t string)
{
    if (string != 0)
        reserve(boot, string, string_at(string).length + 1);
}

static void reserve_modules(struct boot_information *boot,
                            const struct information *from)
{
    reserve(boot, from->modules_address, boot->modules * sizeof(struct module));
    for (unsigned i = 0; i < boot->modules; i++) {
        struct module module = module_at(from, i);

        reserve(boot, module.start, boot_module_kept(&boot->module[i]));
        reserve_string(boot, module.string);
    }
}

/* Reads the memory map and returns true if it is valid.  Otherwise, as with old
   BIOSes, only the size up to the first hole above 1 MB is known. */
static bool find_memory(struct memory *memory, const struct information *from)
{
    bool mapped = from->flags & HAS_MAP &&
                  from->map_length <= room_at(from->map_address, 1) &&
                  memory_add_map(memory, physical_bytes(from->map_address),
                                 from->map_length);

    if (!mapped && from->flags & HAS_MEMORY)
        memory_add(memory, MEMORY_FREE, MEGABYTE,
                   (uint64_t)from->memory_upper * 1024);
    return mapped;
}

/* Reserves the kernel's and loader's memory, which the map may show as free. */
static void reserve_all(struct boot_information *boot,
                        const struct information *from, uint32_t address,
                        uint32_t kernel_end)
{
    reserve(boot, 0, kernel_end);
    reserve(boot, address, sizeof *from);
    if (from->flags & HAS_MAP)
        reserve(boot, from->map_address, from->map_length);
    if (from->flags & HAS_COMMAND)
        reserve_string(boot, from->command);
    if (from->flags & HAS_LOADER)
        reserve_string(boot, from->loader_name);
    if (from->flags & HAS_MODULES)
        reserve_modules(boot, from);
}

static uint32_t bits_of(struct colour_field field)
{
    if (field.size == 0 || field.size > 16 || field.position > 32 - field.size)
        return 0;
    return ((1u << field.size) - 1) << field.position;
}

/* Returns false if any colour field is invalid or overlaps another. */
static bool read_colours(struct boot_pixels *pixels, const uint8_t fields[6])
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
        screen->kind = BOOT_SCREEN_UNKNOWN;
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
    /* GRUB inserts two bytes of padding that are not in the specification. */
    if (!read_colours(&screen->pixels, from->fields + 2))
        read_colours(&screen->pixels, from->fields);
}

/* Rejects a framebuffer in RAM, where drawing would overwrite data. */
static void check_place(struct boot_pixels *pixels, const struct memory *memory)
{
    uint64_t size = (uint64_t)pixels->pitch * pixels->height;

    if (memory_is_in_use(memory, pixels->address, size))
        pixels->address = 0;
}

void multiboot_read(struct boot_information *boot, uint32_t magic,
                    uint32_t address, uint32_t kernel_end)
{
    struct information from;

    memset(boot, 0, sizeof *boot);
    boot->valid = magic == LOADER_MAGIC && room_at(address, sizeof from) > 0;
    if (!boot->valid)
        return;
    memcpy(&from, physical_bytes(address), sizeof from);
    if (from.flags & HAS_COMMAND)
        copy_command(boot, string_at(from.command));
    if (from.flags & HAS_LOADER)
        copy_name(boot->loader, string_at(from.loader_name));
    bool mapped = find_memory(&boot->memory, &from);

    if (from.flags & HAS_MODULES)
        add_modules(boot, &from, mapped, kernel_end);
    boot->bios_drive = from.flags & HAS_DRIVE;
    boot->floppy = boot->bios_drive && from.boot_device >> 24 == 0;
    reserve_all(boot, &from, address, kernel_end);
    find_screen(&boot->screen, &from);
    check_place(&boot->screen.pixels, &boot->memory);
}
