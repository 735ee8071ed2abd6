/* SPDX-License-Identifier: MIT */
/*
 * Writes a program in the formats of other simulators.
 */
#pragma once

#include "emu/machine/program.h"
#include "emu/text/strbuf.h"

/* Sizes of buffers for any program. */
#define SNP_SIZE 1280
#define ASM_SIZE 5120

/*
 * Writes the common .snp, which Sharp's simulator, MAME and the museum's PC
 * read alike: number of entries, then `NNNN:` and 32 digits for each line that
 * is not zero, rows ended by CR LF, no comments.  An empty store becomes one
 * entry, line 0, because MAME rejects a count of zero.  Comments, `numbers`, A
 * and CI are lost.
 */
void program_write_snp(struct strbuf *text, const struct program *program);

/*
 * Writes .asm with head comments and notes, as Sharp's simulator reads it:
 * `;` comments, the number of entries, then `N MNEM n ; note`, upper case,
 * one blank between words, numbers as NUM, rows ended by LF.  Zero lines are
 * written if they are marked as numbers or have a note.
 *
 * A and CI that are not zero become comments `; a-start N` and `; ci-start N`
 * (the latter is madm-sdl2's); Sharp's simulator ignores them.
 *
 * Reading the text gives the same program, except that a word that is not
 * instruction_is_plain() is marked as a number: NUM is the one notation that
 * keeps all its digits in every simulator.
 */
void program_write_asm(struct strbuf *text, const struct program *program);

/* Parts of .asm for other writers: each row of the head as a comment; a note,
   if not empty, after ` ; `. */
void writer_head(struct strbuf *text, const char head[HEAD_SIZE]);
void writer_note(struct strbuf *text, const char note[NOTE_SIZE]);
