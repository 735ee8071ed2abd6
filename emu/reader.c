/* SPDX-License-Identifier: MIT */
/*
 * Reads a program file: finds out which form it has, then takes it in, once
 * to check it and once to fill the program.
 */
#include "reader.h"

#include "base64.h"
#include "compact.h"
#include "dialect.h"
#include "entry.h"
#include "number.h"
#include "simh.h"

struct reading_pass {
    struct dialect dialect;
    const struct survey *survey;
    unsigned count_row; /* line of the file with the count; 0: not yet met */
    uint32_t count;     /* of entries, as it says */
};

/* The bare number at the top that says how many entries follow. */
static void take_count(struct reading_pass *pass, const struct source_row *row)
{
    if (number_read(row->data, &pass->count) != NUMBER_READ)
        pass->count = UINT32_MAX;
    pass->count_row = row->number;
    if (row->commented)
        intake_comment(&pass->dialect.intake, row->comment);
}

static bool take_row(struct reading_pass *pass, const struct source_row *row)
{
    struct intake *intake = &pass->dialect.intake;

    intake->row = row->number;
    if (row->data.length == 0) {
        if (row->commented)
            intake_comment(intake, row->comment);
    } else if (pass->survey->counted && pass->count_row == 0) {
        take_count(pass, row);
    } else if (entry_is_start(row->data)) {
        intake->starting = true;
    } else if (!intake_directive(intake, row->data)) {
        return dialect_take(&pass->dialect, pass->survey->form, row);
    }
    return true;
}

/* A count of 0 and no entries is how Sharp's simulator saves an empty store. */
static bool is_empty_store(const struct reading_pass *pass)
{
    return pass->survey->counted && pass->count == 0;
}

static bool fail_empty(struct reading_pass *pass)
{
    const struct survey *survey = pass->survey;
    const char *what = "nothing is given for the store";

    if (survey->rows == 0)
        what = survey->comments > 0 ? "only comments" : "it is empty";
    else if (survey->counted)
        what = "only a count";
    pass->dialect.intake.row = 0;
    text_add(&pass->dialect.intake.wrong, "there is no program in it: %s",
             what);
    return intake_fail(&pass->dialect.intake);
}

/* What can be said only when all lines are read. */
static bool finish(struct reading_pass *pass)
{
    struct intake *intake = &pass->dialect.intake;

    if (intake->entries == 0 && !is_empty_store(pass) &&
        !(pass->survey->form == FORM_SECTIONS && intake->registers))
        return fail_empty(pass);
    if (intake->starting) {
        text_add(&intake->wrong, "nothing follows \"start:\"");
        intake_doubt(intake);
    }
    if (pass->survey->counted && pass->count != intake->entries) {
        intake->row = pass->count_row;
        text_add(&intake->wrong, "the count says %lu, and there %s %u",
                 (unsigned long)pass->count,
                 intake->entries == 1 ? "is" : "are", intake->entries);
        intake_doubt(intake);
    }
    return true;
}

static bool take_all(struct reading_pass *pass, const char *text, size_t size)
{
    struct source source = source_begin(text, size);
    struct source_row row;

    while (source_next(&source, &row))
        if (!take_row(pass, &row))
            return false;
    return finish(pass);
}

static void begin(struct reading_pass *pass, const struct survey *survey,
                  struct program *program, const struct reader_report *report)
{
    *pass = (struct reading_pass){.survey = survey};
    intake_begin(&pass->dialect.intake, program, report);
    pass->dialect.tube = form_store_tube();
}

/* The one word that TEXT consists of; empty if there are more. */
static struct span only_word(const char *text, size_t size)
{
    struct span word = {text, size};

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
    struct text wrong = text_begin(sentence, sizeof sentence);

    return word.length >= COMPACT_SHORTEST && base64_check(word, &wrong);
}

__attribute__((noinline)) static bool
read_compact(struct program *program, struct span word,
             const struct reader_report *report)
{
    char sentence[SENTENCE_SIZE];
    struct text wrong = text_begin(sentence, sizeof sentence);

    if (compact_read(word.at, word.length, program, &wrong))
        return true;
    report->say(report->context, true, 1, sentence);
    return false;
}

bool program_read(struct program *program, const char *text, size_t size,
                  const struct reader_report *report)
{
    struct span word = only_word(text, size);
    struct reading_pass pass;
    struct survey survey = {.form = FORM_ENTRIES};
    struct source_row row;

    if (simh_is(text, size)) {
        simh_read(program, text);
        return true;
    }
    if (is_compact(word))
        return read_compact(program, word, report);
    if (size == 0)
        text = "";
    begin(&pass, &survey, NULL, report);
    if (!form_find(&survey, text, size, &row, &pass.dialect.intake.wrong)) {
        pass.dialect.intake.row = row.number;
        return intake_fail(&pass.dialect.intake);
    }
    if (!take_all(&pass, text, size))
        return false;
    program_clear(program);
    begin(&pass, &survey, program, NULL);
    take_all(&pass, text, size);
    intake_say_cut(&pass.dialect.intake, report);
    return true;
}
