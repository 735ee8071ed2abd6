/* SPDX-License-Identifier: MIT */
/*
 * The text of PROGRAMS/SAVED.ASM, to which the Baby appends programs.  A
 * comment `baby: save N` precedes each, so that other Babies read it, too
 * (log.h).  The rest of the file is blank.
 *
 * Each program begins with a sector of its own, so that the sectors of the
 * other ones are not written again.  The text ends at the first sector after
 * the last mark that is blank as a whole.  What follows is left of a save that
 * was interrupted, and is ignored.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define SAVED_SECTOR   512u
#define SAVED_SIZE_MAX 65536u /* FILE_MAX, which the file reader takes */
#define SAVED_MAX      (SAVED_SIZE_MAX / SAVED_SECTOR)

/* Returns true if a boot module of this name is that file. */
bool saved_is_called(const char *name);

/* A program in the text, without its mark */
struct saved_program {
    const char *text;
    size_t size;
};

/* Finds the programs in TEXT, of at most SAVED_SIZE_MAX bytes, stores the first
   MAX of them, and returns their number.  Programs without a single row of data
   are left out, such as the file's head. */
unsigned saved_split(const char *text, size_t size,
                     struct saved_program *programs, unsigned max);

struct saved_extent {
    unsigned marks;
    /* The sector at which the text ends, counted from 0, or the number of whole
       sectors if there is no room */
    unsigned end;
};

struct saved_extent saved_measure(const char *text, size_t size);

/* Returns true if SIZE bytes have nothing visible. */
bool saved_is_blank(const char *text, size_t size);

/* Returns what the blank part of the file has at an offset: rows of 63 blanks.
 */
static inline char saved_filling(size_t offset)
{
    return offset % 64 == 63 ? '\n' : ' ';
}
