/* SPDX-License-Identifier: MIT */
/* Programs built into the kernel (see programs.S). */
#pragma once

struct builtin_program {
    const char *name; /* file name without the .asm suffix */
    const char *text, *end;
};

extern const struct builtin_program builtin_programs[];
extern const struct builtin_program builtin_programs_end[];
