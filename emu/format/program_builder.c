/* SPDX-License-Identifier: MIT */
/*
 * Where what is read from a file arrives.
 */
#include "program_builder.h"

#include "emu/text/number.h"
#include "line_reader.h"

void intake_begin(struct intake *intake, struct program *program,
                  const struct reader_report *report)
{
    *intake = (struct intake){.program = program};
    if (report != NULL)
        intake->report = *report;
    intake_forget(intake);
    program_clear(program);
}

void intake_forget(struct intake *intake)
{
    intake->wrong = text_begin(intake->sentence, sizeof intake->sentence);
}

static void say(struct intake *intake, bool error)
{
    if (intake->report.say != NULL)
        intake->report.say(intake->report.context, error, intake->row,
                           intake->sentence);
    intake_forget(intake);
}

bool intake_fail(struct intake *intake)
{
    say(intake, true);
    return false;
}

void intake_doubt(struct intake *intake)
{
    if (intake->wrong.length > 0)
        say(intake, false);
}

static void fill_line(struct program *program, unsigned line, uint32_t word,
                      bool number, struct span note)
{
    uint32_t bit = UINT32_C(1) << line;
    bool ignored = false;

    program->store[line] = word;
    program->numbers &= ~bit;
    if (number)
        program->numbers |= bit;
    source_copy(program->note[line], NOTE_SIZE, span_trim(note), &ignored);
}

void intake_put(struct intake *intake, unsigned line, uint32_t word,
                bool number, struct span note)
{
    uint32_t bit = UINT32_C(1) << line;

    if ((intake->seen & bit) != 0)
        text_add(&intake->wrong, "line %u was given before; this one counts",
                 line);
    intake_doubt(intake);
    intake->seen |= bit;
    intake->entries++;
    /*
     * CI is incremented before the fetch, so it starts one line earlier.
     * Before line 0 that is 31, a line an operator could set; CI then goes
     * to 32, of which the store sees the lower five digits, 0.
     */
    if (intake->starting)
        intake_set_ci(intake, (line + LINES - 1) % LINES);
    intake->starting = false;
    fill_line(intake->program, line, word, number, note);
}

void intake_set_a(struct intake *intake, uint32_t word)
{
    intake->registers = true;
    intake->program->a = word;
}

void intake_set_ci(struct intake *intake, uint32_t word)
{
    intake->registers = true;
    intake->program->ci = word;
}

bool intake_directive(struct intake *intake, struct span text)
{
    struct span name = span_word(&text);
    struct span number = span_word(&text);
    bool ci = span_is(name, "CI-START");
    uint32_t word;

    if ((!ci && !span_is(name, "A-START")) || span_trim(text).length > 0 ||
        number_read(number, &word) != NUMBER_READ)
        return false;
    if (ci)
        intake_set_ci(intake, word);
    else
        intake_set_a(intake, word);
    return true;
}

/* Adds a row that is not empty, after the empty ones held back for it. */
static void add_head_row(struct intake *intake, struct span comment)
{
    char *head = intake->program->head;
    size_t begin = intake->head_length + intake->head_gaps;
    size_t length;

    if (intake->head_cut || begin + 2 >= HEAD_SIZE) {
        intake->head_cut = true;
        return;
    }
    /* One byte less than there is: the row's '\n'. */
    length = source_copy(head + begin, HEAD_SIZE - begin - 1, comment,
                         &intake->head_cut);
    if (length == 0)
        return; /* none but its leading blanks fit */
    for (; intake->head_gaps > 0; intake->head_gaps--)
        head[intake->head_length++] = '\n';
    head[begin + length] = '\n';
    head[begin + length + 1] = '\0';
    intake->head_length = begin + length + 1;
}

void intake_say_cut(struct intake *intake)
{
    if (!intake->head_cut)
        return;
    intake->row = 0;
    text_add(&intake->wrong,
             "the comments before the program are longer than %d characters; "
             "the rest is left out",
             HEAD_SIZE - 1);
    intake_doubt(intake);
}

void intake_comment(struct intake *intake, struct span comment)
{
    if (intake_directive(intake, comment) || intake->entries > 0)
        return;
    if (comment.length > 0 && is_blank(comment.at[0]))
        comment = (struct span){comment.at + 1, comment.length - 1};
    if (span_trim(comment).length > 0)
        add_head_row(intake, comment);
    else if (intake->head_length > 0)
        intake->head_gaps++;
}
