/* SPDX-License-Identifier: MIT */
/*
 * Instructions in the notation of the paper of 1951.
 */
#include "notation_1951.h"

#include "number.h"

#define FIGURES "0123456789"

/* By function.  What is written before and after the number of the line. */
static const struct form {
    const char *before;
    const char *after; /* NULL: there is no number, `before` is all */
    bool certain;      /* no number begins with `before` */
} forms[] = {
    [JMP] = {"", ",C", false},
    [JRP] = {"c+", ",C", true},
    [LDN] = {"-", ",A", false},
    [STO] = {"a,", "", true},
    [SUB] = {"a-", ",A", true},
    [SUB + 1] = {"a-", ",A", true}, /* decoded as SUB */
    [CMP] = {"Test", NULL, true},
    [STP] = {"Stop", NULL, true},
};

#define FORMS (sizeof forms / sizeof forms[0])

void paper_write(struct strbuf *text, uint32_t word)
{
    const struct form *form = &forms[word_function(word)];

    strbuf_add(text, "%s", form->before);
    if (form->after != NULL)
        strbuf_add(text, "%u%s", word_line(word), form->after);
}

/* Takes the characters of PART off *REST, blanks before any of them too. */
static bool take(struct span *rest, const char *part)
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

/* Takes a number off *REST; an empty span if there is none. */
static struct span take_figures(struct span *rest)
{
    struct span perf_counters = span_trim(*rest);
    const char *end = perf_counters.at + perf_counters.length;
    size_t length = 0;

    while (length < perf_counters.length &&
           span_only((struct span){perf_counters.at + length, 1}, FIGURES))
        length++;
    perf_counters.length = length;
    *rest = span_between(perf_counters.at + length, end);
    return perf_counters;
}

static bool is_at_end(struct span rest)
{
    return rest.length == 0 || is_blank(rest.at[0]);
}

/* Whether TEXT can be nothing else than FORM, right or wrong. */
static bool begins(const struct form *form, struct span text)
{
    struct span word;

    if (form->after == NULL) {
        word = span_word(&text);
        /* `STOP 31` has digits that this notation cannot show. */
        return span_is(word, form->before) &&
               !span_only(span_word(&text), FIGURES);
    }
    if (!take(&text, form->before))
        return false;
    return form->certain ||
           (take_figures(&text).length > 0 && take(&text, ","));
}

static const struct form *find(struct span text)
{
    for (size_t i = 0; i < FORMS; i++)
        if (begins(&forms[i], text))
            return &forms[i];
    return NULL;
}

/* Adds the shape of FORM, what it must have, and what stands there INSTEAD. */
static void add_shape(struct strbuf *wrong, const struct form *form,
                      const char *must, const char *what, struct span instead)
{
    strbuf_add(wrong, "%sn%s %s %s", form->before, form->after, must, what);
    if (instead.length > 0) {
        strbuf_add(wrong, ", not ");
        span_quote(wrong, instead);
    }
}

static bool needs_number(struct strbuf *wrong, const struct form *form,
                         struct span instead)
{
    add_shape(wrong, form, "needs", "the number of a line, 0 to 31",
              span_word(&instead));
    return false;
}

static bool needs_end(struct strbuf *wrong, const struct form *form,
                      struct span instead)
{
    add_shape(wrong, form, "ends in", form->after, span_trim(instead));
    strbuf_add(wrong, "; A is the accumulator and C the control");
    return false;
}

/* Takes FORM off *REST, which begins like it. */
static bool read_form(const struct form *form, struct span *rest,
                      unsigned *line, struct strbuf *wrong)
{
    struct span number;
    struct span perf_counters;
    struct span end;

    take(rest, form->before);
    number = *rest;
    perf_counters = take_figures(rest);
    end = *rest;
    if (perf_counters.length == 0 ||
        (form->after[0] == '\0' && !is_at_end(end)))
        return needs_number(wrong, form, number);
    if (!number_read_line(perf_counters, line, wrong))
        return false;
    if (!take(rest, form->after) || !is_at_end(*rest))
        return needs_end(wrong, form, end);
    return true;
}

bool paper_read(const char *text, size_t length, struct reading *reading,
                struct strbuf *wrong)
{
    struct span rest = {text, length};
    const struct form *form = find(rest);
    unsigned line = 0;

    if (form == NULL)
        return false;
    if (form->after == NULL)
        span_word(&rest);
    else if (!read_form(form, &rest, &line, wrong))
        return false;
    *reading = (struct reading){
        .word = (uint32_t)(form - forms) << FUNCTION_BIT | line,
        .used = (size_t)(rest.at - text),
    };
    return true;
}
