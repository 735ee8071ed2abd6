/* SPDX-License-Identifier: MIT */
/*
 * The built-in programs, listed in programs.S.
 */
#pragma once

struct builtin_program {
    const char *name; /* file name without .asm */
    const char *text, *end;
};

extern const struct builtin_program builtin_programs[];
extern const struct builtin_program builtin_programs_end[];
