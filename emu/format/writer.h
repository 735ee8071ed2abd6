/* SPDX-License-Identifier: MIT */
/*
 * Writes a program for other simulators and for a person.
 */
#ifndef EMU_FORMAT_WRITER_H
#define EMU_FORMAT_WRITER_H

#include "emu/machine/program.h"
#include "emu/text/strbuf.h"

/* Buffers of these sizes hold any program that program_read() fills. */
#define SNP_SIZE 1280
#define ASM_SIZE 5120

/*
 * The common .snp, which Sharp's simulator, MAME and the museum's PC read
 * alike: count of entries, then `NNNN:` and 32 digits for each line that is
 * not zero, CR LF at each end, no comments.  An empty store is written as
 * one entry, line 0, because MAME refuses a count of zero.
 * Lost: comments, what is a number and what an instruction, A and CI.
 */
void program_write_snp(struct strbuf *text, const struct program *program);

/*
 * .asm with the head comments and the notes, as Sharp's simulator reads it:
 * `;` comments, the count of entries, then `N MNEM n ; note`, upper case,
 * one blank between words, numbers as NUM, LF at each end.  Lines that are
 * zero are written if they are marked as numbers or carry a note.
 *
 * A and CI, where they are not zero, go into comments `; a-start N` and
 * `; ci-start N` (the second is madm-sdl2's); Sharp's simulator starts from
 * zero all the same.
 *
 * program_read() gives the same program again, with one difference: a word
 * that no instruction spells (not instruction_is_plain()) comes back marked
 * as a number, because NUM is the one form that gives all its digits to
 * every reader.
 */
void program_write_asm(struct strbuf *text, const struct program *program);

/*
 * For other writers in emu/, as .asm has them: the head's rows as comments of
 * a line each; a line's note with ` ; ` before it, nothing where there is
 * none.
 */
void writer_head(struct strbuf *text, const char head[HEAD_SIZE]);
void writer_note(struct strbuf *text, const char note[NOTE_SIZE]);

#endif
