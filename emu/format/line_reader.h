/* SPDX-License-Identifier: MIT */
/*
 * Splits a program file into rows, and each row into data and a comment.
 * Handles line endings, byte order marks and comment marks, but does not
 * interpret the data.  Internal to the file reader.
 */
#pragma once

#include "emu/text/span.h"

/* Maximum length of a row in bytes, to bound the time spent on one row.  It is
   large enough for any row of a program's head. */
#define ROW_MAX 1024

struct line_reader {
    const char *at;  /* start of the next row */
    const char *end; /* end of the text */
    unsigned row;    /* line number of the last row, counting from 1 */
    bool inside;     /* true if the last row ended in the middle of a line */
};

struct text_row {
    unsigned number;     /* line number in the file, counting from 1 */
    struct span data;    /* text before the comment, trimmed */
    struct span comment; /* text after the comment mark, not trimmed */
    bool commented;      /* true if there is a comment, even an empty one */
    bool too_long;       /* true if there are more than ROW_MAX bytes of data */
};

/* Starts reading SIZE bytes at TEXT.  Skips a UTF-8 byte order mark at the
   start and the Ctrl-Z that DOS editors add at the end. */
struct line_reader line_reader_begin(const char *text, size_t size);

/* Reads the next row, which is normally one line of the file.  If a comment
   extends beyond ROW_MAX bytes, the rest of it is returned in further rows that
   have the same number and no data.  Returns false at the end of the file. */
bool line_reader_next(struct line_reader *reader, struct text_row *row);

/* Replaces the minus signs (U+2212, U+2013) and no-break spaces (U+00A0) that
   text pasted from pages has in the data of ROW.  If there are any, ROW refers
   to BUFFER afterwards. */
void text_row_replace(struct text_row *row, char buffer[ROW_MAX]);

/* Checks that the data of ROW is printable ASCII, that its comment has no zero
   byte, and that it is not too long.  If not, returns false with an error
   message in WRONG. */
bool line_reader_check(const struct text_row *row, struct strbuf *wrong);

/* Copies COMMENT to the SIZE bytes at TO as printable ASCII.  Tabs become
   blanks, any other character becomes '?', trailing blanks are dropped, and the
   rest of the buffer is filled with zeros.  Returns the length, and sets *CUT
   if the comment does not fit. */
size_t line_reader_copy_comment(char *to, size_t size, struct span comment,
                                bool *cut);
