/* SPDX-License-Identifier: MIT */
/*
 * The programs that ship in the kernel; programs.S lists them.
 */
#ifndef BOOT_PROGRAMS_H
#define BOOT_PROGRAMS_H

struct builtin_program {
    const char *name; /* file name without its ending */
    const char *text, *end;
};

extern const struct builtin_program builtin_programs[];
extern const struct builtin_program builtin_programs_end[];

#endif
