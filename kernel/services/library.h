/* SPDX-License-Identifier: MIT */
/*
 * The program library: first the Multiboot modules, then the programs built
 * into the kernel.
 */
#pragma once

#include "emu/machine/snapshot.h"
#include "emu/format/reader.h"
#include "emu/text/strbuf.h"

struct library_file {
    const char *name; /* file name */
    const char *text; /* NULL only if SIZE is 0 */
    size_t size;      /* a file longer than FILE_MAX is an error */
};

#define LIBRARY_MAX          700
#define LIBRARY_TITLE_SIZE   48
#define LIBRARY_MESSAGE_SIZE 240

/* Bytes read per turn of the console.  The first turn reads a 2 KB program
   completely, so that it is loaded before the next key typed ahead; the others
   take some milliseconds on a PC of 2 MIPS. */
#define LIBRARY_FIRST_SLICE 4096u
#define LIBRARY_SLICE       128u

/* Title and author, from the comments at the head of a file. */
struct library_info {
    char title[LIBRARY_TITLE_SIZE];
    char author[LIBRARY_TITLE_SIZE]; /* with the year; may be empty */
};

struct library {
    unsigned count;
    struct library_file file[LIBRARY_MAX];
};

/* Adds a file and returns its index, or -1 if there are LIBRARY_MAX already.
   The strings stay the caller's and must outlive the library. */
int library_add(struct library *library, const char *name, const char *text,
                size_t size);

/* Returns a file called "store" with the compact text TEXT. */
struct library_file library_store(const char *text);

/* Returns the index of the program NAME, with or without the file extension
   (.snp, .asm ...), or -1 if there is none. */
int library_find(const struct library *library, const char *name);

/*
 * Fills in title and author of FILE.  The title is the first comment if only a
 * state's header is before it, else the file name.  The author is the next
 * comment if it starts with "by ".  Returns the bytes read, at most 4096.
 */
size_t library_read_info(const struct library_file *file,
                         struct library_info *card);

/* Whether FILE is the saved state of a machine, not only a program. */
bool library_is_state(const struct library_file *file);

/* A file being read.  Must not be copied.  All zero: no file. */
struct library_reader {
    struct library_file file;
    bool is_state;
    struct reader reader; /* program read; for a state also the snapshot */
    unsigned problems;    /* warnings and errors so far */
    /* `NAME:LINE: problem`: the error, or the first of the warnings. */
    char message[LIBRARY_MESSAGE_SIZE];
};

/* Starts to read FILE, whose strings must stay valid. */
void library_start(struct library_reader *reader,
                   const struct library_file *file);

/* Reads the next BYTES, as reader_slice() does.  Returns false at the end. */
bool library_slice(struct library_reader *reader, size_t bytes);
