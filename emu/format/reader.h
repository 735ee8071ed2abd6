/* SPDX-License-Identifier: MIT */
/*
 * Reads a program from any form that simulators of the Baby use; the form is
 * found from the content, never from a name.
 *
 * Understood: .snp and .asm of Sharp's simulator, MAME, emuStudio, NevynUK,
 * pfaivre, babyutils and their like; .mdm of the Windows MADM simulator;
 * bare lines of digits; bare decimal words; madm-sdl2's .store; the compact
 * text of a store (compact.h), alone in the file; a listing as lecture notes
 * print it, `N digits MNEM n`; and, the one that is no text, SIMH's .st
 * (simh.h).
 *
 * Refused with an error: assemblers with labels, the notation of 1948
 * (`-24,A`), other binary files, and the state of a machine, which is more
 * than a program (snapshot_file.h) and is read by reader_start_state().
 *
 * A file is read in slices, so that whoever reads can do other things in
 * between: nothing here takes a time that grows with the file.
 */
#ifndef EMU_FORMAT_READER_H
#define EMU_FORMAT_READER_H

#include "parse_line.h"
#include "emu/machine/program.h"
#include "snapshot_file.h"
#include <stddef.h>

#define FILE_MAX 65536u /* bytes of the largest file that is read */

/* Must not be copied while a file is being read. */
struct reader {
    bool good; /* when all is read: there was no error */
    struct program program;
    struct snapshot snapshot; /* of a state */

    /* For reader.c alone. */
    enum { READER_DONE, READER_SURVEY, READER_PROGRAM, READER_STATE } stage;
    const char *text;
    size_t size;
    struct source source;
    struct survey survey;
    struct dialect dialect; /* its intake is the state's, too */
    struct state_fields state;
    unsigned count_row; /* line of the file with the count; 0: not yet met */
    uint32_t count;     /* of entries, as it says */
};

/*
 * Begins to read SIZE bytes at TEXT, which must stay; it may be NULL when SIZE
 * is 0, and is not looked at when SIZE is more than FILE_MAX.  REPORT, which
 * may be NULL, is copied.
 *
 * Warnings are reported as they are met.  The first error is reported and ends
 * the reading.
 *
 * Comments (`;` `#` `//` `--`) beside a line become its note, those before
 * the first line the head.  Two are obeyed instead: `ci-start N`, which
 * madm-sdl2 has, and `a-start N`.
 */
void reader_start(struct reader *reader, const char *text, size_t size,
                  const struct reader_report *report);

/* The same for what state_is() finds to be a state. */
void reader_start_state(struct reader *reader, const char *text, size_t size,
                        const struct reader_report *report);

/* Reads on until BYTES were looked at, and at most ROW_MAX + 2 more; each byte
   of a file is looked at twice.  False: all is done. */
bool reader_slice(struct reader *reader, size_t bytes);

/* Whether a file is being read. */
static inline bool reader_is_active(const struct reader *reader)
{
    return reader->stage != READER_DONE;
}

#endif
