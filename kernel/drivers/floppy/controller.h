/* SPDX-License-Identifier: MIT */
/*
 * The first floppy controller of a PC, with drive A: the Intel 82077AA (data
 * sheet of 1994, whose sections are given as 82077AA 2.1.6), or an 8272A or
 * another one that is compatible with it, as in PCs with a 486.
 *
 * A command is sent byte by byte, and its result is received so, each when the
 * controller is ready.  No function waits for it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define CONTROLLER_COMMAND_MAX 9
#define CONTROLLER_RESULTS_MAX 7

/* Commands (82077AA 5.1 and 5.2) */
#define CONTROLLER_SPECIFY         0x03
#define CONTROLLER_DRIVE_STATUS    0x04
#define CONTROLLER_WRITE           0x45 /* with MFM, as all for data below */
#define CONTROLLER_READ            0x46
#define CONTROLLER_RECALIBRATE     0x07
#define CONTROLLER_SENSE_INTERRUPT 0x08
#define CONTROLLER_SEEK            0x0F
#define CONTROLLER_VERSION         0x10
#define CONTROLLER_CONFIGURE       0x13

/* Results */
#define CONTROLLER_INVALID                                                     \
    0x80 /* status register 0: unknown command, and the                        \
            answer of an 8272A to VERSION */
#define CONTROLLER_ENHANCED 0x90 /* answer of an 82077AA to VERSION */

/* A command and its result.  `received` bytes of the result are valid. */
struct controller_command {
    uint8_t byte[CONTROLLER_COMMAND_MAX];
    uint8_t length, sent;
    uint8_t results, received; /* number of bytes expected, and received */
    uint8_t result[CONTROLLER_RESULTS_MAX];
};

enum controller_progress {
    CONTROLLER_BUSY,  /* to be continued */
    CONTROLLER_DONE,  /* complete; the controller takes another command */
    CONTROLLER_WRONG, /* it has more bytes for the PC than the command gives */
};

/* Continues a command.  Takes at most 100 us.  An unknown command is complete
   with a result of one byte, CONTROLLER_INVALID. */
enum controller_progress controller_step(struct controller_command *command);

/* Returns false if no controller responds.  Writes nothing. */
bool controller_is_present(void);

/* Selects drive A, turns its motor on or off, and resets the controller while
   RESET is set.  After a reset it needs SENSE INTERRUPT STATUS four times
   (82077AA 2.1.3, 3.1 and 5.2.4). */
void controller_select(bool motor, bool reset);

/* Selects 500 Kbit/s, the rate of 1.44 MB disks (82077AA 2.1.9). */
void controller_set_rate(void);

/* Returns true if the disk was taken out of drive A since the last step of its
   head with a disk in it, or there is none.  The motor must be on. */
bool controller_disk_changed(void);
