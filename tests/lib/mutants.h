/* SPDX-License-Identifier: MIT */
/*
 * Program files to compare two versions of the file reader with: the files of
 * a corpus, and mutants of each, in which rows and words are deleted, doubled,
 * swapped and replaced.  A mutant depends only on the file, its name and the
 * mutant's number.  Independent of emu/, as it is compiled with an old version.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUTANTS         128  /* number of mutants of a file; 0 is the file */
#define MUTANT_SIZE_MAX 8192 /* in bytes; edits beyond it are left out */
#define PIECES_MAX      512

struct mutant {
    char text[MUTANT_SIZE_MAX];
    size_t size;
    uint32_t random; /* state of the random number generator */
};

/* ---- Hashes ---- */

#define HASH_START UINT32_C(2166136261)

/* FNV-1a. */
static inline uint32_t hash_bytes(uint32_t hash, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;

    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * UINT32_C(16777619);
    return hash;
}

static inline uint32_t hash_number(uint32_t hash, uint64_t number)
{
    for (unsigned i = 0; i < 8; i++) {
        uint8_t byte = (uint8_t)(number >> 8 * i);

        hash = hash_bytes(hash, &byte, 1);
    }
    return hash;
}

static inline uint32_t hash_string(uint32_t hash, const char *text)
{
    return hash_bytes(hash, text, strlen(text) + 1);
}

/* ---- Files ---- */

/* Offsets in the header of a tar file (POSIX ustar). */
#define TAR_BLOCK 512
#define TAR_SIZE  124 /* offset of the file size in octal */

/* Moves FILE, an archive, to the contents of NAME.  Returns its size, or 0. */
static inline size_t find_in_archive(FILE *file, const char *name)
{
    char header[TAR_BLOCK];

    while (fread(header, 1, TAR_BLOCK, file) == TAR_BLOCK && header[0]) {
        size_t size = strtoul(header + TAR_SIZE, NULL, 8);

        if (strcmp(header, name) == 0)
            return size;
        fseek(file, (long)((size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK),
              SEEK_CUR);
    }
    return 0;
}

/* Reads the file NAME, which may be `ARCHIVE.tar/NAME`.  Returns false if there
   is no such file, or if it is too large. */
static inline bool read_original(struct mutant *mutant, const char *name)
{
    const char *inside = strstr(name, ".tar/");
    size_t size = MUTANT_SIZE_MAX;
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%.*s",
             (int)(inside != NULL ? inside + 4 - name : 255), name);
    file = fopen(path, "rb");
    if (file == NULL)
        return false;
    if (inside != NULL)
        size = find_in_archive(file, inside + 5);
    mutant->size =
        size <= MUTANT_SIZE_MAX ? fread(mutant->text, 1, size, file) : 0;
    fclose(file);
    return mutant->size > 0 && mutant->size < MUTANT_SIZE_MAX;
}

/* ---- Pieces of a text ---- */

struct piece {
    size_t at, length;
};

/* xorshift32 (Marsaglia 2003). */
static inline unsigned random_below(struct mutant *mutant, size_t limit)
{
    mutant->random ^= mutant->random << 13;
    mutant->random ^= mutant->random >> 17;
    mutant->random ^= mutant->random << 5;
    return mutant->random % (uint32_t)limit;
}

/* Returns the length of the row at AT with its ending. */
static inline size_t row_length(const struct mutant *mutant, size_t at)
{
    size_t end = at;

    while (end < mutant->size && mutant->text[end] != '\n')
        end++;
    return end + (end < mutant->size) - at;
}

/* Returns the length of the word at AT, or 0 if there is none. */
static inline size_t word_length(const struct mutant *mutant, size_t at)
{
    static const char other[] = "+-_$@#*";
    size_t end = at;

    for (; end < mutant->size; end++) {
        char c = mutant->text[end];

        if (!(c >= '0' && c <= '9') && !((c | 32) >= 'a' && (c | 32) <= 'z') &&
            (c == '\0' || strchr(other, c) == NULL))
            break;
    }
    return end - at;
}

/* Chooses a row or a word.  Returns an empty piece if there is none. */
static inline struct piece choose_piece(struct mutant *mutant, bool row)
{
    struct piece pieces[PIECES_MAX];
    size_t count = 0, at = 0;

    while (at < mutant->size && count < PIECES_MAX) {
        size_t length = row ? row_length(mutant, at) : word_length(mutant, at);

        if (length > 0)
            pieces[count++] = (struct piece){at, length};
        at += length > 0 ? length : 1;
    }
    if (count == 0)
        return (struct piece){0, 0};
    return pieces[random_below(mutant, count)];
}

/* ---- Edits ---- */

/* Replaces PIECE by SIZE bytes at BYTES. */
static inline void replace(struct mutant *mutant, struct piece piece,
                           const char *bytes, size_t size)
{
    char *at = mutant->text + piece.at;
    size_t rest = mutant->size - piece.at - piece.length;

    if (mutant->size + size > MUTANT_SIZE_MAX)
        return;
    memmove(at + size, at + piece.length, rest);
    memcpy(at, bytes, size);
    mutant->size += size - piece.length;
}

static inline void edit_delete(struct mutant *mutant, bool row)
{
    replace(mutant, choose_piece(mutant, row), "", 0);
}

/* Inserts a copy of a piece before another one. */
static inline void edit_copy(struct mutant *mutant, bool row)
{
    struct piece from = choose_piece(mutant, row);
    struct piece to = choose_piece(mutant, row);
    char copy[MUTANT_SIZE_MAX];

    memcpy(copy, mutant->text + from.at, from.length);
    if (!row && from.length < sizeof copy)
        copy[from.length++] = ' ';
    to.length = 0;
    replace(mutant, to, copy, from.length);
}

static inline void edit_swap(struct mutant *mutant, bool row)
{
    struct piece one = choose_piece(mutant, row);
    struct piece other = choose_piece(mutant, row);
    char copy[2][MUTANT_SIZE_MAX];

    if (one.at == other.at)
        return;
    if (one.at > other.at) {
        struct piece first = other;

        other = one;
        one = first;
    }
    memcpy(copy[0], mutant->text + one.at, one.length);
    memcpy(copy[1], mutant->text + other.at, other.length);
    replace(mutant, other, copy[0], one.length); /* the last one first */
    replace(mutant, one, copy[1], other.length);
}

/* Replaces a word, or inserts a row. */
static inline void edit_replace(struct mutant *mutant, bool row)
{
    static const char *const words[] = {
        "JMP",      "JRP", "LDN",      "STO",       "SUB",         "CMP",
        "STP",      "NUM", "BNUM",     "BINS",      "BIN",         "JPR",
        "JMR",      "SKN", "HLT",      "TST",       "0",           "1",
        "7",        "31",  "32",       "-1",        "+12",         "0x1F",
        "b101",     "1Fh", "8192",     "123456789", "-2147483648", "1010",
        "11100000", ";",   "; loop",   "ldn",       "start:",      "--",
        "@3",       "x",   "a-start 5"};
    static const char *const rows[] = {
        "; a comment\n",
        "\n",
        "ci-start 7\n",
        "; a-start -3\n",
        "start:\n",
        "5 LDN 9 ; a note\n",
        "S:\n",
        "A:\n",
        "C:\n",
        "01010000000001100000000000000000\n",
        "12 NUM -7\n",
        "0003:00010000000000100000000000000000\n",
        "32\n",
        "@9 1 2 ; a pair\n",
        "7 BINS 01010000000001100000000000000000\n"};
    struct piece piece = choose_piece(mutant, row);
    const char *with =
        row ? rows[random_below(mutant, sizeof rows / sizeof rows[0])]
            : words[random_below(mutant, sizeof words / sizeof words[0])];

    piece.length = row ? 0 : piece.length;
    replace(mutant, piece, with, strlen(with));
}

/* Deletes, inserts or replaces a character in a row or word. */
static inline void edit_character(struct mutant *mutant, bool row)
{
    static const char with[] = "\0 \t:;,.-+#/0123456789AJLNSTPxb@[]()*\r\n";
    struct piece piece = choose_piece(mutant, row);
    unsigned how = random_below(mutant, 3);

    if (piece.length == 0)
        return;
    piece.at += random_below(mutant, piece.length);
    piece.length = how > 0;
    replace(mutant, piece, with + random_below(mutant, sizeof with - 1),
            how < 2);
}

static const struct {
    void (*edit)(struct mutant *mutant, bool row);
    bool row;
} edits[] = {
    {edit_delete, true},   {edit_copy, true},       {edit_swap, true},
    {edit_replace, true},  {edit_character, true},  {edit_delete, false},
    {edit_copy, false},    {edit_swap, false},      {edit_replace, false},
    {edit_replace, false}, {edit_character, false},
};

/* Makes mutant NUMBER of ORIGINAL, the file NAME, with one or two edits.
   Number 0 is the original. */
static inline void make_mutant(struct mutant *mutant,
                               const struct mutant *original, const char *name,
                               unsigned number)
{
    *mutant = *original;
    mutant->random = hash_number(hash_string(HASH_START, name), number) | 1;
    for (unsigned i = 0; i < 8; i++)
        random_below(mutant, 1);
    for (unsigned i = 0; number > 0 && i < 1 + number % 2; i++) {
        unsigned edit = random_below(mutant, sizeof edits / sizeof edits[0]);

        edits[edit].edit(mutant, edits[edit].row);
    }
}
