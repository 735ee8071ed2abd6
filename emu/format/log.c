/* SPDX-License-Identifier: MIT */
#include "log.h"
#include "emu/machine/machine.h"
#include "emu/text/number.h"
#include "program_builder.h"

#define FIGURES "0123456789"

/* Number of bytes in which the entries of a .snp must follow its count. */
#define SNP_SEARCH_MAX 4096

/* Returns true if TEXT begins with `baby:` and WORD. */
static bool is_baby(struct span text, const char *word)
{
    return span_is(span_word(&text), "BABY:") &&
           span_is(span_word(&text), word);
}

bool log_is_mark(struct span comment)
{
    return is_baby(comment, "SAVE");
}

bool log_is_end(struct span data)
{
    return is_baby(data, "END");
}

/* Returns true if DATA is an entry of a .snp: a line number, a colon and 32
   digits. */
static bool is_snp_entry(struct span data)
{
    size_t line = data.length > DIGITS ? data.length - DIGITS - 1 : 0;

    return line > 0 && data.at[line] == ':' &&
           span_only((struct span){data.at, line}, FIGURES) &&
           number_is_digits((struct span){data.at + line + 1, DIGITS});
}

static bool start(struct log *log, bool is_state)
{
    *log = (struct log){
        .programs = log->programs + 1, .is_state = is_state, .started = true};
    return true;
}

/* Returns true if READER reads COUNT entries of a .snp next and then anything
   else, or fewer entries and then the end of the file. */
static bool entries_follow(struct line_reader reader, uint32_t count)
{
    const char *limit = reader.at + SNP_SEARCH_MAX;
    struct text_row row;
    uint32_t entries = 0;

    while (reader.at < limit && line_reader_next(&reader, &row)) {
        if (row.data.length > 0 && !is_snp_entry(row.data))
            return entries == count;
        entries += row.data.length > 0;
    }
    return entries > 0 && entries <= count;
}

/* Returns true if ROW, which follows data, is the count of another .snp. */
static bool is_count(const struct log *log, const struct text_row *row,
                     const struct line_reader *next)
{
    uint32_t count;

    /* Other numbers, or any in a state, may be left of a damaged line. */
    return !log->started && !log->is_state && row->data.length <= 2 &&
           span_only(row->data, FIGURES) &&
           number_read(row->data, &count) == NUMBER_READ && count > 0 &&
           count <= LINES && entries_follow(*next, count);
}

bool log_add_row(struct log *log, const struct text_row *row,
                 const struct line_reader *next)
{
    if (row->data.length == 0)
        return row->commented && log_is_mark(row->comment) && start(log, false);
    if (builder_is_directive(row->data))
        return false;
    if (is_baby(row->data, "STATE"))
        return start(log, true);
    if (log_is_end(row->data)) {
        log->ended = true;
        return false;
    }
    if (log->programs == 0 || log->ended || is_count(log, row, next)) {
        start(log, false);
        log->started = false;
        return log->programs > 1;
    }
    log->started = false;
    return false;
}
