/* SPDX-License-Identifier: MIT */
#include "paging.h"
#include "cpu.h"
#include "gdt.h"
#include "physical.h"
#include <string.h>

#define ENTRIES    1024u
#define OWN_TABLES 8 /* static tables, for kernel, low memory and history */

#define PRESENT  0x001u
#define WRITABLE 0x002u
#define USER     0x004u
#define UNCACHED 0x018u /* PCD and PWT */
#define LARGE    0x080u /* a page of 4 MB, in the directory */
#define ADDRESS  0xFFFFF000u

/* A large page of PSE-36 has 40 bits of address: bits 22 to 31 are in the same
   place of the entry, and bits 32 to 39 in its bits 13 to 20. */
#define LARGE_PAGE    0x400000u
#define HIGH_BITS     40
#define HIGH_POSITION 13
#define HIGH_PAGES    4 /* below PHYSICAL_LOW */

#define CR0_PAGING        (1u << 31)
#define CR0_WRITE_PROTECT (1u << 16)

uint32_t physical_low;

static _Alignas(MEMORY_PAGE) uint32_t directory[ENTRIES];
static _Alignas(MEMORY_PAGE) uint32_t own_tables[OWN_TABLES][ENTRIES];
static uint32_t *used = directory; /* of the address space in use */
static unsigned own_used;
static bool on, high; /* HIGH is true if pages above 4 GiB are mapped */

static uint32_t *allocate_table(struct range *spare)
{
    uint32_t *table;

    if (own_used < OWN_TABLES)
        return own_tables[own_used++];
    if (spare->end - spare->start < MEMORY_PAGE)
        return NULL;
    spare->end -= MEMORY_PAGE;
    table = (uint32_t *)spare->end;
    for (unsigned i = 0; i < ENTRIES; i++)
        table[i] = 0;
    return table;
}

/* Returns the page table entry for ADDRESS, or NULL if out of memory. */
static uint32_t *entry_of(uint32_t address, struct range *spare)
{
    uint32_t *table = &used[address / (MEMORY_PAGE * ENTRIES)];

    if (*table == 0) {
        uint32_t *taken = allocate_table(spare);

        if (taken == NULL)
            return NULL;
        *table = (uint32_t)taken | PRESENT | WRITABLE;
    }
    return (uint32_t *)(*table & ADDRESS) + address / MEMORY_PAGE % ENTRIES;
}

static uint32_t bits_of(enum page_access access)
{
    return PRESENT | (access & PAGE_WRITE ? WRITABLE : 0) |
           (access & PAGE_USER ? USER : 0) |
           (access & PAGE_DEVICE ? UNCACHED : 0);
}

/* Maps COUNT pages at virtual address AT to physical address FIRST. */
static bool map(uint32_t at, uint32_t first, uint32_t count,
                enum page_access access, struct range *spare)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t *entry = entry_of(at + i * MEMORY_PAGE, spare);

        if (entry == NULL)
            return false;
        /* Ring 3 needs both: a bit of the table and one of the page. */
        if (access & PAGE_USER)
            directory[at / (MEMORY_PAGE * ENTRIES)] |= USER;
        *entry = (first + i * MEMORY_PAGE) | bits_of(access);
    }
    return true;
}

/* Returns the number of pages in RANGE, whose end is 0 if it reaches 4 GiB. */
static uint32_t pages_of(struct range range)
{
    uint32_t first = range.start / MEMORY_PAGE,
             last = (range.end - 1) / MEMORY_PAGE;

    return range.start == range.end ? 0 : last - first + 1;
}

bool paging_map(struct range range, enum page_access access,
                struct range *spare)
{
    uint32_t first = range.start & ADDRESS;

    return map(first, first, pages_of(range), access, spare);
}

bool paging_map_low(struct range *spare)
{
    return map(PHYSICAL_LOW, 0, PHYSICAL_LOW_SIZE / MEMORY_PAGE, PAGE_WRITE,
               spare);
}

static void load_directory(uint32_t cr3)
{
    __asm__ volatile("movl %0, %%cr3" : : "r"(cr3) : "memory");
}

static void flush_tlb(void)
{
    if (on)
        load_directory((uint32_t)used);
}

uint32_t paging_map_high(uint64_t address, uint32_t size)
{
    uint32_t offset = (uint32_t)address % LARGE_PAGE,
             upper = (uint32_t)(address >> 32);
    uint32_t wanted = ((uint32_t)address - offset) | upper << HIGH_POSITION |
                      PRESENT | WRITABLE | UNCACHED | LARGE;
    uint32_t at = PHYSICAL_LOW;

    if (!on || address >> HIGH_BITS != 0 || size > LARGE_PAGE - offset ||
        !cpu_enable_high_pages())
        return 0;
    high = true;
    for (unsigned i = 0; i < HIGH_PAGES; i++) {
        uint32_t *entry = &directory[(at -= LARGE_PAGE) / LARGE_PAGE];

        if (*entry == 0)
            *entry = wanted;
        if (*entry == wanted)
            return at + offset;
    }
    return 0;
}

void paging_guard(uint32_t address)
{
    uint32_t *table =
        (uint32_t *)(directory[address / (MEMORY_PAGE * ENTRIES)] & ADDRESS);

    table[address / MEMORY_PAGE % ENTRIES] = 0;
    flush_tlb();
}

static void set_cr0(uint32_t clear, uint32_t set)
{
    uint32_t cr0;

    __asm__ volatile("movl %%cr0, %0" : "=r"(cr0));
    cr0 = (cr0 & ~clear) | set;
    /* Flush the prefetch queue (386 Programmer's Reference, 10.4.3). */
    __asm__ volatile("movl %0, %%cr0\n\tjmp 1f\n1:" : : "r"(cr0) : "memory");
}

void paging_start(void)
{
    cpu_disable_extensions();
    if (high)
        cpu_enable_high_pages();
    used = directory;
    load_directory((uint32_t)directory);
    segments_set_directory((uint32_t)directory);
    physical_low = PHYSICAL_LOW;
    set_cr0(0, CR0_PAGING | (cpu_has_write_protect() ? CR0_WRITE_PROTECT : 0));
    on = true;
}

void paging_stop(void)
{
    if (!on)
        return;
    set_cr0(CR0_PAGING | CR0_WRITE_PROTECT, 0);
    physical_low = 0;
    on = false;
}

bool paging_is_on(void)
{
    return on;
}

void paging_set_access(struct range range, enum page_access access)
{
    struct range nothing = {0, 0};

    if (!on)
        return;
    for (uint32_t i = 0; i < pages_of(range); i++) {
        uint32_t *entry = entry_of(range.start + i * MEMORY_PAGE, &nothing);

        if (entry != NULL)
            *entry = (*entry & (ADDRESS | USER)) | bits_of(access);
    }
    flush_tlb();
}

void paging_space_make(uint32_t space)
{
    uint32_t *tables = (uint32_t *)space, *first = tables + ENTRIES;

    memcpy(tables, directory, sizeof directory);
    memcpy(first, (const void *)(directory[0] & ADDRESS), MEMORY_PAGE);
    tables[0] = (uint32_t)first | (directory[0] & ~ADDRESS);
}

void paging_space_replace(uint32_t space, uint32_t address, uint32_t physical)
{
    uint32_t *first = (uint32_t *)space + ENTRIES;
    uint32_t *entry = &first[address / MEMORY_PAGE];

    *entry = physical | (*entry & ~ADDRESS);
}

void paging_space_use(uint32_t space)
{
    uint32_t *wanted = space != 0 ? (uint32_t *)space : directory;

    if (wanted == used)
        return;
    used = wanted;
    flush_tlb();
}
