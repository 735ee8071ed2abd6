/* SPDX-License-Identifier: MIT */
/* Tests the floppy driver on a fake controller and drive: every error that they
   report, that each wait ends at its time limit, and that nothing is moved to
   or from a disk that was changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "drivers/floppy/dma.h"
#include "drivers/floppy/floppy.h"
#include "fake_floppy.h"

#define MS           1000u
#define POLL_US      1000u
#define ACCESSES_MAX 300u /* of ports in a call; each takes 1 us */
#define TIME_MAX     (30u * 1000u * MS)

static struct fake_disk disk, other, patterns[2];
static struct floppy floppy;
static uint8_t data[FLOPPY_BUFFER_SIZE];

static const struct floppy_request reading = {false, 100, 3, data};
static const struct floppy_request writing = {true, 100, 3, data};

/* ---------------------------------------------------------------- steps --- */

static void make_patterns(void)
{
    for (size_t i = 0; i < sizeof disk.data; i++) {
        patterns[0].data[i] = (uint8_t)(i / 512 * 7 + i);
        patterns[1].data[i] = (uint8_t)(i / 512 * 5 + i);
    }
}

static void begin(void)
{
    memset(&fake_floppy, 0, sizeof fake_floppy);
    memset(data, 0, sizeof data);
    fake_floppy.cmos = 0x40;
    fake_floppy.now = 5000 * MS;
    if (patterns[0].data[1] == 0)
        make_patterns();
    disk = patterns[0];
    other = patterns[1];
    fake_floppy.disk = &disk;
    floppy_init(&floppy, fake_floppy.memory, FAKE_ADDRESS);
}

static enum floppy_result poll(void)
{
    fake_floppy.accesses = 0;
    enum floppy_result result = floppy_poll(&floppy, fake_floppy.now);

    assert_in_range(fake_floppy.accesses, 0, ACCESSES_MAX);
    return result;
}

/* Polls until there is a result, and returns it. */
static enum floppy_result finish(void)
{
    uint64_t start = fake_floppy.now;
    enum floppy_result result;

    while ((result = poll()) == FLOPPY_BUSY) {
        assert_in_range(fake_floppy.now - start, 0, TIME_MAX);
        fake_floppy.now += POLL_US;
    }
    return result;
}

static enum floppy_result open_drive(void)
{
    floppy_open(&floppy, fake_floppy.now);
    return finish();
}

static enum floppy_result transfer(const struct floppy_request *request)
{
    fake_floppy.accesses = 0;
    floppy_transfer(&floppy, request, fake_floppy.now);
    assert_in_range(fake_floppy.accesses, 0, ACCESSES_MAX);
    return finish();
}

/* Closes the drive, and checks that the motor stops after two seconds. */
static void close_drive(void)
{
    uint64_t start = fake_floppy.now;
    unsigned moves = fake_floppy.moves, steps = fake_floppy.steps;

    floppy_close(&floppy, start);
    memset(data, 0x99, sizeof data);
    assert_true(fake_motor());
    while (!floppy_is_off(&floppy)) {
        assert_in_range(fake_floppy.now - start, 0, 2001 * MS);
        fake_floppy.now += POLL_US;
        poll();
    }
    assert_false(fake_motor());
    assert_in_range(fake_floppy.motor_ends - start, 2000 * MS, 2002 * MS);
    assert_true(fake_floppy.mask);
    assert_int_equal(fake_floppy.interrupts_off, 0);
    assert_int_equal(fake_floppy.moves, moves);
    assert_int_equal(fake_floppy.steps, steps);
    for (size_t i = 0; i < sizeof data; i++)
        assert_int_equal(data[i], 0x99);
}

static void check_read(const struct floppy_request *request,
                       const struct fake_disk *from)
{
    memset(data, 0xEE, sizeof data);
    assert_int_equal(transfer(request), FLOPPY_OK);
    assert_memory_equal(data, from->data + request->first * 512,
                        request->count * 512);
    for (size_t i = request->count * 512u; i < sizeof data; i++)
        assert_int_equal(data[i], 0xEE);
}

static void begin_open(void)
{
    begin();
    assert_int_equal(open_drive(), FLOPPY_OK);
}

static const char *sentence(void)
{
    static char buffer[120];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    floppy_result_describe(&text, floppy.result, floppy.sector);
    assert_false(text.cut);
    return buffer;
}

/* ------------------------------------------------------------------ DMA --- */

static void test_dma_reach(void **state)
{
    (void)state;
    assert_true(dma_reaches(0x100000, 4096));
    assert_true(dma_reaches(0x10F000, 4096));
    assert_false(dma_reaches(0x10F001, 4096));
    assert_false(dma_reaches(0x10FFFF, 2));
    assert_true(dma_reaches(0x10FFFF, 1));
    assert_true(dma_reaches(0xFF0000, 65536));
    assert_false(dma_reaches(0xFF0000, 65537));
    assert_false(dma_reaches(0x1000000, 1));
    assert_false(dma_reaches(0x100000, 0));
}

/* ----------------------------------------------------------------- open --- */

static void test_open(void **state)
{
    uint64_t start;

    (void)state;
    for (unsigned old = 0; old < 2; old++) {
        begin();
        fake_floppy.old = old;
        fake_floppy.rate = 2;
        start = fake_floppy.now;
        assert_int_equal(open_drive(), FLOPPY_OK);
        assert_in_range(fake_floppy.now - start, 980 * MS, 1100 * MS);
        assert_int_equal(fake_floppy.rate, 0);
        assert_int_equal(fake_floppy.resets, 1);
        assert_int_equal(fake_floppy.pending, 0);
        assert_int_equal(fake_floppy.specified, 1);
        assert_int_equal(fake_floppy.configured, !old);
        assert_int_equal(fake_floppy.recalibrations, 1);
        assert_int_equal(fake_floppy.seeks, 0);
        close_drive();
    }
}

/* Nothing is written but the index of the CMOS. */
static void check_not_opened(enum floppy_result expected, unsigned accesses)
{
    assert_int_equal(open_drive(), expected);
    assert_int_equal(fake_floppy.writes, 0);
    assert_in_range(fake_floppy.accesses, 0, accesses);
    assert_true(floppy_is_off(&floppy));
    floppy_close(&floppy, fake_floppy.now);
    floppy_stop(&floppy);
    fake_floppy.now += 5000 * MS;
    poll();
    assert_int_equal(fake_floppy.writes, 0);
}

static void test_no_controller(void **state)
{
    (void)state;
    begin();
    fake_floppy.absent = true;
    check_not_opened(FLOPPY_NO_CONTROLLER, 1);
    assert_string_equal(sentence(), "this PC has no floppy controller");
}

static void test_kinds_of_drives(void **state)
{
    static const uint8_t refused[] = {1, 2, 3, 7, 15};
    static const uint8_t accepted[] = {0x4F, 0x50, 0x60};

    (void)state;
    begin();
    fake_floppy.cmos = 0x04; /* only a drive B */
    check_not_opened(FLOPPY_NO_DRIVE, 3);
    assert_string_equal(sentence(), "this PC has no drive A");
    for (unsigned i = 0; i < sizeof refused; i++) {
        begin();
        fake_floppy.cmos = (uint8_t)(refused[i] << 4 | 4);
        check_not_opened(FLOPPY_OTHER_DRIVE, 3);
    }
    for (unsigned i = 0; i < sizeof accepted; i++) {
        begin();
        fake_floppy.cmos = accepted[i];
        assert_int_equal(open_drive(), FLOPPY_OK);
    }
}

/* A driver that was not opened accesses nothing. */
static void test_unused(void **state)
{
    (void)state;
    begin();
    poll();
    floppy_close(&floppy, fake_floppy.now);
    floppy_stop(&floppy);
    assert_int_equal(transfer(&reading), FLOPPY_FAILED);
    assert_true(floppy_is_off(&floppy));
    assert_int_equal(fake_floppy.now, 5000 * MS);
}

/* The line for a change is set if the disk was changed before: one step clears
   it.  The head may be anywhere. */
static void test_disk_changed_before(void **state)
{
    static const unsigned tracks[] = {0, 1, 40, 79};

    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        begin();
        fake_floppy.changed = true;
        fake_floppy.track = tracks[i];
        assert_int_equal(open_drive(), FLOPPY_OK);
        assert_int_equal(fake_floppy.seeks, tracks[i] == 0);
        assert_int_equal(fake_floppy.track, tracks[i] == 0);
        check_read(&reading, &disk);
        close_drive();
    }
}

static void test_no_disk(void **state)
{
    (void)state;
    begin();
    fake_insert(NULL);
    assert_int_equal(open_drive(), FLOPPY_NO_DISK);
    assert_int_equal(fake_floppy.seeks, 1);
    assert_string_equal(sentence(), "there is no disk in drive A");
    close_drive();
    /* In QEMU, the head does not move while there is no disk. */
    begin();
    fake_insert(NULL);
    fake_floppy.sticks = true;
    assert_int_equal(open_drive(), FLOPPY_NO_DISK);
    close_drive();
    /* Once a disk has been inserted, the drive can be opened. */
    fake_floppy.sticks = false;
    fake_insert(&disk);
    assert_int_equal(open_drive(), FLOPPY_OK);
    check_read(&reading, &disk);
    close_drive();
}

/* A line that is broken looks like a drive without a disk. */
static void test_broken_line(void **state)
{
    (void)state;
    begin();
    fake_floppy.line_broken = true;
    assert_int_equal(open_drive(), FLOPPY_NO_DISK);
    close_drive();
}

static void test_no_track_0(void **state)
{
    (void)state;
    begin();
    fake_floppy.no_track_0 = true;
    assert_int_equal(open_drive(), FLOPPY_STUCK);
    assert_int_equal(fake_floppy.recalibrations, 3);
    assert_int_equal(floppy.tries, 3);
    close_drive();
}

/* An 8272A gives up a recalibration from cylinder 79 after 77 steps. */
static void test_recalibration_in_two_parts(void **state)
{
    (void)state;
    begin();
    fake_floppy.no_track_0 = true;
    floppy_open(&floppy, fake_floppy.now);
    while (fake_floppy.recalibrations < 2) {
        assert_int_equal(poll(), FLOPPY_BUSY);
        fake_floppy.no_track_0 = fake_floppy.recalibrations < 2;
        fake_floppy.now += POLL_US;
    }
    fake_floppy.seek_status = 0x20;
    assert_int_equal(finish(), FLOPPY_OK);
    assert_int_equal(fake_floppy.recalibrations, 2);
    close_drive();
}

/* The second time, the motor has its speed already. */
static void test_open_again(void **state)
{
    uint64_t start;

    (void)state;
    begin_open();
    floppy_close(&floppy, fake_floppy.now);
    fake_floppy.now += 1900 * MS;
    poll();
    start = fake_floppy.now;
    assert_int_equal(open_drive(), FLOPPY_OK);
    assert_in_range(fake_floppy.now - start, 480 * MS, 600 * MS);
    fake_floppy.now += 60000 * MS;
    poll();
    assert_true(fake_motor());
    check_read(&reading, &disk);
    assert_int_equal(fake_floppy.motor_starts, 1);
    close_drive();
    assert_int_equal(open_drive(), FLOPPY_OK);
    assert_int_equal(fake_floppy.motor_starts, 2);
    check_read(&reading, &disk);
}

/* ------------------------------------------------------------- transfer --- */

static const struct {
    uint16_t first;
    uint8_t count;
    unsigned cylinder;
} places[] = {
    {0, 1, 0},  {0, 8, 0},     {17, 1, 0},    {18, 8, 0},    {28, 8, 0},
    {36, 3, 1}, {1000, 7, 27}, {2862, 1, 79}, {2872, 8, 79}, {2879, 1, 79},
};

static void test_transfers(void **state)
{
    (void)state;
    begin_open();
    for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct floppy_request request = {true, places[i].first, places[i].count,
                                         data};

        for (size_t j = 0; j < sizeof data; j++)
            data[j] = (uint8_t)(j * 3 + i);
        memcpy(other.data, disk.data, sizeof disk.data);
        memcpy(other.data + places[i].first * 512, data,
               places[i].count * 512u);
        assert_int_equal(transfer(&request), FLOPPY_OK);
        assert_int_equal(fake_floppy.track, places[i].cylinder);
        assert_memory_equal(disk.data, other.data, sizeof disk.data);
        request.write = false;
        check_read(&request, &disk);
    }
    close_drive();
}

/* Requests that are not on one track access nothing. */
static void test_invalid_requests(void **state)
{
    static const struct floppy_request requests[] = {
        {false, 0, 0, data},   {true, 11, 8, data},    {false, 17, 2, data},
        {true, 2880, 1, data}, {true, 0, 9, data},     {false, 35, 2, data},
        {true, 2873, 8, data}, {true, 65535, 1, data}, {true, 0, 255, data},
    };

    (void)state;
    begin_open();
    for (unsigned i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        fake_floppy.writes = 0;
        assert_int_equal(transfer(&requests[i]), FLOPPY_FAILED);
        assert_int_equal(fake_floppy.writes, 0);
    }
}

/* The head is moved once for a cylinder, and takes the time of its steps. */
static void test_seek(void **state)
{
    struct floppy_request far = {false, 2879, 1, data};
    uint64_t start;

    (void)state;
    begin_open();
    start = fake_floppy.now;
    check_read(&far, &disk);
    assert_in_range(fake_floppy.now - start, (79 * 6 + 15 + 211) * MS,
                    (79 * 6 + 15 + 211 + 20) * MS);
    assert_int_equal(fake_floppy.seeks, 1);
    far.first = 2878;
    start = fake_floppy.now;
    check_read(&far, &disk);
    assert_in_range(fake_floppy.now - start, 211 * MS, 215 * MS);
    assert_int_equal(fake_floppy.seeks, 1);
    far.first = 36;
    start = fake_floppy.now;
    check_read(&far, &disk);
    assert_in_range(fake_floppy.now - start, (78 * 6 + 15 + 211) * MS,
                    (78 * 6 + 15 + 211 + 20) * MS);
    assert_int_equal(fake_floppy.early_senses, 0);
}

static void test_write_protected(void **state)
{
    (void)state;
    begin();
    disk.protected = true;
    assert_int_equal(open_drive(), FLOPPY_OK);
    check_read(&reading, &disk);
    memcpy(other.data, disk.data, sizeof disk.data);
    unsigned moves = fake_floppy.moves;

    assert_int_equal(transfer(&writing), FLOPPY_PROTECTED);
    assert_int_equal(fake_floppy.moves, moves);
    assert_string_equal(sentence(), "the disk in drive A is write-protected");
    assert_memory_equal(disk.data, other.data, sizeof disk.data);
    close_drive();
}

/* ------------------------------------------------------ errors reported --- */

static const struct {
    uint8_t status[3];
    enum floppy_result result;
    const char *sentence;
} errors[] = {
    {{0x40, 0x20, 0x20},
     FLOPPY_BAD_DATA,
     "sector 101 of the disk in drive A cannot be read (CRC)"},
    {{0x40, 0x20, 0x00},
     FLOPPY_BAD_ID,
     "sector 101 of the disk in drive A cannot be found (CRC of an ID)"},
    {{0x40, 0x01, 0x00},
     FLOPPY_NO_MARK,
     "sector 101 of the disk in drive A is not formatted (no address mark)"},
    {{0x40, 0x01, 0x01}, FLOPPY_NO_MARK, NULL},
    {{0x40, 0x00, 0x01}, FLOPPY_NO_MARK, NULL},
    {{0x40, 0x04, 0x00},
     FLOPPY_NO_SECTOR,
     "sector 101 of the disk in drive A is not there (no data)"},
    {{0x40, 0x04, 0x10},
     FLOPPY_BAD_CYLINDER,
     "sector 101 of the disk in drive A is not there (wrong cylinder)"},
    {{0x40, 0x04, 0x02}, FLOPPY_BAD_CYLINDER, NULL},
    {{0x40, 0x10, 0x00},
     FLOPPY_OVERRUN,
     "sector 101 of the disk in drive A was transferred too slowly (overrun)"},
    {{0x40, 0x80, 0x00},
     FLOPPY_DMA,
     "sector 101 of the disk in drive A was not transferred (DMA)"},
    {{0x50, 0x00, 0x00},
     FLOPPY_STUCK,
     "the head of drive A does not move as it must"},
    {{0x48, 0x00, 0x00}, FLOPPY_NO_DISK, "there is no disk in drive A"},
    {{0x00, 0x00, 0x40},
     FLOPPY_DELETED,
     "sector 101 of the disk in drive A is marked as deleted"},
    {{0x40, 0x00, 0x00},
     FLOPPY_FAILED,
     "sector 101 of the disk in drive A cannot be accessed, for an unknown "
     "reason"},
    {{0x60, 0x00, 0x00}, FLOPPY_FAILED, NULL}, /* QEMU, if a write fails */
    {{0xC0, 0x00, 0x00}, FLOPPY_FAILED, NULL},
};

/* Each error is tried three times, with a recalibration in between; a transfer
   that fails twice succeeds. */
static void test_errors(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2 * sizeof errors / sizeof errors[0]; i++) {
        const struct floppy_request *request = i % 2 == 0 ? &reading : &writing;

        begin_open();
        fake_floppy.fault = FAKE_STATUS;
        memcpy(fake_floppy.status, errors[i / 2].status, 3);
        fake_floppy.failed_sector = 102 % 18;
        fake_floppy.fault_moves = 2;
        assert_int_equal(transfer(request), FLOPPY_OK);
        assert_int_equal(fake_floppy.moves, 3);
        assert_int_equal(fake_floppy.recalibrations, 1 + 2);
        fake_floppy.fault_moves = 1000;
        assert_int_equal(transfer(request), errors[i / 2].result);
        assert_int_equal(fake_floppy.moves, 3 + 3);
        assert_int_equal(fake_floppy.recalibrations, 1 + 2 + 2);
        assert_int_equal(fake_floppy.resets, 1);
        if (errors[i / 2].sentence != NULL)
            assert_string_equal(sentence(), errors[i / 2].sentence);
        fake_floppy.fault_moves = 0;
        check_read(&reading, &disk);
        close_drive();
    }
}

/* An invalid command ends with one byte. */
static void test_invalid_command(void **state)
{
    (void)state;
    begin_open();
    fake_floppy.fault = FAKE_STATUS;
    fake_floppy.status[0] = 0x80;
    fake_floppy.fault_moves = 1000;
    assert_int_equal(transfer(&reading), FLOPPY_SILENT);
}

/* Not told by the drive's status, but by the write itself. */
static void test_write_protected_late(void **state)
{
    (void)state;
    begin_open();
    fake_floppy.fault = FAKE_STATUS;
    memcpy(fake_floppy.status, "\x40\x02\x00", 3);
    fake_floppy.fault_moves = 1;
    assert_int_equal(transfer(&writing), FLOPPY_PROTECTED);
    assert_int_equal(fake_floppy.moves, 1);
}

/* A number that cannot be that of the failed sector is not shown. */
static void test_nonsensical_sector(void **state)
{
    static const uint8_t sectors[] = {0, 1, 10, 14, 18, 255};

    (void)state;
    for (unsigned i = 0; i < sizeof sectors; i++) {
        begin_open();
        fake_floppy.fault = FAKE_STATUS;
        memcpy(fake_floppy.status, "\x40\x20\x20", 3);
        fake_floppy.failed_sector = sectors[i];
        fake_floppy.fault_moves = 3;
        assert_int_equal(transfer(&reading), FLOPPY_BAD_DATA);
        assert_int_equal(floppy.sector, 100);
    }
}

static void test_no_dma(void **state)
{
    (void)state;
    begin_open();
    fake_floppy.fault = FAKE_NO_DMA;
    fake_floppy.fault_moves = 3;
    assert_int_equal(transfer(&reading), FLOPPY_DMA);
    assert_int_equal(fake_floppy.moves, 3);
}

static void test_head_that_sticks(void **state)
{
    (void)state;
    begin_open();
    fake_floppy.sticks = true;
    assert_int_equal(transfer(&reading), FLOPPY_STUCK);
    assert_int_equal(fake_floppy.seeks, 3);
    assert_int_equal(fake_floppy.moves, 0);
    close_drive();
}

/* ------------------------------------------------------------- time-outs ---
 */

/* A data command that does not end, or has too few bytes of a result: three
   tries of 1.5 s, with a reset in between. */
static void test_command_without_end(void **state)
{
    static const enum fake_fault faults[] = {FAKE_HANGS, FAKE_TOO_FEW};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        begin_open();
        check_read(&reading, &disk);
        fake_floppy.fault = faults[i];
        fake_floppy.fault_moves = 3;
        uint64_t start = fake_floppy.now;

        assert_int_equal(transfer(&reading), FLOPPY_SILENT);
        assert_in_range(fake_floppy.now - start, 4500 * MS, 6000 * MS);
        assert_int_equal(fake_floppy.moves, 1 + 3);
        assert_int_equal(fake_floppy.resets, 1 + 2);
        assert_string_equal(sentence(), "drive A does not respond");
        close_drive();
    }
}

/* One failure is made up for. */
static void test_reset_helps(void **state)
{
    static const enum fake_fault faults[] = {FAKE_HANGS, FAKE_TOO_MANY,
                                             FAKE_TOO_FEW};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        begin_open();
        fake_floppy.fault = faults[i];
        fake_floppy.fault_moves = 2;
        check_read(&reading, &disk);
        assert_int_equal(fake_floppy.resets, 1 + 2);
        assert_int_equal(fake_floppy.moves, 3);
    }
}

/* One byte too many is noticed at once. */
static void test_too_many_results(void **state)
{
    uint64_t start;

    (void)state;
    begin_open();
    fake_floppy.fault = FAKE_TOO_MANY;
    fake_floppy.fault_moves = 3;
    start = fake_floppy.now;
    assert_int_equal(transfer(&reading), FLOPPY_SILENT);
    assert_in_range(fake_floppy.now - start, 600 * MS, 2600 * MS);
}

/* A controller that is never ready: three tries of 100 ms. */
static void test_deaf(void **state)
{
    uint64_t start;

    (void)state;
    begin();
    fake_floppy.deaf = true;
    start = fake_floppy.now;
    assert_int_equal(open_drive(), FLOPPY_SILENT);
    assert_in_range(fake_floppy.now - start, 300 * MS, 310 * MS);
    assert_int_equal(fake_floppy.resets, 3);
    close_drive();
}

/* Every other command that never ends, by which the drive is opened. */
static void test_every_command_hangs(void **state)
{
    static const uint8_t commands[] = {0x08, 0x10};

    (void)state;
    for (unsigned i = 0; i < sizeof commands; i++) {
        begin();
        fake_floppy.faulty_command = commands[i];
        uint64_t start = fake_floppy.now;

        assert_int_equal(open_drive(), FLOPPY_SILENT);
        assert_in_range(fake_floppy.now - start, 300 * MS, 310 * MS);
        assert_int_equal(fake_floppy.resets, 3);
        close_drive();
    }
    begin_open();
    fake_floppy.faulty_command = 0x04;
    assert_int_equal(transfer(&writing), FLOPPY_SILENT);
    assert_int_equal(fake_floppy.moves, 0);
}

/* A seek that never interrupts. */
static void test_seek_without_end(void **state)
{
    uint64_t start;

    (void)state;
    begin_open();
    floppy_transfer(&floppy, &reading, fake_floppy.now);
    start = fake_floppy.now;
    do {
        fake_floppy.pending = 0;
        fake_floppy.now += POLL_US;
    } while (poll() == FLOPPY_BUSY && floppy.tries == 0);
    assert_int_equal(fake_floppy.track, 2);
    assert_in_range(fake_floppy.now - start, 490 * MS, 560 * MS);
}

/* A seek that takes longer than its steps, and other interrupts before it. */
static void test_late_seek(void **state)
{
    (void)state;
    for (unsigned other_status = 0; other_status < 2; other_status++) {
        begin_open();
        floppy_transfer(&floppy, &reading, fake_floppy.now);
        for (unsigned ms = 0; ms < 100; ms++) {
            if (fake_floppy.seeks > 0 && other_status == 0)
                fake_floppy.steps_end = fake_floppy.now + MS;
            else if (fake_floppy.seeks > 0)
                fake_floppy.pending = 1;
            fake_floppy.seek_status = other_status == 0 ? 0x20 : 0xC0;
            fake_floppy.now += POLL_US;
            assert_int_equal(poll(), FLOPPY_BUSY);
        }
        fake_floppy.steps_end = 0;
        fake_floppy.pending = 1;
        fake_floppy.seek_status = 0x20;
        assert_int_equal(finish(), FLOPPY_OK);
        assert_int_equal(floppy.tries, 0);
    }
}

/* The controller is gone, as all ports read FF. */
static void test_gone(void **state)
{
    (void)state;
    begin_open();
    fake_floppy.absent = true;
    assert_int_equal(transfer(&reading), FLOPPY_CHANGED);
    close_drive();
}

/* --------------------------------------------------------------- changes ---
 */

/* A disk that is changed while the drive is open is neither read nor written,
   whether it is changed before, during or after a transfer. */
static void test_change_between(void **state)
{
    (void)state;
    begin_open();
    check_read(&reading, &disk);
    memcpy(disk.data, other.data, sizeof disk.data);
    fake_insert(&other);
    unsigned moves = fake_floppy.moves, steps = fake_floppy.steps;

    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(transfer(&writing), FLOPPY_CHANGED);
        assert_int_equal(transfer(&reading), FLOPPY_CHANGED);
    }
    assert_string_equal(sentence(), "the disk in drive A has been changed");
    assert_int_equal(fake_floppy.moves, moves);
    assert_int_equal(fake_floppy.steps, steps);
    assert_memory_equal(disk.data, other.data, sizeof disk.data);
    close_drive();
    assert_int_equal(open_drive(), FLOPPY_OK);
    check_read(&reading, &other);
}

static void test_change_during(void **state)
{
    (void)state;
    begin_open();
    fake_floppy.fault = FAKE_CHANGES;
    fake_floppy.other = &other;
    fake_floppy.fault_moves = 1;
    memcpy(disk.data, other.data, sizeof disk.data);
    assert_int_equal(transfer(&writing), FLOPPY_CHANGED);
    assert_memory_equal(disk.data, other.data, sizeof disk.data);
    assert_int_equal(fake_floppy.moves, 1);
    close_drive();
}

/* At any time of a write that fails again and again, with resets and without.
 */
static void test_change_at_any_time(void **state)
{
    (void)state;
    for (unsigned ms = 0; ms < 6000; ms += 13) {
        begin_open();
        fake_floppy.fault = ms % 2 == 0 ? FAKE_HANGS : FAKE_NO_DMA;
        fake_floppy.fault_moves = 2;
        floppy_transfer(&floppy, &writing, fake_floppy.now);
        for (unsigned i = 0; i < ms; i++) {
            poll();
            fake_floppy.now += POLL_US;
        }
        if (floppy.result != FLOPPY_BUSY)
            continue;
        memcpy(disk.data, other.data, sizeof disk.data);
        fake_insert(&other);
        unsigned moves = fake_floppy.moves;
        enum floppy_result result = finish();

        /* The command in progress may end well, as it has been executed. */
        assert_true(result == FLOPPY_CHANGED || result == FLOPPY_OK);
        assert_int_equal(fake_floppy.moves, moves);
        assert_memory_equal(disk.data, other.data, sizeof disk.data);
    }
}

/* ------------------------------------------------------- close and stop --- */

/* Closed or stopped at any time, the driver leaves the controller in reset or
   idle, DMA masked, and the motor off. */
static void test_close_at_any_time(void **state)
{
    (void)state;
    for (unsigned ms = 0; ms < 1700; ms += 7) {
        begin();
        floppy_open(&floppy, fake_floppy.now);
        for (unsigned i = 0; i < ms; i++) {
            if (poll() == FLOPPY_OK)
                floppy_transfer(&floppy, &reading, fake_floppy.now);
            fake_floppy.now += POLL_US;
        }
        if (ms % 2 == 0) {
            close_drive();
        } else {
            floppy_stop(&floppy);
            assert_false(fake_motor());
            assert_true(fake_floppy.mask);
        }
        assert_true(floppy_is_off(&floppy));
        assert_int_not_equal(floppy_poll(&floppy, fake_floppy.now),
                             FLOPPY_BUSY);
        assert_int_equal(open_drive(), FLOPPY_OK);
        check_read(&reading, &disk);
    }
}

/* A drive that was closed takes no transfer. */
static void test_transfer_after_close(void **state)
{
    (void)state;
    begin_open();
    floppy_close(&floppy, fake_floppy.now);
    assert_int_equal(transfer(&reading), FLOPPY_FAILED);
    assert_int_equal(fake_floppy.moves, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dma_reach),
        cmocka_unit_test(test_open),
        cmocka_unit_test(test_no_controller),
        cmocka_unit_test(test_kinds_of_drives),
        cmocka_unit_test(test_unused),
        cmocka_unit_test(test_disk_changed_before),
        cmocka_unit_test(test_no_disk),
        cmocka_unit_test(test_broken_line),
        cmocka_unit_test(test_no_track_0),
        cmocka_unit_test(test_recalibration_in_two_parts),
        cmocka_unit_test(test_open_again),
        cmocka_unit_test(test_transfers),
        cmocka_unit_test(test_invalid_requests),
        cmocka_unit_test(test_seek),
        cmocka_unit_test(test_write_protected),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_invalid_command),
        cmocka_unit_test(test_write_protected_late),
        cmocka_unit_test(test_nonsensical_sector),
        cmocka_unit_test(test_no_dma),
        cmocka_unit_test(test_head_that_sticks),
        cmocka_unit_test(test_command_without_end),
        cmocka_unit_test(test_reset_helps),
        cmocka_unit_test(test_too_many_results),
        cmocka_unit_test(test_deaf),
        cmocka_unit_test(test_every_command_hangs),
        cmocka_unit_test(test_seek_without_end),
        cmocka_unit_test(test_late_seek),
        cmocka_unit_test(test_gone),
        cmocka_unit_test(test_change_between),
        cmocka_unit_test(test_change_during),
        cmocka_unit_test(test_change_at_any_time),
        cmocka_unit_test(test_close_at_any_time),
        cmocka_unit_test(test_transfer_after_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
