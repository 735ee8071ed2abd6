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
 * than a program (state.h).
 */
#ifndef EMU_READER_H
#define EMU_READER_H

#include "program.h"
#include <stddef.h>

/*
 * Receives what the reader has to say: LINE is the line of the file, from 1
 * (0: the file as a whole); SENTENCE has no full stop, is plain ASCII and
 * lives only during the call.
 */
struct reader_report {
    void (*say)(void *context, bool error, unsigned line, const char *sentence);
    void *context;
};

/*
 * Reads SIZE bytes at TEXT (may be NULL when SIZE is 0) into *PROGRAM.
 * Warnings are reported as they are met.  The first error is reported, ends
 * the reading and leaves *PROGRAM as it was; then false is returned.
 *
 * Comments (`;` `#` `//` `--`) beside a line become its note, those before
 * the first line the head.  Two are obeyed instead: `ci-start N`, which
 * madm-sdl2 has, and `a-start N`.
 */
bool program_read(struct program *program, const char *text, size_t size,
                  const struct reader_report *report);

#endif
