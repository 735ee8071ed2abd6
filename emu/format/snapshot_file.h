/* SPDX-License-Identifier: MIT */
/*
 * The text format of a snapshot and the comments of its program, for files and
 * for migration to another PC, as described in emu/README.md, "Snapshot files".
 * A is written as a signed number and CI and PI as unsigned numbers, but all of
 * them are read in any notation of number_read().
 *
 * Held buttons and keys, CS, the speed, and the options for questions on which
 * the sources disagree are left out, because they belong to the receiving
 * console.
 */
#pragma once

#include "program_builder.h"
#include "emu/machine/snapshot.h"
#include "line_reader.h"
#include "emu/text/strbuf.h"

/* Size of a buffer that is large enough for any snapshot. */
#define SNAPSHOT_FILE_SIZE 6400

/* Appends SNAPSHOT and the head, notes and `numbers` of its program.  The words
   of the program are ignored.  Rows end in LF. */
void snapshot_file_write(struct strbuf *text, const struct snapshot *snapshot,
                         const struct program *beside);

/* Like snapshot_file_write(), but a comment in the first row says that this is
   machine NUMBER of COUNT, unless it is the only one. */
void snapshot_file_write_guest(struct strbuf *text,
                               const struct snapshot *snapshot,
                               const struct program *beside, unsigned number,
                               unsigned count);

/* Returns true if TEXT starts like a snapshot of any version.  TEXT may be NULL
   if SIZE is 0. */
bool snapshot_file_is(const char *text, size_t size);

/* Values of all fields of a snapshot file. */
struct snapshot_file_image {
    struct snapshot snapshot;
    uint32_t numbers;
};

/* State of a snapshot parser.  Must be initialized to zero. */
struct snapshot_parser {
    struct snapshot_file_image image;
    uint32_t given; /* bitmask of the fields read so far */
    bool begun, ended;
};

/* Parses the next row of the file.  Returns false after reporting an error,
   such as a field that is unknown, repeated or invalid.  Rows after the first
   may be in any order and may end in CR LF, and `baby: end` may be missing. */
bool snapshot_parser_add_row(struct snapshot_parser *parser,
                             struct builder *builder,
                             const struct text_row *row);

/* Finishes parsing and sets A and CI of the builder's program.  Returns false
   after reporting an error, such as a missing field or contradictory values.
   Members of the snapshot that are not saved are zero. */
bool snapshot_parser_finish(struct snapshot_parser *parser,
                            struct builder *builder);
