/* SPDX-License-Identifier: MIT */
#include "note.h"
#include "emu/text/instruction.h"

struct span note_of_row(struct builder *builder, const struct text_row *row,
                        struct span rest)
{
    const char *end = row->comment.at + row->comment.length;

    rest = span_trim(rest);
    if (rest.length == 0)
        return row->comment;
    span_quote(&builder->wrong, rest);
    strbuf_add(&builder->wrong, " is treated as a note; put \";\" before it");
    builder_warn(builder);
    return span_between(rest.at, end);
}

void note_show_word(struct strbuf *text, uint32_t word, bool as_number)
{
    if (!as_number && instruction_is_plain(word))
        instruction_write(text, word);
    else
        strbuf_add(text, "%d", (int32_t)word);
}

/* Returns true if A and B are the same instruction, or the same number. */
static bool is_same(uint32_t a, const struct reading *b)
{
    unsigned function = word_written_function(a);

    if (b->number)
        return a == b->word;
    return function == word_function(b->word) &&
           (function >= CMP || word_line(a) == word_line(b->word));
}

/* Returns true if NOTE consists of an instruction or of NUM and a number.  Only
   mnemonics of three letters count, because "stop" and "test" are words too. */
static bool is_instruction(struct span note, struct reading *reading)
{
    char ignored[1];
    struct strbuf wrong = strbuf_begin(ignored, sizeof ignored);
    struct span rest = note, first = span_word(&rest);

    if (instruction_is_mnemonic(first.at, first.length) && first.length != 3)
        return false;
    return instruction_begins(note) &&
           instruction_read(note.at, note.length, NULL, reading, &wrong) &&
           reading->used == note.length;
}

void note_compare(struct builder *builder, uint32_t word, struct span note)
{
    struct reading reading;

    note = span_trim(note);
    if (!is_instruction(note, &reading) || is_same(word, &reading))
        return;
    strbuf_add(&builder->wrong, "the note says ");
    span_quote(&builder->wrong, note);
    strbuf_add(&builder->wrong, ", but the word is ");
    note_show_word(&builder->wrong, word, instruction_is_number(word));
    builder_warn(builder);
}
