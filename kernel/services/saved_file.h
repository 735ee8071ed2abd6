/* SPDX-License-Identifier: MIT */
/*
 * Appends programs to the file PROGRAMS/SAVED.ASM on the floppy from which the
 * PC was booted (saved_programs.h describes its text, fat12.h the disk).  The
 * file has its final size from the start, so that only its own sectors are
 * written, and no directory or allocation table.
 *
 * A save is a state machine, which asks its caller to transfer sectors:
 *
 *   saved_file_begin(file, program, size);
 *   while (file->result == SAVED_BUSY)
 *       saved_file_done(file, transfer(&file->request));
 *
 * It reads the boot sector, both allocation tables and the directories, and
 * refuses a disk on which anything is not as it must be.  It compares the
 * sectors that it will write, and the one before, with the text that was read
 * at boot.  Then it writes the sectors of the program except for the first one,
 * and reads each back.  The first sector is written last.  Until then the text
 * ends before it, so that the older programs are intact and nothing else is
 * added if the PC is switched off at any time.
 */
#pragma once

#include "fat12_find.h"
#include "saved_programs.h"

enum saved_result {
    SAVED_BUSY, /* `request` is to be executed */
    SAVED_OK,
    SAVED_NOT_READ, /* a request failed; its driver has the reason */
    SAVED_NOT_WRITTEN,
    SAVED_FULL,
    SAVED_UNSUITABLE, /* the program itself has a blank sector */
    SAVED_OTHER_DISK,
    SAVED_NO_FILE,
    SAVED_READ_ONLY,
    SAVED_DAMAGED, /* the file system */
    SAVED_CHANGED, /* the file is not as it was read at boot */
    SAVED_DIFFERS, /* what was written does not read back the same */
    SAVED_RESULTS
};

/* A transfer of COUNT sectors from FIRST on, all on one track */
struct saved_request {
    bool write;
    uint16_t first;
    uint8_t count;
    uint8_t *data;
};

enum saved_stage {
    SAVED_FIND,
    SAVED_CHECK,
    SAVED_WRITE,
    SAVED_READ_BACK,
    SAVED_STAGES
};

struct saved_file {
    enum saved_result result;     /* of the last save, or SAVED_BUSY */
    struct saved_request request; /* while it is SAVED_BUSY */

    /* The remaining fields are private to saved_file.c. */
    char *text;
    size_t size;
    struct saved_extent extent; /* the next program begins at its end */
    /* Sets of sectors of the file, one bit each: those after the end that are
       not blank, and those whose contents a failed save has left unknown. */
    uint8_t left[SAVED_MAX / 8], unknown[SAVED_MAX / 8];

    const char *program;
    size_t length;
    char mark[32];
    unsigned mark_length;

    enum saved_stage stage;
    unsigned index; /* sector of the file that is transferred first */
    struct fat12_find find;
    uint8_t buffer[FAT12_TRANSFER * FAT12_SECTOR];
};

/* TEXT is the file as read at boot, SIZE bytes, at most SAVED_SIZE_MAX.  It
   must remain valid, and is kept equal to the file: a save writes to it after
   saved_end() only, or after what is blank there. */
void saved_file_init(struct saved_file *file, char *text, size_t size);

/* Starts to append PROGRAM, as written by emu/format/writer.h, without a mark.
   It must remain valid.  The result may be there at once.  A save in progress
   is abandoned, which is as safe as switching the PC off. */
void saved_file_begin(struct saved_file *file, const char *program,
                      size_t length);

/* Continues after `request` was executed.  GOOD is false if it failed. */
void saved_file_done(struct saved_file *file, bool good);

/* Returns the result as a sentence without a full stop. */
const char *saved_file_sentence(enum saved_result result);
