/* SPDX-License-Identifier: MIT */
#include "memory_image.h"
#include "emu/text/mnemonic.h"
#include "emu/text/number.h"

#define RADIX_KEY  "MEMORY_INITIALIZATION_RADIX"
#define VECTOR_KEY "MEMORY_INITIALIZATION_VECTOR"
#define HEX        "0123456789ABCDEFabcdef"
#define WORD_SIZE  8 /* hexadecimal figures of a word in $readmemh files */

/* Removes and returns the part of *REST before the first character of ENDS,
   and that character. */
static struct span take(struct span *rest, const char *ends)
{
    struct span text = span_trim(*rest);
    size_t length = 0;

    while (length < text.length &&
           !span_only((struct span){text.at + length, 1}, ends))
        length++;
    *rest = (struct span){text.at + length, text.length - length};
    if (length < text.length)
        *rest = (struct span){rest->at + 1, rest->length - 1};
    return (struct span){text.at, length};
}

bool memory_image_is_header(struct span data)
{
    struct span rest = data, first = span_word(&rest);
    struct span key = span_trim(take(&data, "="));

    return span_is(first, "V2.0") || span_is(first, "V3.0") ||
           span_is(key, RADIX_KEY) || span_is(key, VECTOR_KEY);
}

bool memory_image_is_words(struct span data, bool *letters)
{
    struct span word = span_word(&data);

    for (; word.length > 0; word = span_word(&data)) {
        if (word.length != WORD_SIZE || !span_only(word, HEX))
            return false;
        *letters |= !span_only(word, "0123456789");
    }
    return true;
}

/* Parses a number without a sign.  Returns false with an error message. */
static bool read_figures(struct span word, unsigned radix, uint32_t *value,
                         struct strbuf *wrong)
{
    if (number_read_figures(word, radix, value))
        return true;
    strbuf_add(wrong, "a word must have 32 bits at most, in figures of base %u",
               radix);
    return false;
}

static bool put(struct memory_image *image, struct builder *builder,
                uint32_t count, uint32_t word)
{
    for (; count > 0 && image->next < LINES; count--) {
        builder_set_line(builder, image->next++, word,
                         instruction_is_number(word), image->note);
        image->note.length = 0;
    }
    /* Images of a larger memory end in zeros. */
    return count == 0 || word == 0 || builder_has_room(builder, image->next);
}

static bool read_item(struct memory_image *image, struct builder *builder,
                      struct span item)
{
    unsigned radix = image->radix > 0 ? image->radix : 16;
    bool address = item.at[0] == '@' || item.at[item.length - 1] == ':';
    struct span word = item, count = take(&word, "*");
    uint32_t repeated = 1, value = 0;
    bool good;

    if (address) {
        item.at += item.at[0] == '@';
        good = read_figures((struct span){item.at, item.length - 1}, 16, &value,
                            &builder->wrong);
        image->next = value < LINES ? value : LINES;
    } else if (count.length < item.length) {
        good = read_figures(count, 10, &repeated, &builder->wrong) &&
               read_figures(word, radix, &value, &builder->wrong);
    } else {
        good = read_figures(item, radix, &value, &builder->wrong);
    }
    if (!good)
        return builder_error(builder);
    return address || put(image, builder, repeated, value);
}

bool memory_image_row(struct memory_image *image, struct builder *builder,
                      const struct text_row *row)
{
    struct span rest = row->data, items = row->data;
    struct span key = span_trim(take(&items, "="));

    if (span_is(key, RADIX_KEY))
        return read_figures(span_trim(items), 10, &image->radix,
                            &builder->wrong) ||
               builder_error(builder);
    if (span_is(key, VECTOR_KEY))
        rest = items;
    else if (memory_image_is_header(row->data))
        return true;
    image->note = row->comment;
    while (span_trim(rest).length > 0) {
        struct span item = take(&rest, ", \t");

        if (item.length > 0 && !read_item(image, builder, item))
            return false;
    }
    return true;
}
