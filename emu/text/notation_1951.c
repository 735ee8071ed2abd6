/* SPDX-License-Identifier: MIT */
#include "notation_1951.h"
#include "number.h"

#define FIGURES "0123456789"

/* Text before and after the line number, indexed by function. */
static const struct notation {
    const char *before;
    const char *after; /* NULL if there is no line number */
    bool certain;      /* true if no number begins with `before` */
} notations[] = {
    [JMP] = {"", ",C", false},
    [JRP] = {"c+", ",C", true},
    [LDN] = {"-", ",A", false},
    [STO] = {"a,", "", true},
    [SUB] = {"a-", ",A", true},
    [SUB + 1] = {"a-", ",A", true}, /* function 5 is also decoded as SUB */
    [CMP] = {"Test", NULL, true},
    [STP] = {"Stop", NULL, true},
};

#define NOTATIONS (sizeof notations / sizeof notations[0])

void notation_1951_write(struct strbuf *text, uint32_t word)
{
    const struct notation *notation = &notations[word_function(word)];

    strbuf_add(text, "%s", notation->before);
    if (notation->after != NULL)
        strbuf_add(text, "%u%s", word_line(word), notation->after);
}

/* Removes PART from the start of *REST, ignoring blanks and case.  Returns
   false if *REST does not start with PART. */
static bool skip(struct span *rest, const char *part)
{
    struct span ahead = *rest;

    for (; *part != '\0'; part++) {
        ahead = span_trim(ahead);
        if (ahead.length == 0 || upper_of(ahead.at[0]) != upper_of(*part))
            return false;
        ahead.at++;
        ahead.length--;
    }
    *rest = ahead;
    return true;
}

/* Removes and returns the number at the start of *REST, or an empty span. */
static struct span skip_figures(struct span *rest)
{
    struct span figures = span_trim(*rest);
    const char *end = figures.at + figures.length;
    size_t length = 0;

    while (length < figures.length &&
           span_only((struct span){figures.at + length, 1}, FIGURES))
        length++;
    figures.length = length;
    *rest = span_between(figures.at + length, end);
    return figures;
}

static bool is_at_end(struct span rest)
{
    return rest.length == 0 || is_blank(rest.at[0]);
}

/* Returns true if TEXT can only be meant as NOTATION, even if it is wrong. */
static bool begins(const struct notation *notation, struct span text)
{
    struct span word;

    if (notation->after == NULL) {
        word = span_word(&text);
        /* The 1951 notation cannot express the line number in `STOP 31`. */
        return span_is(word, notation->before) &&
               !span_only(span_word(&text), FIGURES);
    }
    if (!skip(&text, notation->before))
        return false;
    return notation->certain ||
           (skip_figures(&text).length > 0 && skip(&text, ","));
}

static const struct notation *find(struct span text)
{
    for (size_t i = 0; i < NOTATIONS; i++)
        if (begins(&notations[i], text))
            return &notations[i];
    return NULL;
}

/* Appends a message such as "a-n,A needs the number of a line, not x". */
static void add_shape(struct strbuf *wrong, const struct notation *notation,
                      const char *must, const char *what, struct span instead)
{
    strbuf_add(wrong, "%sn%s %s %s", notation->before, notation->after, must,
               what);
    if (instead.length > 0) {
        strbuf_add(wrong, ", not ");
        span_quote(wrong, instead);
    }
}

static bool needs_number(struct strbuf *wrong, const struct notation *notation,
                         struct span instead)
{
    add_shape(wrong, notation, "needs", "a line number (0 to 31)",
              span_word(&instead));
    return false;
}

static bool needs_end(struct strbuf *wrong, const struct notation *notation,
                      struct span instead)
{
    add_shape(wrong, notation, "ends in", notation->after, span_trim(instead));
    strbuf_add(wrong, "; A is the accumulator and C is control");
    return false;
}

/* Parses an instruction in NOTATION and removes it from *REST. */
static bool read_notation(const struct notation *notation, struct span *rest,
                          unsigned *line, struct strbuf *wrong)
{
    struct span number;
    struct span figures;
    struct span end;

    skip(rest, notation->before);
    number = *rest;
    figures = skip_figures(rest);
    end = *rest;
    if (figures.length == 0 || (notation->after[0] == '\0' && !is_at_end(end)))
        return needs_number(wrong, notation, number);
    if (!number_read_line(figures, line, wrong))
        return false;
    if (!skip(rest, notation->after) || !is_at_end(*rest))
        return needs_end(wrong, notation, end);
    return true;
}

bool notation_1951_read(const char *text, size_t length,
                        struct reading *reading, struct strbuf *wrong)
{
    struct span rest = {text, length};
    const struct notation *notation = find(rest);
    unsigned line = 0;

    if (notation == NULL)
        return false;
    if (notation->after == NULL)
        span_word(&rest);
    else if (!read_notation(notation, &rest, &line, wrong))
        return false;
    *reading = (struct reading){
        .word = (uint32_t)(notation - notations) << FUNCTION_BIT | line,
        .used = (size_t)(rest.at - text),
    };
    return true;
}
