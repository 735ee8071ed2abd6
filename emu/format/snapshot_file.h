/* SPDX-License-Identifier: MIT */
/*
 * The text format of a snapshot, with the comments of its program, for a file
 * or for another PC.
 *
 *     baby: state 1
 *     ; the head comments, as in a program file
 *     A -5
 *     CI 3
 *     ...
 *     0000:32 digits, digit 0 first
 *     0001:01011000000000100000000000000000 ; its note
 *     ...
 *     baby: end
 *
 * The first row has the version of the format.  Counts are decimal.  Words are
 * written signed in A, unsigned in CI and PI, and read in any notation of
 * instruction_read().  The fields:
 *
 *     A, CI, PI         the registers
 *     TEST, NEON        1: the test flip-flop is set, the stop lamp is lit
 *     HUNG              1: as in struct snapshot
 *     CI5,
 *     IMMEDIATE-TEST    1: the compatibility switch is on
 *     PREPULSES,
 *     INSTRUCTIONS      the counts of the machine
 *     UNCOUNTED,
 *     MICROSECONDS      as `uncounted` and `machine_us` in struct snapshot
 *     L, F              the switches of digits 0 to 4, and of 13 to 15, a
 *                       character each; 1 is down
 *     MAN, ERASE        1: the switch is at Man, at Erase
 *     NUMBERS           32 characters, for lines 0 to 31; 1: the line is a
 *                       number, not an instruction
 *
 * Not included, as they belong to the receiving console: held buttons and
 * keys, CS, the speed, and the options for questions on which sources disagree.
 */
#pragma once

#include "program_builder.h"
#include "emu/machine/snapshot.h"
#include "line_reader.h"
#include "emu/text/strbuf.h"

/* Size of a buffer for any snapshot. */
#define SNAPSHOT_FILE_SIZE 6400

/* Adds SNAPSHOT with the head, notes and `numbers` of BESIDE, whose words are
   not used.  Rows end in LF. */
void snapshot_file_write(struct strbuf *text, const struct snapshot *snapshot,
                         const struct program *beside);

/* Whether SIZE bytes at TEXT (may be NULL if SIZE is 0) start like a snapshot,
   of any version. */
bool snapshot_file_is(const char *text, size_t size);

/* The values of all fields. */
struct snapshot_file_image {
    struct snapshot snapshot;
    uint32_t numbers;
};

/* A snapshot being read; initialize to zero. */
struct snapshot_parser {
    struct snapshot_file_image image;
    uint32_t given; /* bit i: field i was read */
    bool begun, ended;
};

/*
 * Parses ROW, the next of the file, into PARSER and BUILDER.  Returns false
 * after reporting an error.
 *
 * Rows may come in any order and end in CR LF; `baby: end` may be missing.
 * Errors are a field that is unknown, repeated or missing, an invalid value,
 * and values that contradict each other.
 */
bool snapshot_parser_add_row(struct snapshot_parser *parser,
                             struct builder *builder,
                             const struct text_row *row);

/* The same after the last row.  Fields of the snapshot that are not in the file
   are zero; store, A and CI are also set in the program of BUILDER. */
bool snapshot_parser_finish(struct snapshot_parser *parser,
                            struct builder *builder);
