/* SPDX-License-Identifier: MIT */
/*
 * Which of the forms of program files one has in hand.
 */
#include "detect.h"

#include "emu/machine/machine.h"
#include "emu/text/number.h"

#define FIGURES "0123456789"

/* What one line with data can be on its own. */
enum kind {
    KIND_SECTION,   /* `S:` */
    KIND_ADDRESSED, /* `@3 5` */
    KIND_DIGITS,    /* digits for certain, perhaps with more behind */
    KIND_COUNT,     /* figures and nothing else: a count or a word */
    KIND_WORD,      /* another number and nothing else */
    KIND_OTHER,
    KINDS
};

_Static_assert(KINDS == FORM_KINDS, "a count for each kind");

static const struct tube tubes[] = {{'S', LINES}, {'A', 1}, {'C', 2}};

#define TUBES (sizeof tubes / sizeof tubes[0])

const struct tube *form_store_tube(void)
{
    return &tubes[0];
}

static const struct tube *find_tube(char c)
{
    for (size_t i = 0; i < TUBES; i++)
        if (c == tubes[i].name || c == tubes[i].name - 'A' + 'a')
            return &tubes[i];
    return NULL;
}

const struct tube *form_section(struct span data, unsigned *line)
{
    const struct tube *tube = data.length >= 2 ? find_tube(data.at[0]) : NULL;
    size_t last = data.length - 1;

    if (tube == NULL || data.at[last] != ':')
        return NULL;
    *line = 0;
    for (size_t i = 1; i < last; i++) {
        char c = data.at[i];

        if (c < '0' || c > '9')
            return NULL;
        *line = (*line * 10 + (unsigned)(c - '0')) % tube->lines;
    }
    return tube;
}

static bool has_colon(struct span data)
{
    size_t i = 0;

    while (i < data.length && data.at[i] != ':')
        i++;
    return i < data.length;
}

static enum kind kind_of(struct span data)
{
    struct span rest = data;
    struct span first = span_word(&rest);
    unsigned line;

    if (form_section(data, &line) != NULL)
        return KIND_SECTION;
    if (data.at[0] == '@')
        return KIND_ADDRESSED;
    if (number_is_digits(first) && first.length >= DIGITS_CERTAIN)
        return KIND_DIGITS;
    if (first.length < data.length)
        return KIND_OTHER;
    if (span_only(data, FIGURES))
        return KIND_COUNT;
    if (span_only((struct span){data.at, 1}, "+-" FIGURES) && !has_colon(data))
        return KIND_WORD;
    return KIND_OTHER;
}

/* The form, from how many lines there are of each kind. */
static enum form judge(const unsigned count[FORM_KINDS])
{
    unsigned bare = count[KIND_COUNT] + count[KIND_WORD];

    if (count[KIND_SECTION] > 0)
        return FORM_SECTIONS;
    if (count[KIND_ADDRESSED] > 0)
        return FORM_STORE;
    if (count[KIND_OTHER] > 0)
        return FORM_ENTRIES;
    if (count[KIND_DIGITS] > 0)
        return FORM_DIGITS;
    return bare > 1 ? FORM_WORDS : FORM_ENTRIES;
}

bool form_add(struct survey *survey, const struct source_row *row,
              struct strbuf *wrong)
{
    enum kind kind;

    if (!source_is_text(row, wrong))
        return false;
    survey->comments += row->data.length == 0 && row->commented;
    if (row->data.length == 0)
        return true;
    kind = kind_of(row->data);
    survey->of_kind[kind]++;
    if (survey->rows++ == 0)
        survey->first_kind = kind;
    return true;
}

void form_judge(struct survey *survey)
{
    survey->form = judge(survey->of_kind);
    survey->counted =
        survey->rows > 0 && survey->first_kind == KIND_COUNT &&
        (survey->form == FORM_ENTRIES || survey->form == FORM_DIGITS);
}
