/* SPDX-License-Identifier: MIT */
#include "detect.h"
#include "assembler.h"
#include "emu/machine/machine.h"
#include "emu/text/historic.h"
#include "emu/text/number.h"
#include "memory_image.h"
#include "simh.h"

#define FIGURES "0123456789"

enum kind {
    KIND_SECTION,   /* section header, such as `S:` */
    KIND_ADDRESSED, /* address and words, such as `@3 5` */
    KIND_DEPOSIT,   /* command such as `d 1 5` */
    KIND_IMAGE,     /* header of a memory image, such as `v2.0 raw` */
    KIND_EIGHT,     /* several words of eight hexadecimal figures */
    KIND_DIGITS,    /* string of 0 and 1, possibly followed by text */
    KIND_COUNT,     /* unsigned decimal number, either a count or a word */
    KIND_WORD,      /* number in any other notation */
    KIND_OTHER,
    KINDS
};

_Static_assert(KINDS == ROW_KINDS, "each kind needs a count");

static const struct mdm_section sections[] = {{'S', LINES}, {'A', 1}, {'C', 2}};

#define SECTIONS (sizeof sections / sizeof sections[0])

const struct mdm_section *mdm_store_section(void)
{
    return &sections[0];
}

static const struct mdm_section *find_section(char c)
{
    for (size_t i = 0; i < SECTIONS; i++)
        if (c == sections[i].name || c == sections[i].name - 'A' + 'a')
            return &sections[i];
    return NULL;
}

const struct mdm_section *mdm_section_of(struct span data, unsigned *line)
{
    const struct mdm_section *section =
        data.length >= 2 ? find_section(data.at[0]) : NULL;
    size_t last = data.length - 1;

    if (section == NULL || data.at[last] != ':')
        return NULL;
    *line = 0;
    for (size_t i = 1; i < last; i++) {
        char c = data.at[i];

        if (c < '0' || c > '9')
            return NULL;
        *line = (*line * 10 + (unsigned)(c - '0')) % section->lines;
    }
    return section;
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
    bool letters = false;

    if (memory_image_is_header(data))
        return KIND_IMAGE;
    if (simh_is_deposit(data))
        return KIND_DEPOSIT;
    if (mdm_section_of(data, &line) != NULL)
        return KIND_SECTION;
    if (data.at[0] == '@')
        return KIND_ADDRESSED;
    if (digits_are_certain(data))
        return KIND_DIGITS;
    if (memory_image_is_words(data, &letters) &&
        (letters || first.length < data.length))
        return KIND_EIGHT;
    if (first.length < data.length)
        return KIND_OTHER;
    if (span_only(data, FIGURES))
        return KIND_COUNT;
    if (span_only((struct span){data.at, 1}, "+-" FIGURES) &&
        !has_colon(data) && !historic_begins(data))
        return KIND_WORD;
    return KIND_OTHER;
}

/* Returns true if DATA begins with neither digits nor a directive, so that it
   cannot be in a section. */
static bool is_source(struct span data)
{
    return !assembler_is_start(data) && !builder_is_directive(data) &&
           !number_is_digits(span_word(&data));
}

/* Chooses the format of a file from the number of rows of each kind. */
static enum format choose(const struct format_info *info)
{
    const unsigned *count = info->of_kind;
    unsigned bare = count[KIND_COUNT] + count[KIND_WORD];

    if (count[KIND_IMAGE] > 0 ||
        (info->letters && info->eight + count[KIND_ADDRESSED] == info->rows))
        return FORMAT_IMAGE;
    if (count[KIND_DEPOSIT] > 0)
        return FORMAT_SCRIPT;
    /* In a source text, `A:` is the name of a line. */
    if (count[KIND_SECTION] > 0 && info->source == 0)
        return FORMAT_SECTIONS;
    if (count[KIND_ADDRESSED] > 0)
        return FORMAT_STORE;
    if (count[KIND_OTHER] + count[KIND_EIGHT] > 0)
        return FORMAT_ENTRIES;
    if (count[KIND_DIGITS] > 0)
        return FORMAT_DIGITS;
    return bare > 1 ? FORMAT_WORDS : FORMAT_ENTRIES;
}

bool format_add_row(struct format_info *info, const struct text_row *row,
                    struct strbuf *wrong)
{
    enum kind kind;

    if (!line_reader_check(row, wrong))
        return false;
    info->comments += row->data.length == 0 && row->commented;
    if (row->data.length == 0)
        return true;
    kind = kind_of(row->data);
    info->of_kind[kind]++;
    info->source += kind == KIND_OTHER && is_source(row->data);
    digit_order_add(&info->order, row->data);
    if (memory_image_is_words(row->data, &info->letters)) {
        info->eight++;
        info->zeros |= row->data.at[0] == '0';
    }
    if (info->rows++ == 0)
        info->first_kind = kind;
    return true;
}

void format_detect(struct format_info *info)
{
    info->format = choose(info);
    info->counted =
        info->rows > 0 && info->first_kind == KIND_COUNT &&
        (info->format == FORMAT_ENTRIES || info->format == FORMAT_DIGITS);
}
