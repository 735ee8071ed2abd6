/* SPDX-License-Identifier: MIT */
#include "floppy.h"
#include "arch/cpu.h"
#include "arch/io.h"
#include "dma.h"
#include "floppy_steps.h"

#define CMOS_INDEX  0x70
#define CMOS_DATA   0x71
#define CMOS_DRIVES 0x10 /* bits 4 to 7 are the type of drive A */

/* Types of drives.  Those for 2.88 MB, 5 and 6, also take disks of 1.44 MB. */
#define TYPE_NONE 0
#define TYPE_1440 4
#define TYPE_LAST 6

#define RESET_US 8u       /* more than a reset takes */
#define MOTOR_US 2000000u /* how long the motor stays on */
#define STEPS    4u       /* states entered per poll */

void floppy_init(struct floppy *floppy, uint8_t *buffer, uint32_t address)
{
    *floppy = (struct floppy){
        .buffer = buffer, .address = address, .result = FLOPPY_OK};
}

static unsigned drive_type(void)
{
    uint32_t flags = interrupts_save();

    port_write(CMOS_INDEX, CMOS_DRIVES);
    unsigned type = port_read(CMOS_DATA) >> 4;

    interrupts_restore(flags);
    return type;
}

/* Returns FLOPPY_BUSY if there is a drive that can be opened. */
static enum floppy_result find_drive(void)
{
    if (!controller_is_present())
        return FLOPPY_NO_CONTROLLER;
    unsigned type = drive_type();

    if (type == TYPE_NONE)
        return FLOPPY_NO_DRIVE;
    return type < TYPE_1440 || type > TYPE_LAST ? FLOPPY_OTHER_DRIVE
                                                : FLOPPY_BUSY;
}

void floppy_open(struct floppy *floppy, uint64_t now)
{
    floppy->now = now;
    floppy->tries = 0;
    floppy->closed = false;
    floppy->result = find_drive();
    if (floppy->result != FLOPPY_BUSY)
        return;
    floppy->opening = true;
    floppy_enter(floppy, FLOPPY_RESET);
}

/* Returns true if the sectors exist and are on one track. */
static bool is_valid(const struct floppy_request *request)
{
    return request->count > 0 && request->count <= FLOPPY_TRANSFER &&
           request->first < FLOPPY_SECTORS &&
           request->first % FLOPPY_TRACK + request->count <= FLOPPY_TRACK;
}

void floppy_transfer(struct floppy *floppy,
                     const struct floppy_request *request, uint64_t now)
{
    floppy->now = now;
    floppy->tries = 0;
    floppy->request = *request;
    floppy->sector = request->first;
    floppy->result = FLOPPY_FAILED;
    if (floppy->state != FLOPPY_IDLE || floppy->closed || !is_valid(request))
        return;
    floppy->result = FLOPPY_BUSY;
    floppy_proceed(floppy);
}

enum floppy_result floppy_poll(struct floppy *floppy, uint64_t now)
{
    floppy->now = now;
    for (unsigned i = 0; i < STEPS && floppy_step(floppy); i++)
        continue;
    if (floppy->closed && floppy->motor && now >= floppy->motor_until)
        floppy_stop(floppy);
    return floppy->result;
}

/* Ends a command in progress by a reset, as it cannot be ended otherwise. */
static void abort_command(struct floppy *floppy)
{
    dma_stop();
    controller_select(true, true);
    floppy_finish(floppy, FLOPPY_FAILED);
}

void floppy_close(struct floppy *floppy, uint64_t now)
{
    if (floppy->state == FLOPPY_OFF)
        return;
    floppy->now = now;
    if (floppy->state != FLOPPY_IDLE)
        abort_command(floppy);
    floppy->closed = true;
    floppy->motor_until = now + MOTOR_US;
}

bool floppy_is_off(const struct floppy *floppy)
{
    return floppy->state == FLOPPY_OFF;
}

void floppy_stop(struct floppy *floppy)
{
    if (floppy->state == FLOPPY_OFF)
        return;
    dma_stop();
    controller_select(false, true);
    for (unsigned i = 0; i < RESET_US; i++)
        port_delay();
    controller_select(false, false);
    floppy->motor = false;
    floppy->state = FLOPPY_OFF;
    if (floppy->result == FLOPPY_BUSY)
        floppy->result = FLOPPY_FAILED;
}
