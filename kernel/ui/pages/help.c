/* SPDX-License-Identifier: MIT */
/*
 * Help pages, drawn from the tables of commands and options and from those
 * below.
 */
#include "help.h"
#include "services/option_table.h"
#include "course.h"
#include "tour.h"
#include "ui/base/commands.h"

static struct help *help_of(const struct view *view)
{
    return view->state[PAGE_HELP];
}

#define TOP          2  /* first row below the title */
#define KEYS_WIDTH   11 /* of the keys of a command */
#define COLUMN_WIDTH 39

/* A row of two columns. */
struct row {
    const char *left, *right;
};

static const struct row editor_rows[] = {
    {"", ""},
    {"LDN 24, -3 ; words", "in the listing: type a word, its note, or both"},
    {"arrows", "over lines and digits, from tube to listing and back"},
    {"Home End PgUp PgDn", "ends of the line or the store; eight lines"},
    {"Space, 0, 1", "on the tube: flip the digit, or set it"},
    {"Esc", "drop what was typed; else the menu"},
    {NULL, NULL},
};

static const struct row panel_rows[] = {
    {"", ""},
    {"1-8 Q-I A-K Z-,", "the typewriter, digits 0 to 31, by position"},
    {"O P [ ] \\", "L switches 0 to 4"},
    {"L ; '", "F switches 13, 14, 15"},
    {"9, 0", "Auto or Man, Write or Erase"},
    {"-  =  .  /", "KLC, KSC, KAC, KCC"},
    {"Enter, Backspace", "KC, one prepulse; CS, run and stop"},
    {"arrows, Space", "choose a control, and operate it"},
    {"", "What is held down is held: it acts in every bar."},
    {NULL, NULL},
};

static const struct row lab_rows[] = {
    {"", ""},
    {"1 to 4", "the engine that runs the machine from now on"},
    {"arrows, Home, End", "the line, and the block that is shown"},
    {"use", "a line was obeyed, acted on (data), both, or never;"},
    {"", "reference and threaded: as far as the tube saw"},
    {"slot", "routine and operand of the line, if decoded"},
    {"map table", "its block, so many bytes in; else arrivals of the hot N"},
    {"SPC, TPC", "source and target program counter: where control"},
    {"", "is in the store, and in what was made of it"},
    {NULL, NULL},
};

static const struct row debug_rows[] = {
    {"", ""},
    {"0 to 9", "a number for the G, A, P or C that is pressed next"},
    {"arrows, Home, End", "the line; the first moment, the present"},
    {"PgUp, PgDn", "the trace, earlier and later"},
    {"Esc", "ends a search that takes long; drops the number"},
    {NULL, NULL},
};

static const struct row history_rows[] = {
    {"Past", "F7, B, L and G go back: machine, switches and notes are as they"},
    {"", "were. F6 and F5 let all happen again, up to the present."},
    {"Change", "A change in the past begins a new future, and asks first."},
    {"How far", "Back to where the first row says; the oldest part goes when"},
    {"", "memory is full. Loading a program begins anew."},
    {"Number", "1000000 G goes there, back or on; past the present it runs."},
    {"Stops", "O R W: before the line is obeyed, after it was read, written;"},
    {"", "N Z: after A became negative, or 0; I: before CI beyond 31"},
    {"", "fetches; 500 A: after instruction 500. X takes all away."},
    {"", "A line that no stop is set on is obeyed at full speed."},
    {"Trace", "The number of each instruction, its line, what it read, and"},
    {"", "what it changed. T sends each to COM1 from now on, and the"},
    {"", "machine waits for that; S sends the last 1,000."},
    {"Profile", "P counts how often each line was obeyed, read and written,"},
    {"", "until P; 500 P does so from instruction 500 to this one."},
    {"Compare", "C sets the store as loaded beside it; 500 C, that of then."},
    {"State", "F3, T sends all there is by COM1; R, or a module, restores it."},
    {NULL, NULL},
};

static const struct row instruction_rows[] = {
    {"JMP n    n,C", "CI = S(n): go on at the line after the one named there"},
    {"JRP n    c+n,C", "CI = CI + S(n); also JPR, JMR"},
    {"LDN n    -n,A", "A = -S(n)"},
    {"STO n    a,n", "S(n) = A"},
    {"SUB n    a-n,A", "A = A - S(n)"},
    {"CMP      Test", "if A is negative, skip the next line; also SKN"},
    {"STP      Stop", "stop, and light the lamp; also STOP, HLT"},
    {"NUM n", "a number: -3, 262143, 0x1F, 0b101"},
    {"BINS 0101...", "digits as on the tube, digit 0 first"},
    {"", ""},
    {"", "Digits 0-4 name the line, 13-15 the function; the others"},
    {"", "are not looked at. The second column is the notation of"},
    {"", "1951: Ctrl-F."},
    {NULL, NULL},
};

static const struct row glossary[] = {
    {"store", "32 lines of 32 digits; digit 0, the smallest, at the left"},
    {"A", "the accumulator, the one register for arithmetic"},
    {"CI", "control instruction: the line obeyed last, counted up first"},
    {"PI", "present instruction: the word fetched from there"},
    {"prepulse", "starts one bar: fetch and obey one instruction"},
    {"bar", "four beats, Scan Action Scan Action: 1.44 ms in all"},
    {"action line", "a line that an action beat selects; it glows"},
    {"staticisor", "holds line and function while they are obeyed"},
    {"L, F", "its switches: down is 1; in Auto an upper one makes a 0"},
    {"Auto, Man", "the store is obeyed, or the L and F switches"},
    {"CS", "completion signal: lets prepulses follow one another"},
    {"KC", "key completion: one prepulse, and puts out the lamp"},
    {"KLC", "clears the action line"},
    {"KSC", "clears the store"},
    {"KAC, KCC", "clears A; clears CI, PI and A"},
    {"monitor", "the tube that one can see; it shows S, A or C"},
    {NULL, NULL},
};

static const struct row trouble_rows[] = {
    {"Stop", "An STP was obeyed. The lamp is lit, and no prepulse passes."},
    {"", "To go on: KC (F6) obeys the next line, then run (F5)."},
    {"", "To begin again: KC (F6), clear control (Esc, C), run (F5);"},
    {"", "or reload the program as it was and run it: Esc, S. It asks first"},
    {"", "if anything was changed by hand, and Ctrl-Z undoes it."},
    {"", ""},
    {"Hung", "Digits 13-15 of CI are not 0, so that there is no way from"},
    {"", "the store to PI, and nothing is fetched. A stray digit in what"},
    {"", "a JMP or JRP adds can do that. Clear control (Esc, C), or load."},
    {"", "With function digits 1 the word fetched is added to PI instead."},
    {"", ""},
    {"No end", "F5 stops a program that runs for ever; nothing is lost."},
    {"Undo", "Ctrl-Z takes back what was done by hand, step by step."},
    {"", ""},
    {"Garbled",
     "Ctrl-R draws the screen anew, and asks a terminal once more how"},
    {"", "many rows it has and whether it takes UTF-8."},
    {"Terminal",
     "One without function keys: Esc, and the letter of the command"},
    {"", "in the menu, or arrows and Enter. F1 to F4 are PF1 to PF4, too."},
    {NULL, NULL},
};

static unsigned draw_row(struct view *view, unsigned row, unsigned at,
                         const char *left, const char *right)
{
    cells_text(&view->cells, row, 2, ATTR_STRONG, left);
    cells_text(&view->cells, row, at, ATTR_TEXT, right);
    return row + view->layout->step;
}

static unsigned draw_rows(struct view *view, unsigned row, unsigned at,
                          const struct row *rows)
{
    for (; rows->left != NULL; rows++)
        row = draw_row(view, row, at, rows->left, rows->right);
    return row;
}

static bool has_key(const struct view *view, const struct command *command,
                    unsigned page)
{
    return command->keys[0] != '\0' && command_is_on(view, command, page);
}

/* The commands of a page that have keys, in two columns. */
static unsigned draw_commands(struct view *view, unsigned page)
{
    unsigned step = view->layout->step;
    unsigned count = 0, drawn = 0;

    for (unsigned i = 0; i < view->commands->count; i++)
        count += has_key(view, &view->commands->row[i], page);
    unsigned rows = (count + 1) / 2;

    for (unsigned i = 0; i < view->commands->count; i++) {
        const struct command *command = &view->commands->row[i];

        if (!has_key(view, command, page))
            continue;
        unsigned row = TOP + drawn % rows * step;
        unsigned column = 2 + drawn / rows * COLUMN_WIDTH;

        cells_text(&view->cells, row, column, ATTR_STRONG, command->keys);
        cells_text(&view->cells, row, column + KEYS_WIDTH, ATTR_TEXT,
                   command->name);
        drawn++;
    }
    return TOP + rows * step;
}

/* The short screen has no room for the empty row at the start of ROWS. */
static void draw_keys(struct view *view, unsigned page, const struct row *rows)
{
    draw_rows(view, draw_commands(view, page), 24, rows + view->layout->halves);
}

static void draw_editor_keys(struct view *view)
{
    draw_keys(view, ON_EDITOR, editor_rows);
}

static void draw_panel_keys(struct view *view)
{
    draw_keys(view, ON_PANEL, panel_rows);
}

static void draw_lab_keys(struct view *view)
{
    draw_keys(view, ON_LAB, lab_rows);
}

static void draw_debug_keys(struct view *view)
{
    draw_keys(view, ON_DEBUG, debug_rows);
}

static void draw_history(struct view *view)
{
    draw_rows(view, TOP, 12, history_rows);
}

static void draw_course(struct view *view)
{
    course_draw(view, TOP, 0, course_count / 2);
}

static void draw_more_course(struct view *view)
{
    unsigned row = course_draw(view, TOP, course_count / 2, course_count);

    course_draw_lacks(view, row + view->layout->step - 1);
}

static void draw_instructions(struct view *view)
{
    draw_rows(view, TOP, 20, instruction_rows);
}

static void draw_glossary(struct view *view)
{
    draw_rows(view, TOP, 16, glossary);
}

static void draw_trouble(struct view *view)
{
    draw_rows(view, TOP, 12, trouble_rows);
}

static void draw_options(struct view *view, bool pc)
{
    unsigned row = TOP;

    for (unsigned i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        char left[64];
        struct strbuf text = strbuf_begin(left, sizeof left);

        if (option->pc != pc)
            continue;
        strbuf_add(&text, "%s%s", option->name, option->values);
        /* The text of a long option follows it directly. */
        unsigned at = text.length < 32 ? 34 : 2 + (unsigned)text.length + 2;

        row = draw_row(view, row, at, left, option->help);
    }
    cells_text(&view->cells, row + view->layout->step - 1, 2, ATTR_LABEL,
               view->environment.found);
}

static void draw_baby_options(struct view *view)
{
    draw_options(view, false);
}

static void draw_pc_options(struct view *view)
{
    draw_options(view, true);
}

static const struct {
    const char *title;
    void (*draw)(struct view *view);
} pages[] = {
    {"Keys of the editor", draw_editor_keys},
    {"Keys of the panel", draw_panel_keys},
    {"Keys of the lab", draw_lab_keys},
    {"Keys of the debugger", draw_debug_keys},
    {"How the debugger goes back", draw_history},
    {"Instructions", draw_instructions},
    {"Words of 1948", draw_glossary},
    {"When it stops or hangs", draw_trouble},
    {"Boot options for the Baby", draw_baby_options},
    {"Boot options for the PC", draw_pc_options},
    {"A course on virtual machines: idea, keys, file, exercise", draw_course},
    {"A course on virtual machines, continued", draw_more_course},
};
#define HELP_PAGES ((unsigned)(sizeof pages / sizeof pages[0]))

void help_draw(struct view *view)
{
    char title[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(title, sizeof title);

    strbuf_add(&text, "Baby   Help %u of %u: %s", help_of(view)->page + 1,
               HELP_PAGES, pages[help_of(view)->page].title);
    page_title(view, title);
    pages[help_of(view)->page].draw(view);
    cells_fill(&view->cells, KEYS_ROW(view->layout), 0, CELLS_COLUMNS, ' ',
               ATTR_BAR);
    cells_text(
        &view->cells, KEYS_ROW(view->layout), 0, ATTR_BAR,
        " Right next page   Left page before   T guided tour   Esc back");
}

void help_event(struct view *view, const struct event *event)
{
    switch (event->key) {
    case KEY_ESCAPE:
        page_back(view);
        break;
    case KEY_UP:
    case KEY_LEFT:
    case KEY_PAGE_UP:
    case KEY_BACKSPACE:
        help_of(view)->page =
            (help_of(view)->page + HELP_PAGES - 1) % HELP_PAGES;
        break;
    case KEY_DOWN:
    case KEY_RIGHT:
    case KEY_PAGE_DOWN:
    case KEY_ENTER:
    case KEY_F1:
        help_of(view)->page = (help_of(view)->page + 1) % HELP_PAGES;
        break;
    case KEY_CHARACTER:
        if (event->position == 't')
            command_do(view, command_that(view, tour_begin));
        else if (event->position == ' ')
            help_of(view)->page = (help_of(view)->page + 1) % HELP_PAGES;
        break;
    default:
        break;
    }
}

void help_open(struct view *view)
{
    help_of(view)->page = 0;
    page_open(view, PAGE_HELP);
}
