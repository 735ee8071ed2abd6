/* SPDX-License-Identifier: MIT */
/*
 * Saves programs in SAVED.ASM on the floppy in drive A, from which the PC was
 * booted: connects services/saved_file.h with the driver for drive A.  Nothing
 * is accessed before the first save.
 *
 *   floppy_save_init(save, text, size, buffer, address);      at boot
 *   floppy_save_begin(save, program, length, now);
 *   while (floppy_save_poll(save, now) == FLOPPY_SAVE_BUSY)   about 3 to 5 s
 *       ...
 *   floppy_save_describe(save, message);
 */
#pragma once

#include "drivers/floppy/floppy.h"
#include "services/saved_file.h"

enum floppy_save_result {
    FLOPPY_SAVE_NONE, /* nothing was saved yet */
    FLOPPY_SAVE_BUSY,
    FLOPPY_SAVE_DONE,
    FLOPPY_SAVE_FAILED, /* or cannot be known to have succeeded */
};

struct floppy_save {
    enum floppy_save_result result; /* of the last save */
    bool opened;                    /* true if the drive is open */
    struct floppy floppy;
    struct saved_file file;
};

/* TEXT and SIZE are those of the boot module, see saved_file_init(); BUFFER and
   ADDRESS are for DMA, see floppy_init().  Reads all of TEXT, which takes 0.4 s
   on a PC of 2 MIPS.  Accesses no port. */
void floppy_save_init(struct floppy_save *save, char *text, size_t size,
                      uint8_t *buffer, uint32_t address);

/* Starts to save PROGRAM, which must remain valid, at the time NOW in us.  No
   save may be in progress. */
void floppy_save_begin(struct floppy_save *save, const char *program,
                       size_t length, uint64_t now);

/* Continues, and returns the result.  Takes 0.3 ms, or about 50 ms on a PC of 2
   MIPS when data have been read or are to be written.  To be called every ms
   while it is FLOPPY_SAVE_BUSY.  Afterwards it turns the motor off: to be
   called every 0.1 s until floppy_save_is_off(). */
enum floppy_save_result floppy_save_poll(struct floppy_save *save,
                                         uint64_t now);

bool floppy_save_is_off(const struct floppy_save *save);

/* Abandons a save and turns the motor off at once, for a panic, or before the
   PC is reset.  SAVED.ASM stays valid. */
void floppy_save_stop(struct floppy_save *save);

/* Appends the result of the last save as a sentence without a full stop. */
void floppy_save_describe(const struct floppy_save *save, struct strbuf *text);
