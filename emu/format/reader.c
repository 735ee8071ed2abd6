/* SPDX-License-Identifier: MIT */
#include "reader.h"
#include "base64.h"
#include "compact.h"
#include "emu/text/number.h"
#include "simh.h"
#include <string.h>

/* Maximum size in bytes of a file that holds a compact text. */
#define COMPACT_FILE_MAX 1024

/* Reads the number of entries from the first row of the file. */
static void read_count(struct reader *reader, const struct text_row *row)
{
    if (number_read(row->data, &reader->count) != NUMBER_READ)
        reader->count = UINT32_MAX;
    reader->count_row = row->number;
    if (row->commented && !log_is_mark(row->comment))
        builder_comment(&reader->parser.builder, row->comment);
}

static bool parse_row(struct reader *reader, const struct line_reader *from,
                      const struct text_row *row)
{
    struct builder *builder = &reader->parser.builder;

    (void)from;
    builder->row = row->number;
    if (row->data.length == 0) {
        if (row->commented && !log_is_mark(row->comment))
            builder_comment(builder, row->comment);
    } else if (reader->info.counted && reader->count_row == 0) {
        read_count(reader, row);
    } else if (reader->info.format != FORMAT_ENTRIES &&
               assembler_is_start(row->data)) {
        builder->starting = true;
    } else if (!log_is_end(row->data) &&
               !builder_directive(builder, row->data)) {
        return parse_line(&reader->parser, reader->info.format, row);
    }
    return true;
}

/* Handles a row of source in the pass that finds the names. */
static bool scan_row(struct reader *reader, const struct line_reader *from,
                     const struct text_row *row)
{
    struct builder *builder = &reader->parser.builder;

    (void)from;
    builder->row = row->number;
    if (row->data.length == 0 || log_is_end(row->data) ||
        builder_directive(builder, row->data))
        return true;
    if (reader->info.counted && reader->count_row == 0) {
        reader->count_row = row->number;
        return true;
    }
    return assembler_scan(&reader->parser.assembler, builder, row);
}

/* Sharp's simulator saves an empty store as a count of 0 and no entries. */
static bool is_empty_store(const struct reader *reader)
{
    return reader->info.counted && reader->count == 0;
}

static bool report_empty(struct reader *reader)
{
    const struct format_info *info = &reader->info;
    const char *what = "no line of the store is given";

    if (info->rows == 0)
        what = info->comments > 0 ? "only comments" : "it is empty";
    else if (info->counted)
        what = "only a count";
    reader->parser.builder.row = 0;
    strbuf_add(&reader->parser.builder.wrong,
               "the file contains no program: %s", what);
    return builder_error(&reader->parser.builder);
}

/* Performs the checks that need the whole file. */
static bool finish_program(struct reader *reader)
{
    struct builder *builder = &reader->parser.builder;

    if (builder->entries == 0 && !is_empty_store(reader) &&
        !(reader->info.format == FORMAT_SECTIONS && builder->registers))
        return report_empty(reader);
    if (reader->info.format == FORMAT_ENTRIES)
        assembler_finish(&reader->parser.assembler, builder);
    if (builder->starting) {
        strbuf_add(&builder->wrong, "no line follows \"start:\"");
        builder_warn(builder);
    }
    if (reader->info.counted && reader->count != builder->entries) {
        builder->row = reader->count_row;
        strbuf_add(&builder->wrong,
                   "the count is %lu, but the number of lines is %u",
                   (unsigned long)reader->count, builder->entries);
        builder_warn(builder);
    }
    builder_warn_left_out(builder);
    return true;
}

/* Returns the word if TEXT is a single word, or an empty span otherwise. */
static struct span only_word(const char *text, size_t size)
{
    struct span word = {text, size <= COMPACT_FILE_MAX ? size : 0};

    while (word.length > 0 && (uint8_t)*word.at <= ' ') {
        word.at++;
        word.length--;
    }
    while (word.length > 0 && (uint8_t)word.at[word.length - 1] <= ' ')
        word.length--;
    for (size_t i = 0; i < word.length; i++)
        if ((uint8_t)word.at[i] <= ' ')
            word.length = 0;
    return word;
}

/* Returns true if WORD can only be a compact text, as it is longer than any
   string of digits.  The function is not inlined, to keep its message buffer
   out of the caller's stack frame. */
__attribute__((noinline)) static bool is_compact(struct span word)
{
    char sentence[SENTENCE_SIZE];
    struct strbuf wrong = strbuf_begin(sentence, sizeof sentence);

    return word.length >= COMPACT_SHORTEST && base64_check(word, &wrong);
}

/* Handles a row of the first pass. */
static bool detect_row(struct reader *reader, const struct line_reader *from,
                       const struct text_row *row)
{
    struct builder *builder = &reader->parser.builder;

    builder->row = row->number;
    if (log_add_row(&reader->log, row, &reader->lines)) {
        reader->start = *from;
        reader->info = (struct format_info){.rows = 0};
    }
    return format_add_row(&reader->info, row, &builder->wrong) ||
           builder_error(builder);
}

static bool parse_snapshot_row(struct reader *reader,
                               const struct line_reader *from,
                               const struct text_row *row)
{
    (void)from;
    return snapshot_parser_add_row(&reader->snapshot_parser,
                                   &reader->parser.builder, row);
}

static bool finish_snapshot(struct reader *reader)
{
    struct builder *builder = &reader->parser.builder;

    if (!snapshot_parser_finish(&reader->snapshot_parser, builder))
        return false;
    reader->snapshot = reader->snapshot_parser.image.snapshot;
    builder_warn_left_out(builder);
    return true;
}

static void finish(struct reader *reader, bool good)
{
    reader->good = good;
    reader->stage = READER_DONE;
}

/* Warns if there are several programs in the file. */
static void warn_several(struct reader *reader)
{
    struct builder *builder = &reader->parser.builder;

    if (reader->log.programs < 2)
        return;
    builder->row = reader->start.row + 1;
    strbuf_add(&builder->wrong,
               "the last of %u programs in this file starts here; the others "
               "are left out",
               reader->log.programs);
    builder_warn(builder);
}

/* Sets the order of the digits, and says so if it is not the usual one.  A
   snapshot, and a .snp, which begins with a count, have digit 0 first. */
static void warn_order(struct reader *reader)
{
    struct builder *builder = &reader->parser.builder;

    builder->most_first = !reader->log.is_state && !reader->info.counted &&
                          digit_order_is_most_first(&reader->info.order);
    if (!builder->most_first)
        return;
    builder->row = 0;
    strbuf_add(&builder->wrong, "the most significant digits are read first, "
                                "because only then are the words instructions");
    builder_warn(builder);
}

/* Warns of decimal words that may be meant as hexadecimal ones. */
static void warn_figures(struct reader *reader)
{
    const struct format_info *info = &reader->info;
    struct builder *builder = &reader->parser.builder;

    if (info->format != FORMAT_WORDS || info->eight < info->rows ||
        !info->zeros)
        return;
    builder->row = 0;
    strbuf_add(&builder->wrong,
               "no word has a letter from A to F, so the words are read as "
               "decimal numbers");
    builder_warn(builder);
}

/* Begins another pass over the program. */
static void rewind_to(struct reader *reader, int stage)
{
    reader->lines = reader->start;
    reader->count_row = 0;
    reader->stage = stage;
}

static void end_detect(struct reader *reader)
{
    format_detect(&reader->info);
    warn_several(reader);
    warn_order(reader);
    warn_figures(reader);
    reader->is_state = reader->log.is_state;
    rewind_to(reader, reader->is_state                        ? READER_SNAPSHOT
                      : reader->info.format == FORMAT_ENTRIES ? READER_NAMES
                                                              : READER_PROGRAM);
}

static void end_names(struct reader *reader)
{
    assembler_rewind(&reader->parser.assembler);
    rewind_to(reader, READER_PROGRAM);
}

static void end_program(struct reader *reader)
{
    finish(reader, finish_program(reader));
}

static void end_snapshot(struct reader *reader)
{
    finish(reader, finish_snapshot(reader));
}

/* What is done with each row, which begins at FROM, and after the last. */
static const struct {
    bool (*row)(struct reader *reader, const struct line_reader *from,
                const struct text_row *row);
    void (*end)(struct reader *reader);
} stages[] = {
    [READER_DETECT] = {detect_row, end_detect},
    [READER_NAMES] = {scan_row, end_names},
    [READER_PROGRAM] = {parse_row, end_program},
    [READER_SNAPSHOT] = {parse_snapshot_row, end_snapshot},
};

bool reader_slice(struct reader *reader, size_t bytes)
{
    size_t seen = 0;

    while (seen < bytes && reader_is_active(reader)) {
        const struct line_reader from = reader->lines;
        struct text_row row;

        if (!line_reader_next(&reader->lines, &row)) {
            stages[reader->stage].end(reader);
            continue;
        }
        seen += (size_t)(reader->lines.at - from.at);
        text_row_replace(&row, reader->row);
        if (!stages[reader->stage].row(reader, &from, &row))
            finish(reader, false);
    }
    return reader_is_active(reader);
}

/* Initializes the reader.  Returns false if the file is too large. */
static bool begin(struct reader *reader, const char *text, size_t size,
                  const struct reader_report *report)
{
    struct builder *builder = &reader->parser.builder;

    memset(reader, 0, sizeof *reader);
    reader->text = size > 0 ? text : "";
    reader->size = size;
    builder_begin(builder, &reader->program, report);
    reader->parser.section = mdm_store_section();
    if (size > FILE_MAX) {
        strbuf_add(&builder->wrong,
                   "the file has %lu bytes, but the maximum is %u",
                   (unsigned long)size, FILE_MAX);
        return builder_error(builder);
    }
    reader->lines = line_reader_begin(reader->text, reader->size);
    reader->start = reader->lines;
    return true;
}

void reader_start(struct reader *reader, const char *text, size_t size,
                  const struct reader_report *report)
{
    struct builder *builder = &reader->parser.builder;
    struct span word = only_word(text, size);

    if (!begin(reader, text, size, report))
        return;
    if (simh_is(text, size)) {
        simh_read(&reader->program, text);
        finish(reader, true);
    } else if (is_compact(word)) {
        builder->row = 1;
        finish(reader, compact_read(word.at, word.length, &reader->program,
                                    &builder->wrong) ||
                           builder_error(builder));
    } else {
        reader->stage = READER_DETECT;
    }
}
