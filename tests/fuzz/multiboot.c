/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes the Multiboot parser with arbitrary boot information, strings, module
 * lists and memory maps at any address.  Accepted pointers must lie within the
 * memory provided by the input, no program may overlap the kernel, and memory
 * used by boot data must not be allocated.
 *
 * The PC has 4 GiB of memory, which is zero except for the areas placed by the
 * input.
 */
#define _GNU_SOURCE
#include "fuzz.h"
#include <sys/mman.h>

#include "arch/memory_map.c"
#include "arch/multiboot.c"
#include "boot/programs.h"
#include "platform/boot_warnings.c"
#include "drivers/framebuffer.h"
#include "platform/boot_programs.c"
#include "tests/lib/whole.h"

#define ADDRESSES  (1ull << 32)
#define KERNEL_END 0x240000u
#define HISTORY    (16u << 20)
#define PIECES_MAX 24
#define WRITTEN    PIECES_MAX
#define READ_MAX   65536u

static uint8_t *physical; /* the simulated PC's memory */

/* Provides an empty list of built-in programs. */
__asm__(".globl builtin_programs, builtin_programs_end\n"
        "builtin_programs:\n"
        "builtin_programs_end:\n");

const uint8_t *physical_bytes(uint32_t address)
{
    return physical + address;
}

static void map(void)
{
    if (physical != NULL)
        return;
    physical = mmap(NULL, ADDRESSES + MEMORY_PAGE, PROT_NONE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    MUST(physical != MAP_FAILED);
    MUST(mprotect(physical, ADDRESSES, PROT_READ) == 0);
}

static struct {
    uint8_t *page;
    size_t size;
} written[WRITTEN];
static unsigned writes;

/* Copies SIZE bytes to ADDRESS, stopping at the end of the address space. */
static void place(uint32_t address, const void *bytes, size_t size)
{
    if (size > ADDRESSES - address)
        size = (size_t)(ADDRESSES - address);
    size_t offset = address % MEMORY_PAGE;
    uint8_t *page = physical + address - offset;

    MUST(writes < WRITTEN);
    MUST(mprotect(page, offset + size, PROT_READ | PROT_WRITE) == 0);
    memcpy(page + offset, bytes, size);
    MUST(mprotect(page, offset + size, PROT_READ) == 0);
    written[writes].page = page;
    written[writes++].size =
        (offset + size + MEMORY_PAGE - 1) & ~(size_t)(MEMORY_PAGE - 1);
}

static void clear_pieces(void)
{
    while (writes > 0) {
        writes--;
        MUST(madvise(written[writes].page, written[writes].size,
                     MADV_DONTNEED) == 0);
    }
}

static void read_pieces(struct input *input)
{
    for (unsigned i = 0; i < PIECES_MAX && input->left > 0; i++) {
        uint32_t address = input_word(input);
        size_t size = input_byte(input) | (size_t)input_byte(input) << 8;

        if (size > input->left)
            size = input->left;
        place(address, input->at, size);
        input->at += size;
        input->left -= size;
    }
}

static struct boot_information boot;
static struct library library;

static bool overlap(uint64_t start, uint64_t end, struct range range)
{
    return start < range.end && end > range.start;
}

static void check_modules(struct range share)
{
    unsigned astray = 0;

    MUST(boot.modules <= BOOT_MODULES_MAX);
    for (unsigned i = 0; i < boot.modules; i++) {
        const struct boot_module *module = &boot.module[i];
        uint64_t start = (uint64_t)((const uint8_t *)module->text - physical);

        MUST(memchr(module->name, '\0', BOOT_NAME_SIZE) != NULL);
        for (const char *at = module->name; *at != '\0'; at++)
            MUST((uint8_t)*at > ' ' && *at != 0x7F && *at != '/');
        astray += module->size == 0;
        if (module->size == 0)
            continue;
        MUST(module->text != NULL && start >= MEMORY_PAGE);
        MUST(start + module->size < ADDRESSES);
        MUST(start >= KERNEL_END || start + module->size <= 0x100000);
        MUST(!overlap(start, start + boot_module_kept(module), share));
    }
    MUST(boot.modules_invalid <= astray);
}

static void check_screen(void)
{
    const struct boot_pixels *pixels = &boot.screen.pixels;

    if (boot.screen.kind != BOOT_SCREEN_GRAPHICS)
        MUST(pixels->address == 0);
    if (!framebuffer_is_usable(pixels))
        return;
    uint64_t end = pixels->address + (uint64_t)pixels->pitch * pixels->height;

    MUST(pixels->address >= KERNEL_END && end <= ADDRESSES);
    for (unsigned i = 0; i < boot.memory.count; i++)
        if (boot.memory.known[i].kind <= MEMORY_FREE)
            MUST(!overlap(pixels->address, end, boot.memory.known[i].range));
}

static void check(uint32_t address)
{
    struct range share = memory_share(&boot.memory, HISTORY);

    MUST(memchr(boot.command, '\0', BOOT_COMMAND_SIZE) != NULL);
    MUST(memchr(boot.loader, '\0', BOOT_NAME_SIZE) != NULL);
    MUST(!boot.command_cut || strlen(boot.command) == BOOT_COMMAND_SIZE - 1);
    MUST(!overlap(0, KERNEL_END, share));
    MUST(!overlap(address, (uint64_t)address + sizeof(struct information),
                  share));
    check_modules(share);
    check_screen();
}

/* Returns true if a module may hold several programs or none. */
static bool has_saved(void)
{
    for (unsigned i = 0; i < boot.modules; i++)
        if (saved_is_called(boot.module[i].name))
            return true;
    return false;
}

/* Uses the programs as the console does, reading at most READ_MAX bytes. */
static void use_programs(void)
{
    size_t read = 0;

    static struct program program;
    static struct snapshot snapshot;
    struct library_info card;

    memset(&library, 0, sizeof library);
    MUST(boot_programs_fill(&library, &boot) == library.count);
    MUST(library.count == boot.modules || has_saved());
    for (unsigned i = 0; i < library.count; i++) {
        char buffer[80];
        struct strbuf text = strbuf_begin(buffer, sizeof buffer);

        MUST(library.file[i].name[0] != '\0');
        library_read_info(&library.file[i], &card);
        read += library.file[i].size;
        if (read > READ_MAX)
            continue;
        library_read(&library.file[i], &program, &snapshot, &text);
        MUST(!text.cut || text.length == sizeof buffer - 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint32_t address = input_word(&input);
    char buffer[200];
    struct strbuf warnings = strbuf_begin(buffer, sizeof buffer);

    map();
    read_pieces(&input);
    memset(&boot, 0xA5, sizeof boot);
    multiboot_read(&boot, LOADER_MAGIC, address, KERNEL_END);
    warn_boot(&warnings, &boot);
    if (boot.valid)
        check(address);
    else
        MUST(warnings.length > 0 && boot.modules == 0);
    use_programs();
    clear_pieces();
    return 0;
}
