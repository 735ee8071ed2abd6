/* SPDX-License-Identifier: MIT */
/* Writes programs in the formats of other simulators. */
#pragma once

#include "emu/machine/program.h"
#include "emu/text/strbuf.h"

/* Sizes of buffers that are large enough for any program. */
#define SNP_SIZE 1280
#define ASM_SIZE 5120

/* Appends PROGRAM in the .snp format that Sharp's simulator, MAME and the
   museum's PC all read: the number of entries, followed by `NNNN:` and 32
   digits for each nonzero line.  Rows end in CR LF.  An empty store is written
   as one entry for line 0, because MAME rejects a count of zero.  Comments,
   `numbers`, A and CI are lost. */
void program_write_snp(struct strbuf *text, const struct program *program);

/*
 * Appends PROGRAM in the .asm format of Sharp's simulator: the head as
 * comments, the number of entries, and a row of the form `N MNEM n ; note` for
 * each line.  Numbers are written as NUM, and rows end in LF.  Lines that are
 * zero, are not marked as numbers and have no note are omitted.
 *
 * Nonzero initial values of A and CI are written as the comments `; a-start N`
 * and `; ci-start N` (as in madm-sdl2), which Sharp's simulator ignores.
 *
 * Reading the text yields the same program, except that a word that is not
 * instruction_is_plain() is marked as a number, because only NUM preserves
 * all its digits in every simulator.
 */
void program_write_asm(struct strbuf *text, const struct program *program);

/* Append the head as comment rows, and a note (if it is not empty) as a comment
   at the end of a row.  Also used by other writers.  A row of the head that the
   reader would take as a directive or as the mark of a save is written as a
   comment within the comment, so that it is kept, with "; " before it. */
void writer_head(struct strbuf *text, const char head[HEAD_SIZE]);
void writer_note(struct strbuf *text, const char note[NOTE_SIZE]);
