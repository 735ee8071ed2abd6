/* SPDX-License-Identifier: MIT */
/*
 * The programs at hand: those that came with the boot (Multiboot modules),
 * then those that ship in the kernel.
 */
#ifndef SERVICES_LIBRARY_H
#define SERVICES_LIBRARY_H

#include "emu/machine/snapshot.h"
#include "emu/format/reader.h"
#include "emu/text/strbuf.h"

struct library_file {
    const char *name; /* file name or shipped name */
    const char *text; /* NULL only if SIZE is 0; FILE_MAX bytes at most are
                         looked at */
    size_t size;
};

#define LIBRARY_MAX        700
#define LIBRARY_TITLE_SIZE 48
#define LIBRARY_SAYS_SIZE  240

/* Bytes looked at in a turn of the console: in the one that asks for a file a
   program of 2 KB as a whole, so that a key typed ahead finds it loaded; in the
   others what takes some milliseconds on a PC of 2 MIPS. */
#define LIBRARY_AT_ONCE 4096u
#define LIBRARY_SLICE   128u

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
 * author if it begins with "by ".  Returns how many bytes were looked at, 4096
 * at most.
 */
size_t library_card(const struct library_file *file, struct library_card *card);

/* Whether FILE is the state of a machine, not a program alone. */
bool library_is_state(const struct library_file *file);

/* A file that is being read, or was.  Must not be copied.  All zero: there is
   none. */
struct library_reader {
    struct library_file file;
    bool is_state;
    struct reader reader; /* what is read; its moment, of a state */
    unsigned said;        /* warnings and errors so far */
    /* `NAME:LINE: what is wrong`; of warnings the first, and at the end how
       many more there are. */
    char says[LIBRARY_SAYS_SIZE];
};

/* Begins to read FILE, whose strings must stay. */
void library_start(struct library_reader *reader,
                   const struct library_file *file);

/* Reads on as reader_slice() does.  False: all is done. */
bool library_slice(struct library_reader *reader, size_t bytes);

#endif
