/* SPDX-License-Identifier: MIT */
/*
 * Reads programs in any format used by simulators of the Baby.  The format is
 * detected from the content of a file, not from its name.
 *
 * Supported formats are .snp and .asm of Sharp's simulator, MAME, emuStudio,
 * NevynUK, pfaivre, babyutils and similar programs; .mdm of the Windows MADM
 * simulator; .store of madm-sdl2; rows of digits or decimal words; a single
 * word of compact text (compact.h); listings of the form `N digits MNEM n`, as
 * in lecture notes; and the binary .st of SIMH (simh.h).
 *
 * Assembler source may have line numbers, names or both (assembler.h).  The
 * 1951 notation (`-24,A`) and other binary files are rejected.  Snapshots
 * (snapshot_file.h) are read as well.  Of several programs in a file (log.h)
 * the last one is read.
 */
#pragma once

#include "log.h"
#include "parse_line.h"
#include "emu/machine/program.h"
#include "snapshot_file.h"
#include <stddef.h>

#define FILE_MAX 65536u /* maximum file size in bytes */

/* State of a reader.  Must not be copied while a file is being read. */
struct reader {
    bool good;     /* true if the reader has finished without an error */
    bool is_state; /* true if the file is a snapshot, not only a program */
    struct program program;
    struct snapshot snapshot; /* valid if `is_state` */

    /* The remaining fields are private to reader.c. */
    enum {
        READER_DONE,
        READER_DETECT,
        READER_NAMES,
        READER_PROGRAM,
        READER_SNAPSHOT,
    } stage;
    const char *text;
    size_t size;
    struct line_reader lines;
    struct line_reader start; /* position of the last program in the file */
    struct log log;
    char row[ROW_MAX]; /* buffer for a row in which characters are replaced */
    struct format_info info;
    struct line_parser parser; /* also provides the builder for snapshots */
    struct snapshot_parser snapshot_parser;
    unsigned count_row; /* row of the entry count, or 0 if not read yet */
    uint32_t count;     /* number of entries according to the file */
};

/*
 * Starts reading SIZE bytes at TEXT, which must remain valid while they are
 * read.  TEXT may be NULL if SIZE is 0, and is not accessed if SIZE exceeds
 * FILE_MAX.  REPORT is copied and may be NULL.  Reading stops after an error.
 *
 * Comments start with `;`, `#`, `//` or `--`.  A comment beside a line becomes
 * its note, and comments before the first line become the program's head.
 * Comments with the directives `ci-start N` and `a-start N` set CI and A.
 */
void reader_start(struct reader *reader, const char *text, size_t size,
                  const struct reader_report *report);

/* Reads BYTES bytes, rounded up to whole rows of at most ROW_MAX + 2 bytes. The
   file is read two or three times.  Returns false when the reader has finished.
   Reading in slices keeps each call short, whatever the size of the file. */
bool reader_slice(struct reader *reader, size_t bytes);

/* Returns true if the reader has not finished yet. */
static inline bool reader_is_active(const struct reader *reader)
{
    return reader->stage != READER_DONE;
}
