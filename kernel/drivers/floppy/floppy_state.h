/* SPDX-License-Identifier: MIT */
/* State of the floppy driver. */
#pragma once

#include "controller.h"
#include "floppy_result.h"
#include <stdbool.h>
#include <stdint.h>

#define FLOPPY_SECTOR      512u
#define FLOPPY_SECTORS     2880u /* on 80 cylinders with two heads */
#define FLOPPY_TRACK       18u   /* sectors on a track, which has one head */
#define FLOPPY_HEADS       2u
#define FLOPPY_TRANSFER    8u /* maximum number of sectors per transfer */
#define FLOPPY_BUFFER_SIZE (FLOPPY_TRANSFER * FLOPPY_SECTOR)

/* COUNT sectors from FIRST on, counted from 0, all on one track */
struct floppy_request {
    bool write;
    uint16_t first;
    uint8_t count;
    uint8_t *data; /* must remain valid until the transfer has ended */
};

enum floppy_state {
    FLOPPY_OFF,  /* the motor is off */
    FLOPPY_IDLE, /* the motor is on */
    FLOPPY_RESET,
    FLOPPY_DRAIN,
    FLOPPY_VERSION,
    FLOPPY_CONFIGURE,
    FLOPPY_SPECIFY,
    FLOPPY_SPIN_UP,
    FLOPPY_RECALIBRATE,
    FLOPPY_SEEK,
    FLOPPY_STEPPING,
    FLOPPY_SENSE,
    FLOPPY_SENSE_AGAIN,
    FLOPPY_SETTLE,
    FLOPPY_STATUS,
    FLOPPY_MOVE, /* moves data */
    FLOPPY_STATES
};

struct floppy {
    uint8_t *buffer;  /* FLOPPY_BUFFER_SIZE bytes for DMA */
    uint32_t address; /* its physical address */

    enum floppy_result result; /* of what was started last */
    unsigned sector;           /* the sector that failed */
    unsigned tries;            /* failed tries of what was started last */
    struct floppy_request request;

    enum floppy_state state;
    uint64_t now; /* time of the last poll, in us */
    uint64_t due; /* end of the state's wait, or of its time limit */
    bool opening; /* true until the drive has been opened */
    bool closed;  /* true if the motor is to be turned off */
    bool motor;   /* true if it is on */
    uint64_t motor_since, motor_until;
    struct controller_command command;
    unsigned drained;  /* number of interrupts since the reset */
    unsigned cylinder; /* of the head */
    unsigned target;   /* cylinder of a seek */
    unsigned steps;    /* number of its steps */
    unsigned senses;   /* how often its end was not sensed */
};
