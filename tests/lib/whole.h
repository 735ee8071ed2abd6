/* SPDX-License-Identifier: MIT */
/* Test helpers that read a whole file in one call.  On an error they return
   false and leave their results unchanged. */
#pragma once

#include "emu/format/reader.h"
#include "services/library.h"

static inline bool program_read(struct program *program, const char *text,
                                size_t size, const struct reader_report *report)
{
    static struct reader reader;

    reader_start(&reader, text, size, report);
    while (reader_slice(&reader, FILE_MAX))
        continue;
    if (reader.good)
        *program = reader.program;
    return reader.good;
}

static inline bool state_read(struct snapshot *snapshot,
                              struct program *program, const char *text,
                              size_t size, const struct reader_report *report)
{
    static struct reader reader;

    reader_start(&reader, text, size, report);
    while (reader_slice(&reader, FILE_MAX))
        continue;
    if (reader.good && reader.is_state) {
        *program = reader.program;
        *snapshot = reader.snapshot;
    }
    return reader.good && reader.is_state;
}

/* Reads a program file and appends any error or warning to MESSAGE. */
static inline bool library_read(const struct library_file *file,
                                struct program *program,
                                struct snapshot *snapshot,
                                struct strbuf *message)
{
    static struct library_reader reader;

    library_start(&reader, file);
    while (library_slice(&reader, FILE_MAX))
        continue;
    strbuf_add(message, "%s", reader.message);
    if (reader.reader.good)
        *program = reader.reader.program;
    if (reader.reader.good && reader.reader.is_state)
        *snapshot = reader.reader.snapshot;
    return reader.reader.good;
}
