/* SPDX-License-Identifier: MIT */
/* The program library: Multiboot modules, followed by the built-in programs. */
#pragma once

#include "emu/machine/snapshot.h"
#include "emu/format/reader.h"
#include "emu/text/strbuf.h"

struct library_file {
    const char *name;
    const char *text; /* may be NULL if the size is 0 */
    size_t size;      /* size in bytes; files over FILE_MAX are rejected */
};

#define LIBRARY_MAX          700
#define LIBRARY_TITLE_SIZE   48
#define LIBRARY_MESSAGE_SIZE 240

/* Bytes read per turn of the console.  The first turn reads a 2 KB program
   completely, so that it is loaded before the next key typed ahead is
   processed.  Further turns take some milliseconds on a 2 MIPS PC. */
#define LIBRARY_FIRST_SLICE 6144u
#define LIBRARY_SLICE       128u

/* Title and author, from the comments at the start of a file. */
struct library_info {
    char title[LIBRARY_TITLE_SIZE];
    char author[LIBRARY_TITLE_SIZE]; /* author and year; may be empty */
};

struct library {
    unsigned count;
    struct library_file file[LIBRARY_MAX];
};

/* Adds a file and returns its index, or -1 if the library is full.  The strings
   are not copied and must outlive the library. */
int library_add(struct library *library, const char *name, const char *text,
                size_t size);

/* Returns a file named "store" that contains TEXT, a store as compact text. */
struct library_file library_store(const char *text);

/* Returns the index of the program called NAME, or -1 if there is none.  The
   file extension (.snp, .asm, etc.) may be omitted. */
int library_find(const struct library *library, const char *name);

/* Reads the title and author from the comments at the start of FILE.  The file
   name is used if there is no title.  The author must start with "by ".
   Returns the number of bytes read (up to 4096). */
size_t library_read_info(const struct library_file *file,
                         struct library_info *card);

/* Returns true if FILE is a saved state, which contains more than a program. */
bool library_is_state(const struct library_file *file);

/* A file being read, or all zeros if there is none.  Must not be copied. */
struct library_reader {
    struct library_file file;
    struct reader reader; /* holds the program and, for a state, the snapshot */
    unsigned problems;    /* number of warnings and errors so far */
    /* The error or, if there is none, the first warning, as NAME:LINE: TEXT. */
    char message[LIBRARY_MESSAGE_SIZE];
};

/* Starts reading FILE.  Its strings must remain valid. */
void library_start(struct library_reader *reader,
                   const struct library_file *file);

/* Reads about BYTES more bytes of the file.  Returns false at the end. */
bool library_slice(struct library_reader *reader, size_t bytes);
