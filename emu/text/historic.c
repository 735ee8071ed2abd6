/* SPDX-License-Identifier: MIT */
#include "historic.h"
#include "number.h"

#define FIGURES "0123456789"

/* Text before and after the line number.  CMP and STP are mnemonics. */
static const struct form {
    enum function function;
    enum era era;
    const char *before;
    const char *after;
    bool certain; /* true if nothing else begins with `before` */
} forms[] = {
    {JMP, ERA_1951, "", ",C", false},      {JRP, ERA_1951, "c+", ",C", true},
    {LDN, ERA_1951, "-", ",A", false},     {STO, ERA_1951, "a,", "", true},
    {SUB, ERA_1951, "a-", ",A", true},     {JMP, ERA_1948, "", ",Cl", false},
    {JRP, ERA_1948, "Add ", ",Cl", false}, {LDN, ERA_1948, "-", ",C", false},
    {STO, ERA_1948, "c,", "", true},       {SUB, ERA_1948, "Sub. ", "", true},
};

#define FORMS (sizeof forms / sizeof forms[0])

static const char *const years[] = {[ERA_1948] = "1948", [ERA_1951] = "1951"};

const char *era_year(enum era era)
{
    return years[era];
}

/* Returns the form of FUNCTION in ERA, or NULL if there is none. */
static const struct form *form_of(unsigned function, enum era era)
{
    for (size_t i = 0; i < FORMS; i++)
        if (forms[i].function == function && forms[i].era == era)
            return &forms[i];
    return NULL;
}

void historic_write_1951(struct strbuf *text, uint32_t word)
{
    unsigned function = word_written_function(word);
    const struct form *form = form_of(function, ERA_1951);

    if (form != NULL)
        strbuf_add(text, "%s%u%s", form->before, word_line(word), form->after);
    else
        strbuf_add(text, function == CMP ? "Test" : "Stop");
}

static bool is_letter(char c)
{
    return upper_of(c) >= 'A' && upper_of(c) <= 'Z';
}

/* Removes PART from the start of *REST, ignoring case, and blanks unless they
   are in a word.  Returns false if *REST does not start with PART. */
static bool skip(struct span *rest, const char *part)
{
    struct span ahead = *rest;
    bool in_word = false;

    for (; *part != '\0'; part++) {
        if (is_blank(*part))
            continue;
        if (!in_word || (*part != '.' && !is_letter(*part)))
            ahead = span_trim(ahead);
        in_word = is_letter(*part);
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

/* Removes an instruction in FORM from the start of *REST, and stores its line
   number in *FIGURES.  Returns false if *REST does not start with one. */
static bool take(const struct form *form, struct span *rest,
                 struct span *figures)
{
    struct span ahead = *rest;

    if (!skip(&ahead, form->before))
        return false;
    *figures = skip_figures(&ahead);
    if (figures->length == 0 || !skip(&ahead, form->after) || !is_at_end(ahead))
        return false;
    *rest = ahead;
    return true;
}

/* Returns true if TEXT begins like FORM and like nothing else but the same
   instruction in the other era.  The rest may contain a mistake. */
static bool begins(const struct form *form, struct span text)
{
    return skip(&text, form->before) &&
           (form->certain ||
            (skip_figures(&text).length > 0 && skip(&text, ",")));
}

/* Returns the form of an instruction that contains a mistake, or NULL. */
static const struct form *find(struct span text)
{
    for (size_t i = 0; i < FORMS; i++)
        if (begins(&forms[i], text))
            return &forms[i];
    return NULL;
}

bool historic_begins(struct span text)
{
    return find(text) != NULL;
}

static void add_shape(struct strbuf *wrong, const struct form *form)
{
    strbuf_add(wrong, "%sn%s", form->before, form->after);
}

/* Reports what is wrong with TEXT, which begins like FORM. */
static void explain(struct strbuf *wrong, const struct form *form,
                    struct span text)
{
    struct span rest = text;
    struct span number;

    skip(&rest, form->before);
    number = rest;
    if (skip_figures(&rest).length > 0 && form->after[0] != '\0') {
        span_quote(wrong, span_trim(text));
        strbuf_add(wrong, " is neither ");
        add_shape(wrong, form_of(form->function, ERA_1951));
        strbuf_add(wrong, " (1951) nor ");
        add_shape(wrong, form_of(form->function, ERA_1948));
        strbuf_add(wrong, " (1948)");
        return;
    }
    add_shape(wrong, form);
    strbuf_add(wrong, " needs a line number (0 to 31)");
    number = span_word(&number);
    if (number.length > 0) {
        strbuf_add(wrong, ", not ");
        span_quote(wrong, number);
    }
}

bool historic_read(const char *text, size_t length, struct reading *reading,
                   struct strbuf *wrong)
{
    struct span rest = {text, length}, figures;
    const struct form *form = forms, *end = forms + FORMS;
    unsigned line;

    while (form < end && !take(form, &rest, &figures))
        form++;
    if (form == end) {
        form = find(rest);
        if (form != NULL)
            explain(wrong, form, rest);
        return false;
    }
    if (!number_read_line(figures, &line, wrong))
        return false;
    *reading = (struct reading){
        .word = (uint32_t)form->function << FUNCTION_BIT | line,
        .era = form->era,
        .used = (size_t)(rest.at - text),
    };
    return true;
}
