/* SPDX-License-Identifier: MIT */
#include "listing.h"
#include "emu/translator/x86_decode.h"
#include "emu/translator/x86_disassemble.h"
#include "emu/translator/stats.h"
#include <inttypes.h>
#include <string.h>

#define PADDING 0xCC /* byte that fills the space between blocks (int3) */

static void fail(struct listing *listing, const char *what,
                 const struct block *block, size_t offset)
{
    printf("failed: %s; block at %zu, byte %zu\n", what, block->code, offset);
    listing->failures++;
}

/* Takes the lines whose code starts at OFFSET, after *TAKEN others. */
static void take_lines(struct listing *listing, const struct block *block,
                       size_t offset, unsigned *taken)
{
    while (*taken < block->count &&
           block->line_offset[block->order[*taken]] == offset) {
        ++*taken;
        listing->lines++;
    }
}

/* Checks that an exit named in the code belongs to its block. */
static void take_exit(struct listing *listing,
                      const struct translator *translator, unsigned number,
                      const char *text, size_t offset)
{
    const struct block *block = &translator->blocks[number];
    unsigned exit;

    if (sscanf(text, "mov ecx, exit %u", &exit) != 1)
        return;
    listing->named++;
    if (exit >= translator->exits_used ||
        translator->exits[exit].block != number)
        fail(listing, "an exit belongs to its block", block, offset);
}

static void check_block(struct listing *listing,
                        const struct translator *translator, unsigned number)
{
    const struct block *block = &translator->blocks[number];
    const struct block_exit *way = NULL;
    unsigned taken = 0;
    bool behind = false;
    size_t offset = 0, size;

    while (offset < block->size) {
        char line[64];
        struct strbuf text = strbuf_begin(line, sizeof line);

        size = disassemble(translator, block, offset, &text);
        if (size == 0) {
            fail(listing, "code can be decoded", block, offset);
            return;
        }
        if (text.length > DISASSEMBLED)
            fail(listing, "the text is short", block, offset);
        if (strstr(line, "0x") != NULL || strstr(line, "[eb") != NULL)
            fail(listing, "all addresses have names", block, offset);
        take_lines(listing, block, offset, &taken);
        take_exit(listing, translator, number, line, offset);
        behind |= offset == block->exits_offset;
        if ((inspect_line(block, offset) == LINES) != behind)
            fail(listing, "lines come first, exits last", block, offset);
        listing->instructions++;
        offset += size;
    }
    if (offset != block->size || (block->exits_offset != offset && !behind))
        fail(listing, "the last instruction is whole", block, offset);
    if (taken != block->count)
        fail(listing, "lines begin where instructions do", block, offset);
    while ((way = inspect_exit(translator, number, way)) != NULL)
        listing->exits++;
    listing->blocks++;
}

void listing_check(struct listing *listing, const struct translator *translator)
{
    for (unsigned i = 0; i < BLOCKS; i++)
        if (translator->blocks[i].live)
            check_block(listing, translator, i);
}

/* Returns the operand size as objdump writes it, or "" if it is implied. */
static const char *size_of(const struct operand *operand, const char *mnemonic)
{
    return operand->kind < OPERAND_BASED || strcmp(mnemonic, "lea") == 0
               ? ""
               : "DWORD PTR ";
}

/* Prints an operand in objdump's format. */
static void write_operand(const struct operand *operand, size_t end, FILE *file)
{
    static const char *const names[] = {"eax", "ecx", "edx", "ebx",
                                        "esp", "ebp", "esi", "edi"};
    const char *name = names[operand->which];
    uint32_t value = operand->value;
    bool system_info = value >> 31;

    switch (operand->kind) {
    case OPERAND_NONE:
        break;
    case OPERAND_REGISTER:
        fprintf(file, "%s", name);
        break;
    case OPERAND_NUMBER:
        fprintf(file, "0x%" PRIx32, value);
        break;
    case OPERAND_JUMP:
        fprintf(file, "0x%" PRIx32, (uint32_t)end + value);
        break;
    case OPERAND_BASED:
        fprintf(file, "[%s%c0x%" PRIx32 "]", name, system_info ? '-' : '+',
                system_info ? 0 - value : value);
        break;
    case OPERAND_ADDRESS:
        fprintf(file, "ds:0x%" PRIx32, value);
        break;
    case OPERAND_TABLE:
        fprintf(file, "[%s*8%c0x%" PRIx32 "]", name, system_info ? '-' : '+',
                system_info ? 0 - value : value);
        break;
    }
}

void listing_write(struct listing *listing, const struct translator *translator,
                   size_t first, FILE *file)
{
    const uint8_t *code = translator->area->at;
    size_t size;

    for (size_t at = 0; at < translator->used; at += size) {
        struct decoded decoded;

        size = decode(code + at, translator->used - at, &decoded);
        if (size == 0) {
            if (code[at] != PADDING) {
                printf("byte %02x at %zu is not understood\n", code[at], at);
                listing->failures++;
            }
            decoded = (struct decoded){.mnemonic = "int3"};
            size = 1;
        }
        fprintf(file, "%zx: %s", first + at, decoded.mnemonic);
        for (unsigned i = 0; i < 2; i++) {
            if (decoded.operands[i].kind != OPERAND_NONE)
                fputc(i == 0 ? ' ' : ',', file);
            fputs(size_of(&decoded.operands[i], decoded.mnemonic), file);
            write_operand(&decoded.operands[i], first + at + size, file);
        }
        fputc('\n', file);
    }
}
