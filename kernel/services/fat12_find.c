/* SPDX-License-Identifier: MIT */
#include "fat12_find.h"
#include <string.h>

#define FOLDER_NAME "PROGRAMS   "
#define FILE_NAME   "SAVED   ASM"

/* Clusters of PROGRAMS that are read; 64 hold 1024 entries. */
#define FOLDERS_MAX 64

#define TABLE_END (FAT12_TABLE + FAT12_TABLE_SIZE)
#define ROOT_END  (FAT12_ROOT + FAT12_ROOT_SIZE)

static void finish(struct fat12_find *find, enum fat12_found found)
{
    find->found = found;
}

static void read(struct fat12_find *find, unsigned first, unsigned end)
{
    find->first = first;
    find->count = fat12_fit(first, end - first);
}

/* Ends the search of a directory for a file or a FOLDER.  Returns false if
   there is not exactly one. */
static bool search_ended(struct fat12_find *find, bool folder)
{
    const struct fat12_search *search = &find->search;

    if (search->clash || search->matches > 1)
        finish(find, FAT12_DAMAGED);
    else if (search->matches == 0 || search->folder != folder)
        finish(find, FAT12_NO_FILE);
    else
        return true;
    return false;
}

/* -------------------------------------------------------------- folder --- */

static void open_file(struct fat12_find *find)
{
    uint32_t size = find->search.size;
    uint32_t count = size / FAT12_SECTOR + (size % FAT12_SECTOR > 0);

    if (!search_ended(find, false))
        return;
    find->size = size;
    find->read_only = find->search.read_only;
    if (count > FAT12_FILE_SECTORS)
        finish(find, FAT12_NO_FILE);
    else if (!fat12_chain(find->table, &find->starts, find->search.cluster,
                          count, find->clusters))
        finish(find, FAT12_DAMAGED);
    else
        finish(find, FAT12_FOUND);
}

static void read_folder(struct fat12_find *find)
{
    unsigned sector = fat12_sector(find->folder);

    if (!fat12_is_cluster(find->folder) || find->folders_left == 0) {
        finish(find, FAT12_DAMAGED);
        return;
    }
    find->folders_left--;
    read(find, sector, sector + 1);
}

static void after_folder(struct fat12_find *find, const uint8_t *sectors)
{
    unsigned next = fat12_next(find->table, find->folder);

    fat12_search(&find->search, &find->starts, sectors);
    if (find->search.ended || next >= FAT12_CHAIN_END) {
        open_file(find);
        return;
    }
    find->folder = next;
    read_folder(find);
}

/* ---------------------------------------------------------------- root --- */

static void open_folder(struct fat12_find *find)
{
    if (!search_ended(find, true))
        return;
    find->after = after_folder;
    find->folder = find->search.cluster;
    find->folders_left = FOLDERS_MAX;
    find->search = (struct fat12_search){.name = FILE_NAME};
    read_folder(find);
}

static void after_root(struct fat12_find *find, const uint8_t *sectors)
{
    unsigned next = find->first + find->count;

    for (unsigned i = 0; i < find->count; i++)
        fat12_search(&find->search, &find->starts, sectors + i * FAT12_SECTOR);
    if (find->search.ended || next == ROOT_END)
        open_folder(find);
    else
        read(find, next, ROOT_END);
}

/* -------------------------------------------------------------- tables --- */

/* The copy must be equal, as other systems may use either. */
static void after_copy(struct fat12_find *find, const uint8_t *sectors)
{
    unsigned next = find->first + find->count;
    unsigned offset = (find->first - TABLE_END) * FAT12_SECTOR;

    if (memcmp(sectors, find->table + offset, find->count * FAT12_SECTOR) !=
        0) {
        finish(find, FAT12_DAMAGED);
    } else if (next < FAT12_ROOT) {
        read(find, next, FAT12_ROOT);
    } else {
        find->after = after_root;
        find->search = (struct fat12_search){.name = FOLDER_NAME};
        read(find, FAT12_ROOT, ROOT_END);
    }
}

static void after_table(struct fat12_find *find, const uint8_t *sectors)
{
    unsigned next = find->first + find->count;
    unsigned offset = (find->first - FAT12_TABLE) * FAT12_SECTOR;

    memcpy(find->table + offset, sectors, find->count * FAT12_SECTOR);
    if (next < TABLE_END) {
        read(find, next, TABLE_END);
    } else {
        find->after = after_copy;
        read(find, TABLE_END, FAT12_ROOT);
    }
}

static void after_boot(struct fat12_find *find, const uint8_t *sectors)
{
    if (!fat12_is_ours(sectors)) {
        finish(find, FAT12_OTHER_DISK);
        return;
    }
    find->after = after_table;
    read(find, FAT12_TABLE, TABLE_END);
}

void fat12_find_start(struct fat12_find *find)
{
    memset(find, 0, sizeof *find);
    find->found = FAT12_SEARCHING;
    find->after = after_boot;
    read(find, 0, 1);
}

void fat12_find_next(struct fat12_find *find, const uint8_t *sectors)
{
    if (find->found == FAT12_SEARCHING)
        find->after(find, sectors);
}
