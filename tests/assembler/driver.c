/* SPDX-License-Identifier: MIT */
/*
 * Reads sources from standard input, each followed by a NUL byte, and prints
 * one row for each:
 *   store WORD... CI [LINE=NAME]...   32 words and CI in hexadecimal
 *   refused ROW
 * NAME is the first word of the note of LINE.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/whole.h"

static void keep_row(void *context, bool error, unsigned row,
                     const char *sentence)
{
    (void)sentence;
    if (error)
        *(unsigned *)context = row;
}

static void print_program(const struct program *program)
{
    printf("store");
    for (unsigned line = 0; line < LINES; line++)
        printf(" %x", program->store[line]);
    printf(" %x", program->ci);
    for (unsigned line = 0; line < LINES; line++) {
        const char *note = program->note[line];
        size_t length = strcspn(note, " ");

        if (length > 0)
            printf(" %u=%.*s", line, (int)length, note);
    }
    printf("\n");
}

/* Reads from a buffer of exactly that size, to detect overruns. */
static void assemble(const char *text, size_t size)
{
    static struct program program;
    unsigned row = 0;
    const struct reader_report report = {keep_row, &row};
    char *copy = malloc(size > 0 ? size : 1);

    if (copy == NULL)
        abort();
    memcpy(copy, text, size);
    if (program_read(&program, copy, size, &report))
        print_program(&program);
    else
        printf("refused %u\n", row);
    free(copy);
}

int main(void)
{
    char *source = NULL;
    size_t room = 0;
    ssize_t size;

    while ((size = getdelim(&source, &room, '\0', stdin)) > 0)
        assemble(source, (size_t)size - (source[size - 1] == '\0'));
    free(source);
    return 0;
}
