/* SPDX-License-Identifier: MIT */
/*
 * A floppy of 1.44 MB in memory, with the file system that boot/media.sh makes:
 * GRUB.SYS, and a folder PROGRAMS with MINE.ASM and SAVED.ASM.  Written by the
 * FAT specification, and shares no code with kernel/services/fat12.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define DISK_SECTORS   2880u
#define DISK_SIZE      (DISK_SECTORS * 512u)
#define DISK_TABLE     512u         /* offset of the first table */
#define DISK_COPY      (10u * 512u) /* and of its copy */
#define DISK_ROOT      (19u * 512u) /* of the root directory */
#define DISK_DATA      (33u * 512u) /* of cluster 2 */
#define DISK_FOLDER    100u         /* cluster of PROGRAMS */
#define DISK_FILE      200u         /* first cluster of SAVED.ASM */
#define DISK_MINE      150u         /* cluster of MINE.ASM */
#define DISK_GRUB      2u           /* first cluster of GRUB.SYS */
#define DISK_GRUB_SIZE 40u          /* its clusters */
#define DISK_LAST      0xFFFu

static inline uint8_t *disk_cluster(uint8_t *disk, unsigned cluster)
{
    return disk + DISK_DATA + (cluster - 2) * 512u;
}

/* Sets an entry of one table, at an offset of the disk. */
static inline void disk_set_entry(uint8_t *disk, unsigned table,
                                  unsigned cluster, unsigned value)
{
    uint8_t *pair = disk + table + cluster / 2 * 3;

    if (cluster % 2 == 0) {
        pair[0] = (uint8_t)value;
        pair[1] = (uint8_t)((pair[1] & 0xF0) | value >> 8);
    } else {
        pair[1] = (uint8_t)((pair[1] & 0x0F) | (value & 0x0F) << 4);
        pair[2] = (uint8_t)(value >> 4);
    }
}

/* Sets an entry of both tables. */
static inline void disk_link(uint8_t *disk, unsigned cluster, unsigned value)
{
    disk_set_entry(disk, DISK_TABLE, cluster, value);
    disk_set_entry(disk, DISK_COPY, cluster, value);
}

static inline void disk_put16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

/* Writes a directory entry of 32 bytes. */
static inline void disk_entry(uint8_t *at, const char *name, uint8_t attributes,
                              unsigned cluster, uint32_t size)
{
    memset(at, 0, 32);
    memcpy(at, name, 11);
    at[11] = attributes;
    disk_put16(at + 26, cluster);
    disk_put16(at + 28, size & 0xFFFF);
    disk_put16(at + 30, size >> 16);
}

static inline void disk_boot_sector(uint8_t *disk)
{
    static const uint8_t geometry[] = {0,    2,    1, 1, 0,  2, 0xE0, 0, 0x40,
                                       0x0B, 0xF0, 9, 0, 18, 0, 2,    0};

    memset(disk, 0x5C, 512);
    memcpy(disk + 11, geometry, sizeof geometry);
    memset(disk + 28, 0, 8);
    disk[38] = 0x29;
    memcpy(disk + 39,
           "\x21\x06\x48\x19"
           "BABY       FAT12   ",
           23);
    disk_put16(disk + 510, 0xAA55);
}

/* Returns the cluster of a sector of SAVED.ASM.  If the file is SCATTERED, it
   has gaps, and goes backwards from one sector to the next in places. */
static inline unsigned disk_file_cluster(unsigned index, bool scattered)
{
    return DISK_FILE + (scattered ? index / 5 * 7 + (4 - index % 5) : index);
}

/* Makes a disk whose SAVED.ASM has SIZE bytes of TEXT. */
static inline void disk_make(uint8_t *disk, const char *text, uint32_t size,
                             bool scattered)
{
    uint8_t *root = disk + DISK_ROOT;
    uint8_t *folder = disk_cluster(disk, DISK_FOLDER);
    unsigned count = (size + 511) / 512;

    memset(disk, 0, DISK_ROOT + 14 * 512);
    memset(disk + DISK_DATA, 0xF6, DISK_SIZE - DISK_DATA);
    disk_boot_sector(disk);
    disk_link(disk, 0, 0xFF0);
    disk_link(disk, 1, DISK_LAST);
    disk_entry(root, "BABY       ", 0x08, 0, 0);
    disk_entry(root + 32, "GRUB    SYS", 0x07, DISK_GRUB, DISK_GRUB_SIZE * 512);
    for (unsigned i = 0; i < DISK_GRUB_SIZE; i++)
        disk_link(disk, DISK_GRUB + i,
                  i + 1 < DISK_GRUB_SIZE ? DISK_GRUB + i + 1 : DISK_LAST);
    disk_entry(root + 64, "PROGRAMS   ", 0x10, DISK_FOLDER, 0);
    disk_link(disk, DISK_FOLDER, DISK_LAST);
    memset(folder, 0, 512);
    disk_entry(folder, ".          ", 0x10, DISK_FOLDER, 0);
    disk_entry(folder + 32, "..         ", 0x10, 0, 0);
    disk_entry(folder + 64, "MINE    ASM", 0x20, DISK_MINE, 100);
    disk_link(disk, DISK_MINE, DISK_LAST);
    disk_entry(folder + 96, "SAVED   ASM", 0x20,
               count > 0 ? disk_file_cluster(0, scattered) : 0, size);
    for (unsigned i = 0; i < count; i++) {
        unsigned cluster = disk_file_cluster(i, scattered);
        unsigned left = size - i * 512;

        disk_link(disk, cluster,
                  i + 1 < count ? disk_file_cluster(i + 1, scattered)
                                : DISK_LAST);
        memcpy(disk_cluster(disk, cluster), text + i * 512,
               left < 512 ? left : 512);
    }
}
