/* SPDX-License-Identifier: MIT */
/*
 * A state waits for a time, or for the controller to complete a command.  The
 * table `rows` has what each begins with, and what follows.
 *
 * The line for a change of the disk stays set from when the disk is taken out
 * until the head is stepped with a disk in the drive (82077AA 2.1.8).  So while
 * the drive is open, the line is read immediately before any command that steps
 * or moves data: otherwise another disk would be taken for the one before.
 */
#include "floppy_steps.h"
#include "dma.h"
#include <string.h>

/* Times in us */
#define RESET_US    50u     /* more than the 4 us that it takes */
#define SPIN_UP_US  500000u /* drives need 300 to 500 ms */
#define SETTLE_US   15000u  /* of the head */
#define STEP_US     6000u   /* as in RATES */
#define MARGIN_US   1000u   /* from the start of a poll to that of a step */
#define SENSE_US    10000u  /* until a seek is sensed again */
#define COMMAND_US  100000u
#define TRANSFER_US 1500000u /* more than seven turns of the disk */

#define DRIVES    4 /* each raises an interrupt after a reset */
#define CYLINDERS 80
#define TRIES     3  /* of a transfer, or to open the drive */
#define SENSES    50 /* of a seek, in addition to its steps */

/* Bytes of commands (82077AA 5.1, 5.2.6 and 5.2.7) */
#define DRIVE_A     0
#define RATES       0xAF /* steps of 6 ms; the head is unloaded after 240 ms */
#define LOAD        0x02 /* the head is loaded in 4 ms; DMA */
#define NO_POLLING  0x10 /* also: the FIFO is on, and seeks are not implied */
#define THRESHOLD   0x07 /* bytes in the FIFO until DMA is requested, less 1 */
#define SIZE_512    2
#define GAP         0x1B /* bytes between sectors that are not written */
#define LENGTH_NONE 0xFF /* the size of a sector is given by SIZE_512 */

/* Bits of a result (6.1 and 6.4) */
#define CODE          0xC0 /* in status register 0; 0 after a normal end */
#define EQUIPMENT     0x10 /* in status register 0 */
#define WRITE_PROTECT 0x40 /* in status register 3 */

#define RESULT_SECTOR 5 /* index of the sector's number in a result */

enum kind {
    WAIT,    /* waits for a time */
    COMMAND, /* waits for a command to be completed */
    GUARDED  /* the same, but not after a change of the disk */
};

static const struct row {
    void (*begin)(struct floppy *floppy);
    void (*end)(struct floppy *floppy);
    uint32_t us; /* how long it waits, or its time limit */
    enum kind kind;
} rows[FLOPPY_STATES];

void floppy_enter(struct floppy *floppy, enum floppy_state state)
{
    floppy->state = state;
    floppy->due = floppy->now + rows[state].us;
    if (rows[state].begin != NULL)
        rows[state].begin(floppy);
}

void floppy_finish(struct floppy *floppy, enum floppy_result result)
{
    floppy->result = result;
    floppy->opening = false;
    floppy_enter(floppy, FLOPPY_IDLE);
}

static void command(struct floppy *floppy, const uint8_t *bytes,
                    unsigned length, unsigned results)
{
    struct controller_command *to = &floppy->command;

    memset(to, 0, sizeof *to);
    memcpy(to->byte, bytes, length);
    to->length = (uint8_t)length;
    to->results = (uint8_t)results;
}

/* SEND(floppy, RESULTS, BYTES...) starts to send a command. */
#define SEND(floppy, results, ...)                                             \
    command(floppy, (const uint8_t[]){__VA_ARGS__},                            \
            sizeof((const uint8_t[]){__VA_ARGS__}), results)

/* ------------------------------------------------------------ failures --- */

/* Tries again from cylinder 0, unless that is useless or has failed enough. */
static void fail(struct floppy *floppy, enum floppy_result result)
{
    floppy->tries++;
    if (controller_disk_changed() && !floppy->opening)
        floppy_finish(floppy, FLOPPY_CHANGED);
    else if (controller_disk_changed() && floppy->target > 0)
        floppy_finish(floppy, FLOPPY_NO_DISK);
    else if (floppy->tries == TRIES || result == FLOPPY_PROTECTED)
        floppy_finish(floppy, result);
    else
        floppy_enter(floppy, FLOPPY_RECALIBRATE);
}

/* Tries again after a reset, as the controller does not respond. */
static void fail_silently(struct floppy *floppy)
{
    dma_stop();
    if (++floppy->tries == TRIES)
        floppy_finish(floppy, FLOPPY_SILENT);
    else
        floppy_enter(floppy, FLOPPY_RESET);
}

/* --------------------------------------------------------------- reset --- */

static void begin_reset(struct floppy *floppy)
{
    if (!floppy->motor)
        floppy->motor_since = floppy->now;
    floppy->motor = true;
    floppy->drained = 0;
    controller_select(true, true);
}

static void end_reset(struct floppy *floppy)
{
    controller_select(true, false);
    controller_set_rate();
    floppy_enter(floppy, FLOPPY_DRAIN);
}

static void sense_interrupt(struct floppy *floppy)
{
    SEND(floppy, 2, CONTROLLER_SENSE_INTERRUPT);
}

static void end_drain(struct floppy *floppy)
{
    bool more = floppy->command.result[0] != CONTROLLER_INVALID;

    floppy->drained++;
    floppy_enter(floppy, more && floppy->drained < DRIVES ? FLOPPY_DRAIN
                                                          : FLOPPY_VERSION);
}

static void begin_version(struct floppy *floppy)
{
    SEND(floppy, 1, CONTROLLER_VERSION);
}

static void end_version(struct floppy *floppy)
{
    bool enhanced = floppy->command.result[0] == CONTROLLER_ENHANCED;

    floppy_enter(floppy, enhanced ? FLOPPY_CONFIGURE : FLOPPY_SPECIFY);
}

static void begin_configure(struct floppy *floppy)
{
    SEND(floppy, 0, CONTROLLER_CONFIGURE, 0, NO_POLLING | THRESHOLD, 0);
}

static void end_configure(struct floppy *floppy)
{
    floppy_enter(floppy, FLOPPY_SPECIFY);
}

static void begin_specify(struct floppy *floppy)
{
    SEND(floppy, 0, CONTROLLER_SPECIFY, RATES, LOAD);
}

static void end_specify(struct floppy *floppy)
{
    floppy_enter(floppy, FLOPPY_SPIN_UP);
}

static void begin_spin_up(struct floppy *floppy)
{
    floppy->due = floppy->motor_since + SPIN_UP_US;
}

static void end_spin_up(struct floppy *floppy)
{
    floppy_enter(floppy, FLOPPY_RECALIBRATE);
}

/* ---------------------------------------------------------------- seek --- */

static void begin_recalibrate(struct floppy *floppy)
{
    floppy->target = 0;
    floppy->steps = CYLINDERS;
    floppy->senses = 0;
    SEND(floppy, 0, CONTROLLER_RECALIBRATE, DRIVE_A);
}

static void begin_seek(struct floppy *floppy)
{
    unsigned target = floppy->target, from = floppy->cylinder;

    floppy->steps = target > from ? target - from : from - target;
    floppy->senses = 0;
    SEND(floppy, 0, CONTROLLER_SEEK, DRIVE_A, (uint8_t)target);
}

static void end_seek(struct floppy *floppy)
{
    floppy_enter(floppy, FLOPPY_STEPPING);
}

/* An 8272A takes no command while it steps, so it is left alone for as long. */
static void begin_stepping(struct floppy *floppy)
{
    floppy->due = floppy->now + (uint64_t)floppy->steps * STEP_US + MARGIN_US;
    floppy->steps = 0;
}

static void end_stepping(struct floppy *floppy)
{
    floppy_enter(floppy, FLOPPY_SENSE);
}

/* Returns true if the seek has not ended.  The interrupt may be another one, as
   an 8272A polls all drives (5.2.4, table 5-9). */
static bool is_seeking(uint8_t status)
{
    return status == CONTROLLER_INVALID || (status & CODE) == CODE;
}

/* A recalibration ends after 77 or 79 steps, which may be too few (5.2.2). */
static void end_sense(struct floppy *floppy)
{
    const uint8_t *result = floppy->command.result;

    if (is_seeking(result[0]) && ++floppy->senses < SENSES)
        floppy_enter(floppy, FLOPPY_SENSE_AGAIN);
    else if (is_seeking(result[0]))
        fail_silently(floppy);
    else if (result[0] & (CODE | EQUIPMENT) || result[1] != floppy->target)
        fail(floppy, FLOPPY_STUCK);
    else
        floppy_enter(floppy, FLOPPY_SETTLE);
}

static void end_settle(struct floppy *floppy)
{
    floppy->cylinder = floppy->target;
    floppy_proceed(floppy);
}

/* ------------------------------------------------------------ transfer --- */

static void begin_status(struct floppy *floppy)
{
    SEND(floppy, 1, CONTROLLER_DRIVE_STATUS, DRIVE_A);
}

static void end_status(struct floppy *floppy)
{
    if (floppy->command.result[0] & WRITE_PROTECT)
        floppy_finish(floppy, FLOPPY_PROTECTED);
    else
        floppy_enter(floppy, FLOPPY_MOVE);
}

static unsigned cylinder_of(unsigned sector)
{
    return sector / FLOPPY_TRACK / FLOPPY_HEADS;
}

static unsigned head_of(unsigned sector)
{
    return sector / FLOPPY_TRACK % FLOPPY_HEADS;
}

static void begin_move(struct floppy *floppy)
{
    const struct floppy_request *request = &floppy->request;
    unsigned size = request->count * FLOPPY_SECTOR;
    unsigned head = head_of(request->first);
    unsigned sector = request->first % FLOPPY_TRACK + 1;

    if (request->write)
        memcpy(floppy->buffer, request->data, size);
    dma_start(floppy->address, size, !request->write);
    SEND(floppy, 7, request->write ? CONTROLLER_WRITE : CONTROLLER_READ,
         (uint8_t)(head << 2 | DRIVE_A), (uint8_t)cylinder_of(request->first),
         (uint8_t)head, (uint8_t)sector, SIZE_512,
         (uint8_t)(sector + request->count - 1), GAP, LENGTH_NONE);
}

/* Returns the sector at which the controller stopped, from 0 on. */
static unsigned failed_sector(const struct floppy *floppy)
{
    const struct floppy_request *request = &floppy->request;
    unsigned track = request->first / FLOPPY_TRACK * FLOPPY_TRACK;
    unsigned sector = track + floppy->command.result[RESULT_SECTOR] - 1;

    return sector - request->first < request->count ? sector : request->first;
}

static void end_move(struct floppy *floppy)
{
    const struct floppy_request *request = &floppy->request;
    bool complete = dma_stop();
    enum floppy_result result =
        floppy_result_read(floppy->command.result, complete);

    floppy->sector = failed_sector(floppy);
    if (result != FLOPPY_OK) {
        fail(floppy, result);
        return;
    }
    if (!request->write)
        memcpy(request->data, floppy->buffer, request->count * FLOPPY_SECTOR);
    floppy_finish(floppy, FLOPPY_OK);
}

/* ---------------------------------------------------------------- flow --- */

static void seek(struct floppy *floppy, unsigned cylinder)
{
    floppy->target = cylinder;
    floppy_enter(floppy, FLOPPY_SEEK);
}

/* The line stays set if no step was needed, so a step is made. */
static void proceed_opening(struct floppy *floppy)
{
    if (!controller_disk_changed())
        floppy_finish(floppy, FLOPPY_OK);
    else if (floppy->cylinder == 0)
        seek(floppy, 1);
    else
        floppy_finish(floppy, FLOPPY_NO_DISK);
}

void floppy_proceed(struct floppy *floppy)
{
    unsigned cylinder = cylinder_of(floppy->request.first);

    if (floppy->opening)
        proceed_opening(floppy);
    else if (floppy->cylinder != cylinder)
        seek(floppy, cylinder);
    else
        floppy_enter(floppy,
                     floppy->request.write ? FLOPPY_STATUS : FLOPPY_MOVE);
}

static const struct row rows[FLOPPY_STATES] = {
    [FLOPPY_RESET] = {begin_reset, end_reset, RESET_US, WAIT},
    [FLOPPY_DRAIN] = {sense_interrupt, end_drain, COMMAND_US, COMMAND},
    [FLOPPY_VERSION] = {begin_version, end_version, COMMAND_US, COMMAND},
    [FLOPPY_CONFIGURE] = {begin_configure, end_configure, COMMAND_US, COMMAND},
    [FLOPPY_SPECIFY] = {begin_specify, end_specify, COMMAND_US, COMMAND},
    [FLOPPY_SPIN_UP] = {begin_spin_up, end_spin_up, 0, WAIT},
    [FLOPPY_RECALIBRATE] = {begin_recalibrate, end_seek, COMMAND_US, GUARDED},
    [FLOPPY_SEEK] = {begin_seek, end_seek, COMMAND_US, GUARDED},
    [FLOPPY_STEPPING] = {begin_stepping, end_stepping, 0, WAIT},
    [FLOPPY_SENSE] = {sense_interrupt, end_sense, COMMAND_US, COMMAND},
    [FLOPPY_SENSE_AGAIN] = {NULL, end_stepping, SENSE_US, WAIT},
    [FLOPPY_SETTLE] = {NULL, end_settle, SETTLE_US, WAIT},
    [FLOPPY_STATUS] = {begin_status, end_status, COMMAND_US, COMMAND},
    [FLOPPY_MOVE] = {begin_move, end_move, TRANSFER_US, GUARDED},
};

/* Returns true if the command must not be sent, as the disk was changed. */
static bool is_for_another_disk(const struct floppy *floppy)
{
    return rows[floppy->state].kind == GUARDED && !floppy->opening &&
           floppy->command.sent < floppy->command.length &&
           controller_disk_changed();
}

/* Continues a command, until the time limit. */
static bool step_command(struct floppy *floppy)
{
    if (is_for_another_disk(floppy)) {
        dma_stop();
        floppy_finish(floppy, FLOPPY_CHANGED);
        return true;
    }
    enum controller_progress progress = controller_step(&floppy->command);

    if (progress == CONTROLLER_BUSY && floppy->now < floppy->due)
        return false;
    if (progress == CONTROLLER_DONE)
        rows[floppy->state].end(floppy);
    else
        fail_silently(floppy);
    return true;
}

bool floppy_step(struct floppy *floppy)
{
    const struct row *row = &rows[floppy->state];

    if (row->end == NULL)
        return false;
    if (row->kind != WAIT)
        return step_command(floppy);
    if (floppy->now < floppy->due)
        return false;
    row->end(floppy);
    return true;
}
