/* SPDX-License-Identifier: MIT */
/*
 * The programs at hand: those that came with the boot (Multiboot modules),
 * then those that ship in the kernel.
 */
#ifndef UI_LIBRARY_H
#define UI_LIBRARY_H

#include "emu/moment.h"
#include "emu/reader.h"
#include "emu/text.h"

struct library_file {
    const char *name; /* file name or shipped name */
    const char *text; /* NULL only if SIZE is 0 */
    size_t size;
};

#define LIBRARY_MAX        700
#define LIBRARY_TITLE_SIZE 48

/* What the head of a file says of it. */
struct library_card {
    char title[LIBRARY_TITLE_SIZE];
    char author[LIBRARY_TITLE_SIZE]; /* and year; may be empty */
};

struct library {
    unsigned count;
    struct library_file file[LIBRARY_MAX];
};

/* Adds a file and returns its index; -1: it is one beyond LIBRARY_MAX and
   left out.  The strings stay the caller's and must live on. */
int library_add(struct library *library, const char *name, const char *text,
                size_t size);

/* The compact text of a store as a file called "store". */
struct library_file library_store(const char *text);

/* The index of the program called NAME, with or without the file name's
   ending (.snp, .asm ...); -1 if there is none. */
int library_find(const struct library *library, const char *name);

/*
 * Fills in the card of FILE.  Its first comment is its title (its name, if it
 * begins with none; before it a state may say that it is one); the next is its
 * author if it begins with "by ".
 */
void library_card(const struct library_file *file, struct library_card *card);

/* Whether FILE is the state of a machine, not a program alone. */
bool library_is_state(const struct library_file *file);

/*
 * Reads FILE into *PROGRAM, and if it is a state, into *MOMENT, too.  On
 * failure both are left as they were, false is returned, and *SAYS says
 * `NAME:LINE: what is wrong`; warnings are said the same way, the first of
 * them and how many more there are.
 */
bool library_read(const struct library_file *file, struct program *program,
                  struct moment *moment, struct text *says);

#endif
