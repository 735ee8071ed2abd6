/* SPDX-License-Identifier: MIT */
/*
 * Finds PROGRAMS/SAVED.ASM on the Baby's boot floppy, and checks everything on
 * the way: the boot sector, both allocation tables, which must be equal, the
 * root directory and that of PROGRAMS.  A state machine that asks its caller to
 * read sectors.
 */
#pragma once

#include "fat12.h"

#define FAT12_FILE_SECTORS 128u /* maximum size of the file, 64 KB */

enum fat12_found {
    FAT12_SEARCHING, /* `first` and `count` are to be read */
    FAT12_FOUND,
    FAT12_OTHER_DISK,
    FAT12_NO_FILE,
    FAT12_DAMAGED,
};

struct fat12_find {
    enum fat12_found found;
    unsigned first, count; /* sectors to read, all on one track */

    /* The file, once it is found */
    uint32_t size; /* in bytes */
    bool read_only;
    uint16_t clusters[FAT12_FILE_SECTORS];

    /* The remaining fields are private to fat12_find.c. */
    void (*after)(struct fat12_find *find, const uint8_t *sectors);
    struct fat12_set starts;
    struct fat12_search search;
    unsigned folder;       /* cluster of PROGRAMS that is read */
    unsigned folders_left; /* clusters that it may still have */
    uint8_t table[FAT12_TABLE_SIZE * FAT12_SECTOR];
};

void fat12_find_start(struct fat12_find *find);

/* Continues with the `count` sectors that were read. */
void fat12_find_next(struct fat12_find *find, const uint8_t *sectors);
