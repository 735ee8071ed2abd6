/* SPDX-License-Identifier: MIT */
#include "fat12.h"
#include <string.h>

#define ENTRY_SIZE 32u

/* Offsets in a directory entry */
#define ENTRY_ATTRIBUTES 11u
#define ENTRY_CLUSTER    26u
#define ENTRY_BYTES      28u

#define ENTRY_END     0x00 /* first byte of the entry after the last one */
#define ENTRY_DELETED 0xE5

#define READ_ONLY 0x01
#define LABEL     0x08 /* a label, or part of a long name */
#define FOLDER    0x10

/* Fields of the boot sector that must not differ. */
static const struct field {
    uint16_t offset, size;
    const char *bytes;
} fields[] = {
    {11, 2, "\x00\x02"},         /* bytes in a sector */
    {13, 1, "\x01"},             /* sectors in a cluster */
    {14, 2, "\x01\x00"},         /* sectors before the table */
    {16, 1, "\x02"},             /* tables */
    {17, 2, "\xE0\x00"},         /* entries of the root directory */
    {19, 2, "\x40\x0B"},         /* sectors of the disk */
    {21, 1, "\xF0"},             /* kind of medium */
    {22, 2, "\x09\x00"},         /* sectors of a table */
    {24, 2, "\x12\x00"},         /* sectors on a track */
    {26, 2, "\x02\x00"},         /* heads */
    {28, 4, "\x00\x00\x00\x00"}, /* sectors before the file system */
    {32, 4, "\x00\x00\x00\x00"}, /* sectors of a larger disk */
    {38, 1, "\x29"},             /* the three fields below are there */
    {39, 4, "\x21\x06\x48\x19"}, /* serial number 1948-0621 */
    {43, 11, "BABY       "},     /* label */
    {54, 8, "FAT12   "},         /* kind of file system */
    {510, 2, "\x55\xAA"},        /* boot sector */
};

unsigned fat12_fit(unsigned first, unsigned count)
{
    unsigned left = FAT12_TRACK - first % FAT12_TRACK;

    if (count > left)
        count = left;
    return count < FAT12_TRANSFER ? count : FAT12_TRANSFER;
}

bool fat12_is_ours(const uint8_t sector[FAT12_SECTOR])
{
    for (unsigned i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (memcmp(sector + fields[i].offset, fields[i].bytes,
                   fields[i].size) != 0)
            return false;
    return true;
}

static unsigned read16(const uint8_t *at)
{
    return at[0] | (unsigned)at[1] << 8;
}

/* Two entries of 12 bits are in three bytes. */
unsigned fat12_next(const uint8_t *table, unsigned cluster)
{
    unsigned pair = read16(table + cluster * 3 / 2);

    return cluster % 2 == 0 ? pair & 0xFFF : pair >> 4;
}

/* ----------------------------------------------------------------- set --- */

bool fat12_has(const struct fat12_set *set, unsigned cluster)
{
    return set->bit[cluster / 8] >> cluster % 8 & 1;
}

/* Returns false if the cluster was there already. */
static bool add(struct fat12_set *set, unsigned cluster)
{
    if (fat12_has(set, cluster))
        return false;
    set->bit[cluster / 8] |= (uint8_t)(1u << cluster % 8);
    return true;
}

/* ----------------------------------------------------------- directory --- */

static void match(struct fat12_search *search, const uint8_t *entry)
{
    if (memcmp(entry, search->name, FAT12_NAME) != 0)
        return;
    search->matches++;
    search->folder = entry[ENTRY_ATTRIBUTES] & FOLDER;
    search->read_only = entry[ENTRY_ATTRIBUTES] & READ_ONLY;
    search->cluster = read16(entry + ENTRY_CLUSTER);
    search->size = read16(entry + ENTRY_BYTES) |
                   (uint32_t)read16(entry + ENTRY_BYTES + 2) << 16;
}

void fat12_search(struct fat12_search *search, struct fat12_set *starts,
                  const uint8_t sector[FAT12_SECTOR])
{
    for (unsigned i = 0; i < FAT12_SECTOR && !search->ended; i += ENTRY_SIZE) {
        const uint8_t *entry = sector + i;
        unsigned cluster = read16(entry + ENTRY_CLUSTER);

        search->ended = entry[0] == ENTRY_END;
        if (search->ended || entry[0] == ENTRY_DELETED || entry[0] == '.' ||
            entry[ENTRY_ATTRIBUTES] & LABEL)
            continue;
        if (fat12_is_cluster(cluster) && !add(starts, cluster))
            search->clash = true;
        match(search, entry);
    }
}

/* --------------------------------------------------------------- chain --- */

/* Follows the chain, and adds its clusters to MINE.  A loop does not end, and
   so not after COUNT clusters. */
static bool follow(const uint8_t *table, unsigned first, unsigned count,
                   uint16_t *clusters, struct fat12_set *mine)
{
    unsigned cluster = first;

    for (unsigned i = 0; i < count; i++) {
        if (!fat12_is_cluster(cluster))
            return false;
        add(mine, cluster);
        clusters[i] = (uint16_t)cluster;
        cluster = fat12_next(table, cluster);
    }
    return cluster >= FAT12_CHAIN_END;
}

bool fat12_chain(const uint8_t *table, const struct fat12_set *starts,
                 unsigned first, unsigned count, uint16_t *clusters)
{
    struct fat12_set mine = {{0}};
    unsigned links = 0;

    if (count == 0 || !follow(table, first, count, clusters, &mine))
        return false;
    for (unsigned i = FAT12_CLUSTER_MIN; i < FAT12_CLUSTERS_END; i++) {
        unsigned next = fat12_next(table, i);

        links += fat12_is_cluster(next) && fat12_has(&mine, next);
        if (i != first && fat12_has(&mine, i) && fat12_has(starts, i))
            return false;
    }
    return links == count - 1;
}
