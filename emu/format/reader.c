/* SPDX-License-Identifier: MIT */
/*
 * Reads a program file: finds out which form it has, then takes it in.
 */
#include "reader.h"

#include "base64.h"
#include "compact.h"
#include "parse_entry.h"
#include "emu/text/number.h"
#include "simh.h"

#include <string.h>

/* Bytes of the largest file that is looked at for a compact text alone. */
#define COMPACT_FILE_MAX 1024

/* The bare number at the top that says how many entries follow. */
static void take_count(struct reader *reader, const struct source_row *row)
{
    if (number_read(row->data, &reader->count) != NUMBER_READ)
        reader->count = UINT32_MAX;
    reader->count_row = row->number;
    if (row->commented)
        builder_comment(&reader->dialect.builder, row->comment);
}

static bool take_row(struct reader *reader, const struct source_row *row)
{
    struct builder *builder = &reader->dialect.builder;

    builder->row = row->number;
    if (row->data.length == 0) {
        if (row->commented)
            builder_comment(builder, row->comment);
    } else if (reader->survey.counted && reader->count_row == 0) {
        take_count(reader, row);
    } else if (entry_is_start(row->data)) {
        builder->starting = true;
    } else if (!builder_directive(builder, row->data)) {
        return dialect_take(&reader->dialect, reader->survey.form, row);
    }
    return true;
}

/* A count of 0 and no entries is how Sharp's simulator saves an empty store. */
static bool is_empty_store(const struct reader *reader)
{
    return reader->survey.counted && reader->count == 0;
}

static bool fail_empty(struct reader *reader)
{
    const struct survey *survey = &reader->survey;
    const char *what = "nothing is given for the store";

    if (survey->rows == 0)
        what = survey->comments > 0 ? "only comments" : "it is empty";
    else if (survey->counted)
        what = "only a count";
    reader->dialect.builder.row = 0;
    strbuf_add(&reader->dialect.builder.wrong, "there is no program in it: %s",
               what);
    return builder_error(&reader->dialect.builder);
}

/* What can be said only when all lines are read. */
static bool finish_program(struct reader *reader)
{
    struct builder *builder = &reader->dialect.builder;

    if (builder->entries == 0 && !is_empty_store(reader) &&
        !(reader->survey.form == FORM_SECTIONS && builder->registers))
        return fail_empty(reader);
    if (builder->starting) {
        strbuf_add(&builder->wrong, "nothing follows \"start:\"");
        builder_warn(builder);
    }
    if (reader->survey.counted && reader->count != builder->entries) {
        builder->row = reader->count_row;
        strbuf_add(&builder->wrong, "the count says %lu, and there %s %u",
                   (unsigned long)reader->count,
                   builder->entries == 1 ? "is" : "are", builder->entries);
        builder_warn(builder);
    }
    builder_warn_cut(builder);
    return true;
}

/* The one word that TEXT consists of; empty if there are more. */
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

/* One word longer than any line of digits can only be a compact text. */
/* This and the next are not inline: their sentences take stack only here. */
__attribute__((noinline)) static bool is_compact(struct span word)
{
    char sentence[SENTENCE_SIZE];
    struct strbuf wrong = strbuf_begin(sentence, sizeof sentence);

    return word.length >= COMPACT_SHORTEST && base64_check(word, &wrong);
}

/* ------------------------------------------------------------ slices --- */

static bool survey_row(struct reader *reader, const struct source_row *row)
{
    struct builder *builder = &reader->dialect.builder;

    builder->row = row->number;
    return form_add(&reader->survey, row, &builder->wrong) ||
           builder_error(builder);
}

static bool take_state_row(struct reader *reader, const struct source_row *row)
{
    return state_take(&reader->state, &reader->dialect.builder, row);
}

static bool finish_state(struct reader *reader)
{
    struct builder *builder = &reader->dialect.builder;

    if (!state_finish(&reader->state, builder))
        return false;
    reader->snapshot = reader->state.image.snapshot;
    builder_warn_cut(builder);
    return true;
}

static void begin_pass(struct reader *reader)
{
    reader->source = source_begin(reader->text, reader->size);
}

static void finish(struct reader *reader, bool good)
{
    reader->good = good;
    reader->stage = READER_DONE;
}

static void end_stage(struct reader *reader)
{
    if (reader->stage == READER_SURVEY) {
        form_judge(&reader->survey);
        begin_pass(reader);
        reader->stage = READER_PROGRAM;
    } else {
        finish(reader, reader->stage == READER_STATE ? finish_state(reader)
                                                     : finish_program(reader));
    }
}

bool reader_slice(struct reader *reader, size_t bytes)
{
    static bool (*const take[])(struct reader *, const struct source_row *) = {
        [READER_SURVEY] = survey_row,
        [READER_PROGRAM] = take_row,
        [READER_STATE] = take_state_row,
    };
    size_t seen = 0;

    while (seen < bytes && reader_is_active(reader)) {
        const char *from = reader->source.at;
        struct source_row row;

        if (!source_next(&reader->source, &row)) {
            end_stage(reader);
            continue;
        }
        seen += (size_t)(reader->source.at - from);
        if (!take[reader->stage](reader, &row))
            finish(reader, false);
    }
    return reader_is_active(reader);
}

/* False: it is refused. */
static bool begin(struct reader *reader, const char *text, size_t size,
                  const struct reader_report *report)
{
    struct builder *builder = &reader->dialect.builder;

    memset(reader, 0, sizeof *reader);
    reader->text = size > 0 ? text : "";
    reader->size = size;
    builder_begin(builder, &reader->program, report);
    reader->dialect.tube = form_store_tube();
    if (size > FILE_MAX) {
        strbuf_add(&builder->wrong,
                   "the file has %lu bytes; the Baby reads files of up to %u",
                   (unsigned long)size, FILE_MAX);
        return builder_error(builder);
    }
    begin_pass(reader);
    return true;
}

void reader_start(struct reader *reader, const char *text, size_t size,
                  const struct reader_report *report)
{
    struct builder *builder = &reader->dialect.builder;
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
        reader->stage = READER_SURVEY;
    }
}

void reader_start_state(struct reader *reader, const char *text, size_t size,
                        const struct reader_report *report)
{
    if (begin(reader, text, size, report))
        reader->stage = READER_STATE;
}
