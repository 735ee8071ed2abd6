/* SPDX-License-Identifier: MIT */
/* Fuzzes saving in SAVED.ASM on disks with arbitrary changes to a valid file
   system, and with transfers that fail.  Nothing may be written but sectors of
   that file, and none that belongs to another one. */
#include "fuzz.h"
#include "services/saved_file.h"
#include "tests/unit/fake_disk.h"

#define SIZE          8192u /* of SAVED.ASM */
#define CHANGES_MAX   24
#define CHANGE_MAX    40u
#define REQUESTS_MAX  300
#define PROGRAM_MAX   6000u
#define CHAIN_MAX     3000
#define SECTOR_OF(at) (33u + (at)-2u)

static uint8_t valid[DISK_SIZE], disk[DISK_SIZE];
static char text[SIZE], program[PROGRAM_MAX];

/* Sectors that may differ from those of the valid disk */
static bool changed[DISK_SECTORS];

/* Sectors of SAVED.ASM, and of anything else */
static bool mine[DISK_SECTORS + 2], foreign[DISK_SECTORS + 2];

/* ------------------------------------------------------------ the model --- */

static unsigned word_at(const uint8_t *at)
{
    return at[0] + at[1] * 256u;
}

static unsigned next_of(unsigned cluster)
{
    const uint8_t *pair = disk + DISK_TABLE + cluster / 2 * 3;

    return cluster % 2 == 0 ? pair[0] + pair[1] % 16 * 256u
                            : pair[1] / 16 + pair[2] * 16u;
}

static bool exists(unsigned cluster)
{
    return cluster >= 2 && SECTOR_OF(cluster) < DISK_SECTORS;
}

/* Adds the sectors of a chain to SET. */
static void add_chain(bool *set, unsigned cluster)
{
    for (unsigned i = 0; i < CHAIN_MAX && exists(cluster); i++) {
        set[SECTOR_OF(cluster)] = true;
        cluster = next_of(cluster);
    }
}

static bool is_used(const uint8_t *entry)
{
    return entry[0] != 0xE5 && entry[0] != '.' && !(entry[11] & 0x08);
}

/* Adds the files of PROGRAMS.  Returns false at the end of the folder. */
static bool add_files(const uint8_t *sector)
{
    for (const uint8_t *at = sector; at < sector + 512; at += 32) {
        if (at[0] == 0)
            return false;
        if (is_used(at))
            add_chain(memcmp(at, "SAVED   ASM", 11) == 0 ? mine : foreign,
                      word_at(at + 26));
    }
    return true;
}

static void add_folder(unsigned cluster)
{
    for (unsigned i = 0; i < CHAIN_MAX && exists(cluster); i++) {
        if (!add_files(disk + SECTOR_OF(cluster) * 512))
            return;
        cluster = next_of(cluster);
    }
}

static void find_sectors(void)
{
    memset(mine, 0, sizeof mine);
    memset(foreign, 0, sizeof foreign);
    memset(foreign, true, 33);
    for (unsigned i = 0; i < 224; i++) {
        const uint8_t *at = disk + DISK_ROOT + i * 32;

        if (at[0] == 0)
            return;
        if (!is_used(at))
            continue;
        add_chain(foreign, word_at(at + 26));
        if (memcmp(at, "PROGRAMS   ", 11) == 0)
            add_folder(word_at(at + 26));
    }
}

/* ------------------------------------------------------------ the input --- */

/* Changes bytes at OFFSET, which is wrapped to SIZE bytes of the disk at START.
 */
static void change_bytes(struct input *input, uint32_t start, uint32_t size)
{
    uint32_t offset = input_word(input) % size;
    uint8_t length = input_byte(input) % CHANGE_MAX + 1;

    for (uint32_t i = offset; i < offset + length && i < size; i++) {
        disk[start + i] = input_byte(input);
        changed[(start + i) / 512] = true;
    }
}

static void change_text(struct input *input)
{
    uint32_t offset = input_word(input) % SIZE;
    uint8_t length = input_byte(input) % CHANGE_MAX + 1;

    for (uint32_t i = offset; i < offset + length && i < SIZE; i++) {
        unsigned cluster = disk_file_cluster(i / 512, true);

        text[i] = (char)input_byte(input);
        disk_cluster(disk, cluster)[i % 512] = (uint8_t)text[i];
        changed[SECTOR_OF(cluster)] = true;
    }
}

static void change(struct input *input)
{
    switch (input_byte(input) % 8) {
    case 0:
        change_bytes(input, 0, 512);
        break;
    case 1:
        change_bytes(input, DISK_TABLE, 18 * 512);
        break;
    case 2:
        change_bytes(input, DISK_ROOT, 160);
        break;
    case 3:
        change_bytes(input, DISK_DATA + (DISK_FOLDER - 2) * 512, 512);
        break;
    case 4:
        change_bytes(input, 0, DISK_SIZE);
        break;
    case 5: {
        unsigned cluster = input_word(input) % 2849;

        disk_link(disk, cluster, input_word(input) & 0xFFF);
        break;
    }
    case 6: {
        unsigned index = input_byte(input) % (SIZE / 512);

        disk_link(disk, disk_file_cluster(index, true),
                  input_word(input) & 0xFFF);
        break;
    }
    default:
        change_text(input);
        break;
    }
}

/* Makes the valid disk, the first time, and then restores what was changed. The
   tables are changed by functions of the fake. */
static void restore(void)
{
    if (valid[510] == 0) {
        disk_make(valid, text, SIZE, true);
        memset(changed, true, sizeof changed);
    }
    memset(changed, true, 19);
    for (unsigned i = 0; i < DISK_SECTORS; i++)
        if (changed[i])
            memcpy(disk + i * 512, valid + i * 512, 512);
    memset(changed, false, sizeof changed);
}

static void prepare(struct input *input)
{
    for (unsigned i = 0; i < SIZE; i++)
        text[i] = saved_filling(i);
    memcpy(text, "; head\n; baby: save 1\n1 STP\n", 28);
    restore();
    for (unsigned count = input_byte(input) % CHANGES_MAX; count > 0; count--)
        change(input);
    find_sectors();
}

/* ------------------------------------------------------------- the save --- */

/* Executes a request, unless the input says that it fails. */
static bool transfer(const struct saved_request *request, struct input *input)
{
    uint8_t *at = disk + request->first * 512;
    bool fails = input_byte(input) % 32 == 31;

    MUST(request->count >= 1 && request->count <= 8);
    MUST(request->first % 18 + request->count <= 18);
    MUST(request->first + request->count <= DISK_SECTORS);
    for (unsigned i = 0; request->write && i < request->count; i++)
        MUST(mine[request->first + i] && !foreign[request->first + i]);
    if (request->write)
        memset(changed + request->first, true, request->count);
    if (!fails && request->write)
        memcpy(at, request->data, request->count * 512u);
    if (!fails && !request->write)
        memcpy(request->data, at, request->count * 512u);
    return !fails;
}

static void check_split(void)
{
    static struct saved_program programs[SAVED_MAX];
    unsigned count = saved_split(text, SIZE, programs, SAVED_MAX);
    const char *end = text;

    MUST(count <= SIZE);
    for (unsigned i = 0; i < count && i < SAVED_MAX; i++) {
        MUST(programs[i].size > 0 && programs[i].text >= end);
        end = programs[i].text + programs[i].size;
        MUST(end <= text + SIZE);
    }
}

/* Checks that the file holds the program after what it held BEFORE. */
static void check_saved(const struct saved_file *file, const char *before,
                        unsigned end, size_t length)
{
    unsigned at = end * 512 + file->mark_length;

    MUST(memcmp(text, before, end * 512) == 0);
    MUST(memcmp(text + end * 512, "; baby: save ", 13) == 0);
    MUST(memcmp(text + at, program, length) == 0);
    MUST(saved_is_blank(text + at + length, SIZE - at - length));
    for (unsigned i = end > 0 ? end - 1 : 0; i < file->extent.end; i++)
        MUST(memcmp(disk + SECTOR_OF(file->find.clusters[i]) * 512,
                    text + i * 512, 512) == 0);
}

static void save(struct saved_file *file, struct input *input)
{
    static char before[SIZE];
    size_t length = input_word(input) % PROGRAM_MAX;
    unsigned end = file->extent.end;

    memcpy(before, text, SIZE);
    saved_file_begin(file, program, length);
    for (unsigned i = 0; file->result == SAVED_BUSY; i++) {
        MUST(i < REQUESTS_MAX);
        saved_file_done(file, transfer(&file->request, input));
    }
    MUST(memcmp(text, before, end * 512) == 0);
    if (file->result == SAVED_OK)
        check_saved(file, before, end, length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct saved_file file;
    struct input input = {data, size};

    for (unsigned i = 0; i < PROGRAM_MAX; i++)
        program[i] = i % 32 == 31 ? '\n' : (char)('A' + i % 26);
    prepare(&input);
    check_split();
    saved_file_init(&file, text, SIZE);
    for (unsigned i = 0; i < 3; i++)
        save(&file, &input);
    check_split();
    return 0;
}
