/* SPDX-License-Identifier: MIT */
/* Writes programs in the formats of other simulators. */
#pragma once

#include "emu/machine/program.h"
#include "emu/text/strbuf.h"

/* Sizes of buffers that are large enough for any program. */
#define SNP_SIZE   1280
#define ASM_SIZE   5120
#define NAMES_SIZE 6656

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

/*
 * Appends PROGRAM as source with names and without line numbers, which this and
 * other simulators that read labels take.  Rows end in LF:
 *
 *     ; Title
 *     ; by Somebody
 *             VAR 0
 *             LDN PEARS ; note
 *     PEARS:  VAR 17    ; rest of the note
 *
 * The first word of a note before a colon is the name of its line.  It is
 * written as a label, and as the operand of the instructions that refer to the
 * line; the reader makes it the first word of the note again.  The whole note
 * stays in the comment, and there is no label, if the name
 *  - is START, which the reader takes as the line where control starts;
 *  - is a mnemonic, or has other characters than letters, figures and `_`, as
 *    other simulators might not take it;
 *  - is in the notes of several lines, or has more than NAME_SIZE_MAX
 *    characters, which the reader refuses;
 *  - is not followed by a colon, one blank and the rest, so that the reader
 *    would not make the same note of it.
 * The operand is the number of the line if that has no label, as a made-up name
 * would become part of its note.  Not all other simulators take numbers.
 *
 * All lines up to the last that is in use are written, numbers as VAR.  A line
 * that is zero and is not marked as a number is JMP 0 if control can come to it
 * from the lines before, and otherwise VAR 0.  Initial values of A and CI are
 * written as in program_write_asm(), and CI also if it is zero but line 0 is an
 * instruction, where control would start without it.
 *
 * Reading the text yields the same program, except that words that are not
 * instruction_is_plain(), and zeros that are written as VAR 0, are marked as
 * numbers.
 */
void program_write_names(struct strbuf *text, const struct program *program);

/* Append the head as comment rows, and a note (if it is not empty) as a comment
   at the end of a row.  Also used by other writers.  A row of the head that the
   reader would take as a directive or as the mark of a save is written as a
   comment within the comment, so that it is kept, with "; " before it. */
void writer_head(struct strbuf *text, const char head[HEAD_SIZE]);
void writer_note(struct strbuf *text, const char note[NOTE_SIZE]);
