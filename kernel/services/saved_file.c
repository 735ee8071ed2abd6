/* SPDX-License-Identifier: MIT */
#include "saved_file.h"
#include "emu/text/strbuf.h"
#include <string.h>

static void finish(struct saved_file *file, enum saved_result result)
{
    file->result = result;
}

/* ------------------------------------------------------------ new text --- */

static unsigned sectors(const struct saved_file *file)
{
    return (unsigned)(file->size / SAVED_SECTOR);
}

/* Returns the number of sectors that the program takes. */
static unsigned program_sectors(const struct saved_file *file)
{
    return (unsigned)((file->mark_length + file->length + SAVED_SECTOR - 1) /
                      SAVED_SECTOR);
}

/* Returns the new text at a byte of a sector, from the end of the text on. */
static char new_byte(const struct saved_file *file, unsigned index, unsigned i)
{
    size_t at = (index - file->extent.end) * SAVED_SECTOR + i;

    if (at < file->mark_length)
        return file->mark[at];
    at -= file->mark_length;
    return at < file->length ? file->program[at] : saved_filling(i);
}

static void compose(const struct saved_file *file, unsigned index, char *to)
{
    for (unsigned i = 0; i < SAVED_SECTOR; i++)
        to[i] = new_byte(file, index, i);
}

/* Returns true if a sector that was read has the new text. */
static bool is_new(const struct saved_file *file, unsigned index,
                   const uint8_t *sector)
{
    for (unsigned i = 0; i < SAVED_SECTOR; i++)
        if ((char)sector[i] != new_byte(file, index, i))
            return false;
    return true;
}

static bool is_set(const uint8_t *bits, unsigned index)
{
    return bits[index / 8] >> index % 8 & 1;
}

static void set(uint8_t *bits, unsigned index, bool value)
{
    uint8_t bit = (uint8_t)(1u << index % 8);

    bits[index / 8] &= (uint8_t)~bit;
    if (value)
        bits[index / 8] |= bit;
}

static bool has_unknown(const struct saved_file *file)
{
    for (unsigned i = 0; i < sizeof file->unknown; i++)
        if (file->unknown[i] != 0)
            return true;
    return false;
}

static char *sector_of(const struct saved_file *file, unsigned index)
{
    return file->text + index * SAVED_SECTOR;
}

/* Returns true if a sector behind the first one is to be written: it belongs to
   the program, or an interrupted save has left something in it. */
static bool is_written(const struct saved_file *file, unsigned index)
{
    return index > file->extent.end &&
           (index < file->extent.end + program_sectors(file) ||
            is_set(file->left, index));
}

/* Of the older programs, only the last sector is compared.  If there are
   unknown sectors, which cannot be compared, the others tell whether this is
   the disk on which they are. */
static bool is_checked(const struct saved_file *file, unsigned index)
{
    if (index < file->extent.end)
        return index + 1 == file->extent.end || has_unknown(file);
    return !is_set(file->unknown, index) &&
           (index == file->extent.end || is_written(file, index));
}

/* ------------------------------------------------------------ transfer --- */

/* Requests the next sectors of the file, from INDEX on, that SELECTS chooses
   and that are adjacent on the disk.  Returns false if there is none. */
static bool request_run(struct saved_file *file, unsigned index, bool write,
                        bool (*selects)(const struct saved_file *file,
                                        unsigned index))
{
    const uint16_t *clusters = file->find.clusters;
    unsigned count = 0, first;

    while (index < sectors(file) && !selects(file, index))
        index++;
    if (index == sectors(file))
        return false;
    while (index + count < sectors(file) && selects(file, index + count) &&
           clusters[index + count] == clusters[index] + count)
        count++;
    file->index = index;
    first = fat12_sector(clusters[index]);
    file->request = (struct saved_request){
        write, (uint16_t)first, (uint8_t)fat12_fit(first, count), file->buffer};
    return true;
}

/* Fills the buffer for a write.  From now on the sectors may hold anything. */
static void fill(struct saved_file *file)
{
    for (unsigned i = 0; i < file->request.count; i++) {
        set(file->unknown, file->index + i, true);
        set(file->left, file->index + i, true);
        compose(file, file->index + i, (char *)file->buffer + i * SAVED_SECTOR);
    }
}

static bool is_start(const struct saved_file *file, unsigned index)
{
    return index == file->extent.end;
}

/* Writes the next sectors from INDEX on, or at last the first one. */
static void write_next(struct saved_file *file, unsigned index)
{
    file->stage = SAVED_WRITE;
    if (!request_run(file, index, true, is_written))
        request_run(file, file->extent.end, true, is_start);
    fill(file);
}

static void after_write(struct saved_file *file)
{
    file->stage = SAVED_READ_BACK;
    file->request.write = false;
    memset(file->buffer, 0, sizeof file->buffer);
}

/* The sectors were written as they should if they are read like that. */
static void after_read_back(struct saved_file *file)
{
    for (unsigned i = 0; i < file->request.count; i++) {
        unsigned index = file->index + i;

        if (!is_new(file, index, file->buffer + i * SAVED_SECTOR)) {
            finish(file, SAVED_DIFFERS);
            return;
        }
        compose(file, index, sector_of(file, index));
        set(file->unknown, index, false);
    }
    if (file->index != file->extent.end) {
        write_next(file, file->index + file->request.count);
        return;
    }
    file->extent.end += program_sectors(file);
    file->extent.marks++;
    memset(file->left, 0, sizeof file->left);
    finish(file, SAVED_OK);
}

/* --------------------------------------------------------------- check --- */

static void check_next(struct saved_file *file, unsigned index)
{
    file->stage = SAVED_CHECK;
    if (!request_run(file, index, false, is_checked))
        write_next(file, file->extent.end + 1);
}

static void after_check(struct saved_file *file)
{
    unsigned count = file->request.count;

    if (memcmp(file->buffer, sector_of(file, file->index),
               count * SAVED_SECTOR) != 0)
        finish(file, SAVED_CHANGED);
    else
        check_next(file, file->index + count);
}

/* -------------------------------------------------------------- search --- */

static void read_next(struct saved_file *file)
{
    file->request =
        (struct saved_request){false, (uint16_t)file->find.first,
                               (uint8_t)file->find.count, file->buffer};
}

static void after_find(struct saved_file *file)
{
    static const enum saved_result results[] = {
        [FAT12_SEARCHING] = SAVED_BUSY,        [FAT12_FOUND] = SAVED_BUSY,
        [FAT12_OTHER_DISK] = SAVED_OTHER_DISK, [FAT12_NO_FILE] = SAVED_NO_FILE,
        [FAT12_DAMAGED] = SAVED_DAMAGED,
    };
    struct fat12_find *find = &file->find;

    fat12_find_next(find, file->buffer);
    file->result = results[find->found];
    if (find->found == FAT12_SEARCHING)
        read_next(file);
    else if (find->found == FAT12_FOUND && find->read_only)
        finish(file, SAVED_READ_ONLY);
    else if (find->found == FAT12_FOUND && find->size != file->size)
        finish(file, SAVED_CHANGED);
    else if (find->found == FAT12_FOUND)
        check_next(file, 0);
}

/* ---------------------------------------------------------------- save --- */

void saved_file_init(struct saved_file *file, char *text, size_t size)
{
    memset(file, 0, sizeof *file);
    file->result = SAVED_OK;
    file->text = text;
    file->size = size <= SAVED_SIZE_MAX ? size : 0;
    file->extent = saved_measure(text, file->size);
    for (unsigned i = file->extent.end; i < sectors(file); i++)
        set(file->left, i, !saved_is_blank(sector_of(file, i), SAVED_SECTOR));
}

/* Returns true if a sector of the program, which would end the text there, is
   blank.  The buffer is used for it. */
static bool has_blank_sector(struct saved_file *file)
{
    char *sector = (char *)file->buffer;
    unsigned end = file->extent.end + program_sectors(file);

    for (unsigned i = file->extent.end; i < end; i++) {
        compose(file, i, sector);
        if (saved_is_blank(sector, SAVED_SECTOR))
            return true;
    }
    return false;
}

void saved_file_begin(struct saved_file *file, const char *program,
                      size_t length)
{
    struct strbuf mark = strbuf_begin(file->mark, sizeof file->mark);

    strbuf_add(&mark, "; baby: save %u\n", file->extent.marks + 1);
    file->mark_length = (unsigned)mark.length;
    file->program = program;
    file->length = length;
    file->stage = SAVED_FIND;
    file->result = SAVED_BUSY;
    if (length > SAVED_SIZE_MAX ||
        file->extent.end + program_sectors(file) > sectors(file))
        finish(file, SAVED_FULL);
    else if (has_blank_sector(file))
        finish(file, SAVED_UNSUITABLE);
    if (file->result != SAVED_BUSY)
        return;
    fat12_find_start(&file->find);
    read_next(file);
}

void saved_file_done(struct saved_file *file, bool good)
{
    static void (*const after[SAVED_STAGES])(struct saved_file * file) = {
        [SAVED_FIND] = after_find,
        [SAVED_CHECK] = after_check,
        [SAVED_WRITE] = after_write,
        [SAVED_READ_BACK] = after_read_back,
    };

    if (file->result != SAVED_BUSY)
        return;
    if (good)
        after[file->stage](file);
    else
        finish(file, file->request.write ? SAVED_NOT_WRITTEN : SAVED_NOT_READ);
}

const char *saved_file_sentence(enum saved_result result)
{
    static const char *const sentences[SAVED_RESULTS] = {
        [SAVED_BUSY] = "the program is being saved",
        [SAVED_OK] = "Saved in SAVED.ASM on the disk in drive A",
        [SAVED_NOT_READ] = "the disk cannot be read",
        [SAVED_NOT_WRITTEN] = "the disk cannot be written",
        [SAVED_FULL] =
            "SAVED.ASM is full; copy it elsewhere, and take a new one",
        [SAVED_UNSUITABLE] = "the program has too many blanks in a row",
        [SAVED_OTHER_DISK] =
            "the disk in drive A is not a boot disk of the Baby",
        [SAVED_NO_FILE] = "the disk in drive A has no file PROGRAMS/SAVED.ASM",
        [SAVED_READ_ONLY] = "SAVED.ASM is marked as read-only",
        [SAVED_DAMAGED] = "the file system of the disk in drive A is damaged",
        [SAVED_CHANGED] =
            "SAVED.ASM in drive A is not the one that was read at boot",
        [SAVED_DIFFERS] = "SAVED.ASM did not read back as it was written",
    };

    return sentences[result];
}
