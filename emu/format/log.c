/* SPDX-License-Identifier: MIT */
#include "log.h"
#include "emu/machine/machine.h"
#include "emu/text/number.h"

#define FIGURES "0123456789"

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

/* Handles the first row of data of a program. */
static void begin(struct log *log, struct span data)
{
    log->started = false;
    log->snp = !log->is_state && span_only(data, FIGURES);
}

/* Returns true if the next row that READER reads is an entry of a .snp. */
static bool entry_follows(struct line_reader reader)
{
    struct text_row row;

    return line_reader_next(&reader, &row) && is_snp_entry(row.data);
}

/* Returns true if ROW, which follows data, is the count of another .snp. */
static bool is_count(const struct log *log, const struct text_row *row,
                     const struct line_reader *next)
{
    uint32_t count;

    /* Other numbers, or any in a state, may be left of a damaged line. */
    if (log->started || log->is_state || !span_only(row->data, FIGURES) ||
        row->data.length > 2 || number_read(row->data, &count) != NUMBER_READ ||
        count > LINES)
        return false;
    return (log->snp && log->entries > 0) || entry_follows(*next);
}

bool log_add_row(struct log *log, const struct text_row *row,
                 const struct line_reader *next)
{
    if (row->data.length == 0)
        return row->commented && log_is_mark(row->comment) && start(log, false);
    if (is_baby(row->data, "STATE"))
        return start(log, true);
    if (log_is_end(row->data)) {
        log->ended = true;
        return false;
    }
    if (log->programs == 0 || log->ended || is_count(log, row, next)) {
        start(log, false);
        begin(log, row->data);
        return log->programs > 1;
    }
    if (log->started)
        begin(log, row->data);
    else if (log->snp && is_snp_entry(row->data))
        log->entries++;
    else
        log->snp = false;
    return false;
}
