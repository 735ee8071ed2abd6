/* SPDX-License-Identifier: MIT */
/*
 * Title and author of a program.  In the head comments of a file the first row
 * is the title, and the second, if it begins with "by ", has the author.
 */
#pragma once

#include "emu/machine/program.h"

/* Notes that belong to the whole program, after those of the lines. */
enum { NOTE_TITLE = LINES, NOTE_AUTHOR, NOTES };

/* Copies the title from HEAD, cut to fit; empty if there is none. */
void title_read(const char head[HEAD_SIZE], char title[NOTE_SIZE]);
/* Copies the author's name from HEAD without "by ", cut to fit. */
void author_read(const char head[HEAD_SIZE], char author[NOTE_SIZE]);
/* Returns the rows of HEAD that follow title and author. */
const char *title_rest(const char head[HEAD_SIZE]);

/* Copies the head comments BASE to HEAD, replacing title and author by TITLE
   and AUTHOR, which may be empty.  Rows at the end that do not fit are dropped.
 */
void title_write(char head[HEAD_SIZE], const char base[HEAD_SIZE],
                 const char *title, const char *author);
