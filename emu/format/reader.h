/* SPDX-License-Identifier: MIT */
/*
 * Reads a program in any format of the simulators of the Baby.  The content
 * determines the format, not the name of the file.
 *
 * Supported: .snp and .asm of Sharp's simulator, MAME, emuStudio, NevynUK,
 * pfaivre, babyutils and their like; .mdm of the Windows MADM simulator;
 * plain rows of digits; plain decimal words; madm-sdl2's .store; the compact
 * text of a store (compact.h) as the only word; a listing as in lecture notes,
 * `N digits MNEM n`; and SIMH's .st (simh.h), the one binary format.
 *
 * Errors: assemblers with labels, the notation of 1948 (`-24,A`), other binary
 * files, and a snapshot (snapshot_file.h), which is more than a program;
 * reader_start_snapshot() reads it.
 *
 * reader_slice() reads a file in slices, so that no call takes a time that
 * grows with the file.
 */
#pragma once

#include "parse_line.h"
#include "emu/machine/program.h"
#include "snapshot_file.h"
#include <stddef.h>

#define FILE_MAX 65536u /* bytes of the largest file that is read */

/* Must not be copied while a file is being read. */
struct reader {
    bool good; /* at the end: no error was found */
    struct program program;
    struct snapshot snapshot; /* after reader_start_snapshot() */

    /* Private to reader.c. */
    enum { READER_DONE, READER_DETECT, READER_PROGRAM, READER_SNAPSHOT } stage;
    const char *text;
    size_t size;
    struct line_reader lines;
    struct format_info info;
    struct line_parser parser; /* also owns the builder of a snapshot */
    struct snapshot_parser snapshot_parser;
    unsigned count_row; /* line of the file with the count; 0: not read yet */
    uint32_t count;     /* number of entries that the file states */
};

/*
 * Starts to read SIZE bytes at TEXT, which must stay valid.  TEXT may be NULL
 * if SIZE is 0, and is not read if SIZE is more than FILE_MAX.  REPORT, which
 * may be NULL, is copied.
 *
 * Warnings are reported in passing.  The first error is reported and ends the
 * reading.
 *
 * Comments (`;` `#` `//` `--`) beside a line become its note, those before
 * the first line the head, except the directives `ci-start N` of madm-sdl2 and
 * `a-start N`.
 */
void reader_start(struct reader *reader, const char *text, size_t size,
                  const struct reader_report *report);

/* The same for a snapshot, a file for which snapshot_file_is() returns true. */
void reader_start_snapshot(struct reader *reader, const char *text, size_t size,
                           const struct reader_report *report);

/* Reads BYTES more, or at most ROW_MAX + 2 beyond that; each byte of a file is
   read twice.  Returns false at the end. */
bool reader_slice(struct reader *reader, size_t bytes);

/* Whether the end is not reached yet. */
static inline bool reader_is_active(const struct reader *reader)
{
    return reader->stage != READER_DONE;
}
