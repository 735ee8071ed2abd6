/* SPDX-License-Identifier: MIT */
/* Tests appending programs to SAVED.ASM on a disk in memory: what is refused,
   that nothing else is ever written, and that a save may end at any time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "fake_disk.h"
#include "services/saved_file.h"

#define SIZE  16384u /* of SAVED.ASM */
#define HEAD  "; Saved programs\n"
#define NEVER 1000u

static uint8_t disk[DISK_SIZE], before[DISK_SIZE];
static char text[SAVED_SIZE_MAX]; /* as read at boot */
static char large[SAVED_SIZE_MAX];
static struct saved_file file;

static struct {
    unsigned requests, writes;
    unsigned fails_at; /* number of the request that fails, from 1 on */
    bool torn;         /* a failed write leaves sectors that cannot be read */
    bool bad[DISK_SECTORS];
    bool forgets;  /* the last sector of a write is not written */
    unsigned last; /* sector that was written last */
} drive;

/* ----------------------------------------------------------------- disk --- */

/* Makes a program of LENGTH bytes whose rows have all the same letter. */
static const char *program_of(char letter, size_t length)
{
    for (size_t i = 0; i < length; i++)
        large[i] = i % 32 == 31 || i + 1 == length ? '\n'
                   : i % 32 == 0                   ? '1'
                   : i % 32 == 1                   ? ';'
                                                   : letter;
    return large;
}

/* Makes a disk with an empty SAVED.ASM. */
static void make(uint32_t size, bool scattered)
{
    memset(&drive, 0, sizeof drive);
    drive.fails_at = NEVER;
    for (size_t i = 0; i < size; i++)
        text[i] = saved_filling(i);
    memcpy(text, HEAD, strlen(HEAD));
    disk_make(disk, text, size, scattered);
    memcpy(before, disk, sizeof disk);
    saved_file_init(&file, text, size);
}

/* Reads SAVED.ASM as at boot. */
static void reboot(uint32_t size, bool scattered)
{
    for (unsigned i = 0; i < (size + 511) / 512; i++)
        memcpy(text + i * 512,
               disk_cluster(disk, disk_file_cluster(i, scattered)),
               size - i * 512 < 512 ? size - i * 512 : 512);
    memset(&drive, 0, sizeof drive);
    drive.fails_at = NEVER;
    saved_file_init(&file, text, size);
}

static bool is_on_one_track(const struct saved_request *request)
{
    return request->count >= 1 && request->count <= 8 &&
           request->first % 18 + request->count <= 18 &&
           request->first + request->count <= DISK_SECTORS;
}

static void write_sectors(const struct saved_request *request, bool fails)
{
    uint8_t *at = disk + request->first * 512;
    size_t size = request->count * 512u;

    if (fails && drive.torn)
        memset(at, 0xA7, size);
    else if (!fails)
        memcpy(at, request->data, drive.forgets ? size - 512 : size);
    memset(drive.bad + request->first, fails && drive.torn, request->count);
    drive.writes += !fails;
    drive.last = request->first;
}

static bool read_sectors(const struct saved_request *request)
{
    if (memchr(drive.bad + request->first, true, request->count) != NULL)
        return false;
    memcpy(request->data, disk + request->first * 512, request->count * 512u);
    return true;
}

/* Executes a request, and returns true if it succeeds. */
static bool transfer(const struct saved_request *request)
{
    bool fails = ++drive.requests == drive.fails_at;

    assert_true(is_on_one_track(request));
    if (request->write)
        write_sectors(request, fails);
    else
        fails |= !read_sectors(request);
    return !fails;
}

static enum saved_result save(const char *program, size_t length)
{
    drive.requests = drive.writes = 0;
    saved_file_begin(&file, program, length);
    while (file.result == SAVED_BUSY) {
        assert_in_range(drive.requests, 0, 200);
        saved_file_done(&file, transfer(&file.request));
    }
    return file.result;
}

static enum saved_result save_text(const char *program)
{
    return save(program, strlen(program));
}

/* --------------------------------------------------------------- checks --- */

/* Checks that nothing but the sectors of SAVED.ASM differs from BEFORE. */
static void check_others(uint32_t size, bool scattered)
{
    static uint8_t masked[DISK_SIZE];

    memcpy(masked, disk, sizeof disk);
    for (unsigned i = 0; i < (size + 511) / 512; i++) {
        unsigned cluster = disk_file_cluster(i, scattered);

        memcpy(disk_cluster(masked, cluster), disk_cluster(before, cluster),
               512);
    }
    assert_memory_equal(masked, before, sizeof disk);
}

static void check_untouched(enum saved_result expected, const char *program)
{
    memcpy(before, disk, sizeof disk);
    assert_int_equal(save_text(program), expected);
    assert_int_equal(drive.writes, 0);
    assert_memory_equal(disk, before, sizeof disk);
}

static unsigned split(struct saved_program programs[SAVED_MAX])
{
    return saved_split(text, file.size, programs, SAVED_MAX);
}

static void check_program(const struct saved_program *program,
                          const char *expected)
{
    size_t length = strlen(expected);

    while (length > 0 && expected[length - 1] == '\n')
        length--;
    assert_int_equal(program->size, length);
    assert_memory_equal(program->text, expected, length);
}

/* ---------------------------------------------------------------- split --- */

static const struct {
    const char *text;
    unsigned marks;
    const char *programs[3];
} texts[] = {
    {"", 0, {NULL}},
    {" \r\n\t\n\x1A", 0, {NULL}},
    {"; only a head\n-- of comments\n", 0, {NULL}},
    {"; baby: save 1\n", 1, {NULL}},
    {"; Mine\n1 STP\n", 0, {"; Mine\n1 STP"}},
    {"; baby: save 1\n1 STP\n", 1, {"1 STP"}},
    {"; head\n; baby: save 1\n; A\n1 STP\n\n\n; baby: save 2\n2 STP\n  \n",
     2,
     {"; A\n1 STP", "2 STP"}},
    {"3 STP\n; baby: save 7\n1 STP\n; baby: save 7\n2 STP",
     2,
     {"3 STP", "1 STP", "2 STP"}},
    {"  -- Baby: Save 1\r\n1 STP\r\n\r\n// baby: save\r\n2 STP\r\n\x1A",
     2,
     {"1 STP", "2 STP"}},
    {"1 STP ; baby: save 1\n; ; baby: save 1\n;baby: saved\nbaby: save 1\n",
     0,
     {"1 STP ; baby: save 1\n; ; baby: save 1\n;baby: saved\nbaby: save 1"}},
    {"-5 ; baby: save 3\n", 0, {"-5 ; baby: save 3"}},
    {"; baby: save 1\n;\n; baby: save 2\nbaby: state 1\n0001:1\n",
     2,
     {"baby: state 1\n0001:1"}},
};

static void test_split(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct saved_program programs[3];
        size_t size = strlen(texts[i].text);
        unsigned count = 0;

        while (count < 3 && texts[i].programs[count] != NULL)
            count++;
        assert_int_equal(saved_measure(texts[i].text, size).marks,
                         texts[i].marks);
        assert_int_equal(saved_split(texts[i].text, size, programs, 3), count);
        for (unsigned j = 0; j < count; j++)
            check_program(&programs[j], texts[i].programs[j]);
    }
}

/* The number of programs is returned even if there is no room for them. */
static void test_split_into_fewer(void **state)
{
    static const char two[] = "; baby: save 1\n1 STP\n; baby: save 2\n2 STP\n";
    struct saved_program programs[2] = {{NULL, 0}, {NULL, 0}};

    (void)state;
    assert_int_equal(saved_split(two, strlen(two), programs, 1), 2);
    check_program(&programs[0], "1 STP");
    assert_null(programs[1].text);
    assert_int_equal(saved_split(two, strlen(two), NULL, 0), 2);
}

/* The text ends at the first blank sector after the last mark; blank sectors
   before it, as someone with an editor may leave, do not end it. */
static void test_extent(void **state)
{
    (void)state;
    memset(text, '\n', sizeof text);
    assert_int_equal(saved_measure(text, 1024).end, 0);
    assert_int_equal(saved_measure(text, 1023).end, 0);
    text[0] = ';';
    assert_int_equal(saved_measure(text, 1024).end, 1);
    text[1023] = 'x';
    assert_int_equal(saved_measure(text, 1024).end, 2);
    assert_int_equal(saved_measure(text, 1023).end, 1);
    memcpy(text + 2048, "; baby: save 1\n1 STP\n", 21);
    text[4096] = 'y';
    assert_int_equal(saved_measure(text, 8192).end, 5);
    struct saved_program program;

    assert_int_equal(saved_split(text, 8192, &program, 1), 2);
    assert_int_equal(saved_split(text + 512, 8192 - 512, &program, 1), 2);
    memset(text, '\n', 2048);
    assert_int_equal(saved_split(text, 8192, &program, 1), 1);
    check_program(&program, "1 STP");
}

/* A mark that ends with a sector belongs to the program in the next one. */
static void test_mark_at_the_end_of_a_sector(void **state)
{
    struct saved_program program;

    (void)state;
    memset(text, '\n', 2048);
    memcpy(text + 512 - 15, "; baby: save 1\n", 15);
    memcpy(text + 512, "1 STP\n", 6);
    assert_int_equal(saved_measure(text, 2048).end, 2);
    assert_int_equal(saved_split(text, 2048, &program, 1), 1);
    check_program(&program, "1 STP");
}

static void test_name(void **state)
{
    (void)state;
    assert_true(saved_is_called("SAVED.ASM"));
    assert_true(saved_is_called("saved.asm"));
    assert_false(saved_is_called("saved.as"));
    assert_false(saved_is_called("saved.asm2"));
    assert_false(saved_is_called(""));
}

/* --------------------------------------------------------------- append --- */

static void test_append(void **state)
{
    struct saved_program programs[SAVED_MAX];

    (void)state;
    for (unsigned scattered = 0; scattered < 2; scattered++) {
        make(SIZE, scattered);
        assert_int_equal(save_text("; One\n1 STP\n"), SAVED_OK);
        assert_int_equal(save(program_of('b', 3000), 3000), SAVED_OK);
        assert_int_equal(save_text("; Three\n3 STP"), SAVED_OK);
        check_others(SIZE, scattered);
        reboot(SIZE, scattered);
        assert_int_equal(split(programs), 3);
        check_program(&programs[0], "; One\n1 STP");
        assert_int_equal(programs[1].size, 2999);
        assert_memory_equal(programs[1].text, program_of('b', 3000), 2999);
        check_program(&programs[2], "; Three\n3 STP");
        assert_memory_equal(text + 512, "; baby: save 1\n; One\n1 STP\n   ",
                            30);
        assert_memory_equal(text + 1024, "; baby: save 2\n1;bbb", 20);
        assert_memory_equal(text + 4096, "; baby: save 3\n; Three\n3 STP ", 29);
    }
}

/* The file stays text of printable characters in short rows. */
static void test_stays_readable(void **state)
{
    unsigned length = 0;

    (void)state;
    make(SIZE, false);
    save_text("; One\n1 STP\n");
    save(program_of('b', 5000), 5000);
    reboot(SIZE, false);
    for (size_t i = 0; i < SIZE; i++) {
        length = text[i] == '\n' ? 0 : length + 1;
        assert_in_range(length, 0, 100);
        assert_true(text[i] == '\n' || (text[i] >= ' ' && text[i] <= '~'));
    }
    assert_int_equal(text[SIZE - 1], '\n');
}

/* The program's first sector is written last, and all are read back. */
static void test_order(void **state)
{
    (void)state;
    make(SIZE, false);
    assert_int_equal(save(program_of('a', 6000), 6000), SAVED_OK);
    assert_int_equal(drive.last, DISK_DATA / 512 + DISK_FILE - 2 + 1);
    assert_in_range(drive.writes, 2, 4);
    /* 1 boot sector, 2 and 2 requests for tables, 1 and 1 for directories,
       checks, writes, and as many reads */
    assert_in_range(drive.requests, 7 + 3 * drive.writes - 1,
                    7 + 3 * drive.writes + 1);
}

static void test_full(void **state)
{
    size_t room = SIZE - 512 - strlen("; baby: save 1\n");

    (void)state;
    make(SIZE, false);
    check_untouched(SAVED_FULL, program_of('a', room + 1));
    assert_int_equal(save(program_of('a', room), room), SAVED_OK);
    check_others(SIZE, false);
    check_untouched(SAVED_FULL, "1 STP\n");
    assert_int_equal(drive.requests, 0);
    reboot(SIZE, false);
    check_untouched(SAVED_FULL, "1 STP\n");
}

/* The last part of a sector is not used, as it would have to be kept. */
static void test_odd_sizes(void **state)
{
    static const uint32_t sizes[] = {1024, 1025, 1535, 1536, 65536};

    (void)state;
    for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        make(sizes[i], false);
        for (unsigned free = sizes[i] / 512 - 1; free > 0; free--)
            assert_int_equal(save_text("1 STP\n"), SAVED_OK);
        check_others(sizes[i], false);
        check_untouched(SAVED_FULL, "1 STP\n");
    }
    make(511, false);
    check_untouched(SAVED_FULL, "1 STP\n");
    make(0, false);
    check_untouched(SAVED_FULL, "1 STP\n");
}

/* A blank sector would end the text too early. */
static void test_blank_sector(void **state)
{
    (void)state;
    make(SIZE, false);
    memset(large, ' ', 2000);
    memcpy(large, "1 STP\n", 6);
    memcpy(large + 1990, "2 STP\n\0", 7);
    check_untouched(SAVED_UNSUITABLE, large);
}

static void test_every_sentence(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SAVED_RESULTS; i++)
        assert_true(strlen(saved_file_sentence(i)) > 10);
}

/* -------------------------------------------------------------- refusals ---
 */

/* Any change of a field that gives the geometry or the mark is refused. */
static void test_other_disks(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 512; i++) {
        bool matters = (i >= 11 && i < 36) || (i >= 38 && i < 62) || i >= 510;

        make(SIZE, false);
        disk[i] ^= 0x20;
        if (matters)
            check_untouched(SAVED_OTHER_DISK, "1 STP\n");
        else
            assert_int_equal(save_text("1 STP\n"), SAVED_OK);
    }
}

static uint8_t *entry(unsigned index)
{
    return disk_cluster(disk, DISK_FOLDER) + 32 * index;
}

static void no_folder(void)
{
    disk[DISK_ROOT + 64] = 0xE5;
}

static void folder_is_a_file(void)
{
    disk[DISK_ROOT + 64 + 11] = 0x20;
}

static void folder_twice(void)
{
    memcpy(disk + DISK_ROOT + 96, disk + DISK_ROOT + 64, 32);
    disk_put16(disk + DISK_ROOT + 96 + 26, DISK_FOLDER + 1);
}

static void no_file(void)
{
    entry(3)[0] = 0xE5;
}

static void file_after_the_end(void)
{
    entry(2)[0] = 0;
}

static void file_is_a_folder(void)
{
    entry(3)[11] = 0x10;
}

static void file_is_a_label(void)
{
    entry(3)[11] = 0x08;
}

static void file_twice(void)
{
    disk_entry(entry(4), "SAVED   ASM", 0x20, 1000, SIZE);
    for (unsigned i = 0; i < SIZE / 512; i++) {
        disk_link(disk, 1000 + i, i + 1 < SIZE / 512 ? 1001 + i : DISK_LAST);
        memcpy(disk_cluster(disk, 1000 + i), text + i * 512, 512);
    }
}

static void read_only(void)
{
    entry(3)[11] = 0x21;
}

static void other_size(void)
{
    disk_put16(entry(3) + 28, SIZE - 1);
}

static void huge_size(void)
{
    disk_put16(entry(3) + 30, 0xFFFF);
}

static void larger_than_the_reader_takes(void)
{
    disk_put16(entry(3) + 28, 1);
    disk_put16(entry(3) + 30, 1);
}

static void tables_differ(void)
{
    disk_set_entry(disk, DISK_COPY, 2848, 1);
}

static void too_short(void)
{
    disk_link(disk, DISK_FILE + 30, DISK_LAST);
}

static void too_long(void)
{
    disk_link(disk, DISK_FILE + 31, DISK_FILE + 32);
    disk_link(disk, DISK_FILE + 32, DISK_LAST);
}

static void loop(void)
{
    disk_link(disk, DISK_FILE + 31, DISK_FILE + 4);
}

static void loop_inside(void)
{
    disk_link(disk, DISK_FILE + 10, DISK_FILE + 10);
}

static void ends_in_a_free_cluster(void)
{
    disk_link(disk, DISK_FILE + 31, 0);
}

static void bad_cluster(void)
{
    disk_link(disk, DISK_FILE + 31, 0xFF7);
}

static void no_first_cluster(void)
{
    disk_put16(entry(3) + 26, 0);
}

static void cluster_behind_the_disk(void)
{
    disk_link(disk, DISK_FILE + 9, 2849);
}

static void other_chain_enters(void)
{
    disk_link(disk, DISK_MINE, DISK_FILE + 20);
}

static void lost_chain_enters(void)
{
    disk_link(disk, 2848, DISK_FILE);
}

static void other_file_begins_inside(void)
{
    disk_put16(entry(2) + 26, DISK_FILE + 20);
}

static void other_file_begins_there(void)
{
    disk_put16(entry(2) + 26, DISK_FILE);
}

static void file_in_its_folder(void)
{
    disk_link(disk, DISK_FILE + 9, DISK_FOLDER);
}

static void folder_loops(void)
{
    for (unsigned i = 4; i < 16; i++)
        disk_entry(entry(i),
                   "\xE5"
                   "          ",
                   0x20, 0, 0);
    no_file();
    disk_link(disk, DISK_FOLDER, DISK_FOLDER);
}

static void folder_goes_behind_the_disk(void)
{
    folder_loops();
    disk_link(disk, DISK_FOLDER, 2849);
}

static const struct {
    void (*damage)(void);
    enum saved_result result;
} damages[] = {
    {no_folder, SAVED_NO_FILE},
    {folder_is_a_file, SAVED_NO_FILE},
    {folder_twice, SAVED_DAMAGED},
    {no_file, SAVED_NO_FILE},
    {file_after_the_end, SAVED_NO_FILE},
    {file_is_a_folder, SAVED_NO_FILE},
    {file_is_a_label, SAVED_NO_FILE},
    {file_twice, SAVED_DAMAGED},
    {read_only, SAVED_READ_ONLY},
    {other_size, SAVED_CHANGED},
    {huge_size, SAVED_NO_FILE},
    {larger_than_the_reader_takes, SAVED_NO_FILE},
    {tables_differ, SAVED_DAMAGED},
    {too_short, SAVED_DAMAGED},
    {too_long, SAVED_DAMAGED},
    {loop, SAVED_DAMAGED},
    {loop_inside, SAVED_DAMAGED},
    {ends_in_a_free_cluster, SAVED_DAMAGED},
    {bad_cluster, SAVED_DAMAGED},
    {no_first_cluster, SAVED_DAMAGED},
    {cluster_behind_the_disk, SAVED_DAMAGED},
    {other_chain_enters, SAVED_DAMAGED},
    {lost_chain_enters, SAVED_DAMAGED},
    {other_file_begins_inside, SAVED_DAMAGED},
    {other_file_begins_there, SAVED_DAMAGED},
    {file_in_its_folder, SAVED_DAMAGED},
    {folder_loops, SAVED_DAMAGED},
    {folder_goes_behind_the_disk, SAVED_DAMAGED},
};

static void test_damaged_file_systems(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        make(SIZE, false);
        damages[i].damage();
        memcpy(before, disk, sizeof disk);
        if (save_text("1 STP\n") != damages[i].result)
            fail_msg("damage %zu: %s", i, saved_file_sentence(file.result));
        assert_memory_equal(disk, before, sizeof disk);
    }
}

/* The entry is found behind many others, in a long folder and a full root. */
static void test_long_directories(void **state)
{
    uint8_t *root = disk + DISK_ROOT;

    (void)state;
    make(SIZE, false);
    memcpy(root + 223 * 32, root + 64, 32);
    for (unsigned i = 2; i < 223; i++)
        disk_entry(root + i * 32, "X       TXT", 0x20, 0, 0);
    memcpy(disk_cluster(disk, 400) + 15 * 32, entry(3), 32);
    for (unsigned i = 3; i < 16; i++)
        disk_entry(entry(i),
                   "\xE5"
                   "       TXT",
                   0x20, DISK_FILE, 0);
    for (unsigned i = 0; i < 15; i++)
        disk_entry(disk_cluster(disk, 400) + i * 32, "SAVED   TXT", 0x20, 0, 0);
    disk_link(disk, DISK_FOLDER, 400);
    disk_link(disk, 400, DISK_LAST);
    memcpy(before, disk, sizeof disk);
    assert_int_equal(save_text("1 STP\n"), SAVED_OK);
    check_others(SIZE, false);
}

/* If any sector that is to be written has changed since boot, or the last one
   of the older programs, nothing is written. */
static void test_changed(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZE / 512; i++) {
        make(SIZE, false);
        assert_int_equal(save(program_of('a', 1200), 1200), SAVED_OK);
        disk_cluster(disk, DISK_FILE + i)[300] ^= 1;
        if (i >= 3 && i <= 7)
            check_untouched(SAVED_CHANGED, program_of('b', 1600));
        else
            assert_int_equal(save(program_of('b', 1600), 1600), SAVED_OK);
    }
}

/* -------------------------------------------------------------- failures ---
 */

static const struct {
    size_t first, second; /* lengths of programs */
} lengths[] = {{700, 300}, {700, 3000}, {5000, 20}, {200, 9000}, {1009, 4593}};

/* Checks that the first program is there, and the second one completely or not
   at all.  Returns true if it is there. */
static bool check_programs(size_t first, size_t second)
{
    struct saved_program programs[SAVED_MAX];
    unsigned count = split(programs);

    assert_in_range(count, 1, 2);
    assert_int_equal(programs[0].size, first - 1);
    assert_memory_equal(programs[0].text, program_of('a', first), first - 1);
    if (count == 1)
        return false;
    assert_int_equal(programs[1].size, second - 1);
    assert_memory_equal(programs[1].text, program_of('b', second), second - 1);
    return true;
}

/* The PC is switched off during each of the requests of a save, in turn, which
   then has no effect.  Then the disk is booted, and the program saved again. */
static void cut_off(size_t first, size_t second, unsigned request,
                    bool scattered)
{
    make(SIZE, scattered);
    assert_int_equal(save(program_of('a', first), first), SAVED_OK);
    drive.fails_at = request;
    bool cut = save(program_of('b', second), second) != SAVED_OK;

    if (cut)
        assert_int_equal(file.result, file.request.write ? SAVED_NOT_WRITTEN
                                                         : SAVED_NOT_READ);
    check_others(SIZE, scattered);
    reboot(SIZE, scattered);
    if (check_programs(first, second))
        return;
    assert_true(cut);
    assert_int_equal(save(program_of('b', second), second), SAVED_OK);
    reboot(SIZE, scattered);
    assert_true(check_programs(first, second));
    check_others(SIZE, scattered);
}

static void test_cut_off(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
        for (unsigned request = 1; request < 60; request++)
            for (unsigned scattered = 0; scattered < 2; scattered++)
                cut_off(lengths[i].first, lengths[i].second, request,
                        scattered);
}

/* The same without a reboot: the next try overwrites what the first one left,
   even if that cannot be read, but not on another disk. */
static void try_again(size_t first, size_t second, unsigned request)
{
    make(SIZE, false);
    assert_int_equal(save(program_of('a', first), first), SAVED_OK);
    drive.fails_at = request;
    drive.torn = true;
    if (save(program_of('b', second), second) == SAVED_OK)
        return;
    assert_memory_equal(disk_cluster(disk, DISK_FILE), text,
                        file.extent.end * 512);
    drive.fails_at = NEVER;
    if (file.result == SAVED_NOT_WRITTEN) {
        disk_cluster(disk, DISK_FILE)[5] ^= 1;
        check_untouched(SAVED_CHANGED, "1 STP\n");
        disk_cluster(disk, DISK_FILE)[5] ^= 1;
    }
    assert_int_equal(save(program_of('b', second), second), SAVED_OK);
    check_others(SIZE, false);
    reboot(SIZE, false);
    assert_true(check_programs(first, second));
}

static void test_try_again(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
        for (unsigned request = 1; request < 60; request++)
            try_again(lengths[i].first, lengths[i].second, request);
}

/* A shorter program after a longer one that was cut off leaves nothing of it,
   with a reboot in between and without. */
static void test_leftovers(void **state)
{
    (void)state;
    for (unsigned boots = 0; boots < 2; boots++) {
        make(SIZE, true);
        drive.fails_at = 35;
        assert_int_not_equal(save(program_of('b', 9000), 9000), SAVED_OK);
        assert_true(drive.writes > 0);
        drive.fails_at = NEVER;
        if (boots > 0)
            reboot(SIZE, true);
        assert_int_equal(save_text("; Short\n1 STP\n"), SAVED_OK);
        reboot(SIZE, true);
        assert_true(saved_is_blank(text + 1024, SIZE - 1024));
    }
}

/* A disk that accepts a write without effect is noticed. */
static void test_read_back(void **state)
{
    struct saved_program programs[SAVED_MAX];

    (void)state;
    make(SIZE, false);
    drive.forgets = true;
    assert_int_equal(save(program_of('a', 3000), 3000), SAVED_DIFFERS);
    assert_int_equal(split(programs), 0);
    make(SIZE, false);
    drive.forgets = true;
    assert_int_equal(save_text("1 STP\n"), SAVED_DIFFERS);
    assert_int_equal(split(programs), 0);
}

/* Requests that were not made are ignored. */
static void test_idle(void **state)
{
    (void)state;
    make(SIZE, false);
    saved_file_done(&file, true);
    assert_int_equal(file.result, SAVED_OK);
    saved_file_done(&file, false);
    assert_int_equal(file.result, SAVED_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_split_into_fewer),
        cmocka_unit_test(test_extent),
        cmocka_unit_test(test_mark_at_the_end_of_a_sector),
        cmocka_unit_test(test_name),
        cmocka_unit_test(test_append),
        cmocka_unit_test(test_stays_readable),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_odd_sizes),
        cmocka_unit_test(test_blank_sector),
        cmocka_unit_test(test_every_sentence),
        cmocka_unit_test(test_other_disks),
        cmocka_unit_test(test_damaged_file_systems),
        cmocka_unit_test(test_long_directories),
        cmocka_unit_test(test_changed),
        cmocka_unit_test(test_cut_off),
        cmocka_unit_test(test_try_again),
        cmocka_unit_test(test_leftovers),
        cmocka_unit_test(test_read_back),
        cmocka_unit_test(test_idle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
