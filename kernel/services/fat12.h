/* SPDX-License-Identifier: MIT */
/*
 * The file system of the Baby's boot floppy: FAT12 on a disk of 1.44 MB, as
 * boot/media.sh makes it (Microsoft FAT specification of 2000, FAT12).  Reads
 * only what is needed to find a file, and refuses what is not as it must be.
 * These functions access no disk; the sectors are not trusted.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define FAT12_SECTOR       512u   /* bytes, of a sector or a cluster */
#define FAT12_TRACK        18u    /* sectors on a track, which has one head */
#define FAT12_TABLE        1u     /* first sector of the allocation table */
#define FAT12_TABLE_SIZE   9u     /* its sectors; a copy follows */
#define FAT12_ROOT         19u    /* first sector of the root directory */
#define FAT12_ROOT_SIZE    14u    /* its sectors */
#define FAT12_CLUSTER_MIN  2u     /* the first cluster, after that directory */
#define FAT12_CLUSTERS_END 2849u  /* behind the last cluster */
#define FAT12_CHAIN_END    0xFF8u /* entry of a file's last cluster, or above */
#define FAT12_NAME         11u    /* bytes of a name in a directory */

#define FAT12_TRANSFER 8u /* sectors that are transferred at a time */

/* Returns how many of COUNT sectors from FIRST on are transferred at a time:
   they must be on one track. */
unsigned fat12_fit(unsigned first, unsigned count);

/* Returns true if SECTOR is the boot sector of a floppy that boot/media.sh
   made: its geometry, serial number 1948-0621 and label BABY. */
bool fat12_is_ours(const uint8_t sector[FAT12_SECTOR]);

/* Returns true if there is such a cluster. */
static inline bool fat12_is_cluster(unsigned cluster)
{
    return cluster >= FAT12_CLUSTER_MIN && cluster < FAT12_CLUSTERS_END;
}

/* Returns the sector of a cluster. */
static inline unsigned fat12_sector(unsigned cluster)
{
    return FAT12_ROOT + FAT12_ROOT_SIZE + cluster - FAT12_CLUSTER_MIN;
}

/* Returns the entry of CLUSTER in the allocation TABLE.  It is the next cluster
   of the file, unless fat12_is_cluster() is false. */
unsigned fat12_next(const uint8_t *table, unsigned cluster);

/* A set of clusters */
struct fat12_set {
    uint8_t bit[FAT12_CLUSTERS_END / 8 + 1];
};

bool fat12_has(const struct fat12_set *set, unsigned cluster);

/* A search for a name in the sectors of a directory */
struct fat12_search {
    /* The name and type in 8 and 3 capitals, filled up with blanks */
    const char *name;
    unsigned matches; /* number of entries with this name */
    bool ended;       /* true if there are no further entries */
    bool clash;       /* true if two entries begin at the same cluster */

    /* The last match */
    bool folder, read_only;
    unsigned cluster; /* its first cluster, or 0 */
    uint32_t size;    /* in bytes */
};

/* Searches the next sector of a directory.  Adds the first clusters of all its
   entries to STARTS, except for those that name the folder and its parent. */
void fat12_search(struct fat12_search *search, struct fat12_set *starts,
                  const uint8_t sector[FAT12_SECTOR]);

/* Stores the clusters of the file that begins at FIRST, which must be COUNT.
   Returns false if there are more or fewer, or if they are not the file's
   alone: it has a loop, is entered by another file in TABLE, or contains a
   cluster of STARTS other than its first. */
bool fat12_chain(const uint8_t *table, const struct fat12_set *starts,
                 unsigned first, unsigned count, uint16_t *clusters);
