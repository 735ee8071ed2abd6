/* SPDX-License-Identifier: MIT */
/* The results of the floppy driver, each with a sentence, and how they follow
   from the controller's status registers (82077AA 6.0). */
#pragma once

#include "emu/text/strbuf.h"
#include <stdint.h>

enum floppy_result {
    FLOPPY_BUSY, /* there is no result yet */
    FLOPPY_OK,
    FLOPPY_NO_CONTROLLER,
    FLOPPY_NO_DRIVE,
    FLOPPY_OTHER_DRIVE, /* for disks of another size */
    FLOPPY_SILENT,      /* the controller does not respond, or not as it must */
    FLOPPY_STUCK,       /* the head does not arrive */
    FLOPPY_NO_DISK,
    FLOPPY_CHANGED, /* the disk was taken out while the drive was open */
    FLOPPY_PROTECTED,
    FLOPPY_NO_SECTOR,
    FLOPPY_NO_MARK,
    FLOPPY_BAD_ID,
    FLOPPY_BAD_DATA,
    FLOPPY_BAD_CYLINDER,
    FLOPPY_DELETED,
    FLOPPY_OVERRUN,
    FLOPPY_DMA,
    FLOPPY_FAILED, /* for another reason */
    FLOPPY_RESULTS
};

/* Returns the result of a transfer that has ended with status registers 0 to 2.
   COMPLETE is true if all bytes were transferred. */
enum floppy_result floppy_result_read(const uint8_t status[3], bool complete);

/* Appends RESULT as a sentence without a full stop, such as "the disk in drive
   A is write-protected".  SECTOR is the one that failed, if it is due to one.
 */
void floppy_result_describe(struct strbuf *text, enum floppy_result result,
                            unsigned sector);
