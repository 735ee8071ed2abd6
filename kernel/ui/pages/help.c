/* SPDX-License-Identifier: MIT */
/* Help pages, generated from the tables of commands and boot options and from
   the text in this file. */
#include "help.h"
#include "course.h"
#include "services/option_table.h"
#include "tour.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"

static struct help *help_of(const struct view *view)
{
    return view->state[PAGE_HELP];
}

#define TOP          2  /* first row below the page title */
#define KEYS_WIDTH   11 /* width of the column of key names */
#define COLUMN_WIDTH 39

struct row {
    const char *left, *right;
};

static const struct row editor_rows[] = {
    {"", ""},
    {"LDN 24 ; note", "in the listing: type a word, a note, or both"},
    {"arrows, Home, PgDn ..", "move over lines and digits, tube and listing"},
    {"Space, 0, 1", "flip or set the digit on the tube"},
    {"Esc", "discard what you typed, or open the menu"},
    {NULL, NULL},
};

static const struct row panel_rows[] = {
    {"", ""},
    {"1-8 Q-I A-K Z-,", "the typewriter: digits 0 to 31, by position"},
    {"O P [ ] \\", "L switches 0 to 4"},
    {"L ; '", "F switches 13 to 15"},
    {"9, 0", "toggle Auto or Man, and Write or Erase"},
    {"-  =  .  /", "KLC, KSC, KAC, KCC"},
    {"Enter, Backspace", "KC sends one prepulse; CS runs or stops"},
    {"arrows, Space", "select a control and operate it"},
    {"", "A key that you hold down acts in every bar."},
    {NULL, NULL},
};

static const struct row lab_rows[] = {
    {"", ""},
    {"arrows, Home, End", "select a line and the block that contains it"},
    {"use", "obeyed, data, both or never, since a load, KCC or KSC"},
    {"sampled", "use as far as the tube has shown it (engines 1 to 3)"},
    {"slot", "routine and operand of the line, if decoded"},
    {"map table", "its block and byte offset, or arrivals out of hot=N"},
    {"made, lost", "blocks translated, and dropped as a line changed"},
    {"credit, rests", "spent by translating; below 0 predecoded runs (a rest)"},
    {"SPC, TPC", "source and target program counter: in store, in code"},
    {NULL, NULL},
};

static const struct row debug_rows[] = {
    {"", ""},
    {"0 to 9", "number for the next G, A, P or C command"},
    {"arrows, Home, End", "select a line, or go to an end of the history"},
    {"PgUp, PgDn", "scroll the trace"},
    {"Esc", "cancel a seek or discard the number"},
    {NULL, NULL},
};

static const struct row history_rows[] = {
    {"Past", "F7, B, L and G go back and restore machine, switches and notes."},
    {"", "F6 and F5 replay what followed, up to the present."},
    {"Change",
     "A change discards everything recorded later; it asks you first."},
    {"How far", "The first row of the page shows how far back you can go."},
    {"", "When memory is full, the oldest part of the history is dropped."},
    {"", "Loading a program starts a new history."},
    {"Number",
     "1000000 G goes to instruction 1,000,000 by replaying or running."},
    {"Break",
     "O breaks before the line runs, R after a read, W after a write."},
    {"", "N breaks after A becomes negative, and Z after it becomes 0."},
    {"", "I breaks before a fetch when CI exceeds 31."},
    {"", "500 A breaks after instruction 500. X clears all breakpoints."},
    {"", "Lines without a breakpoint run at full speed."},
    {"Trace",
     "Each row shows an instruction, its operand and what it changed."},
    {"", "T sends each new row to COM1, and the machine waits for the port."},
    {"", "S sends the last 1,000 rows."},
    {"Profile", "P starts and stops counting how often lines are used."},
    {"", "500 P counts from instruction 500 to this one."},
    {"Compare", "C compares the store with the program as loaded."},
    {"", "500 C compares it with the store after instruction 500."},
    {"State",
     "F3, T sends the whole state to COM1; R or a module restores it."},
    {NULL, NULL},
};

static const struct row instruction_rows[] = {
    {"JMP n    n,C", "CI = S(n): continue after the line given by S(n)"},
    {"JRP n    c+n,C", "CI = CI + S(n); also spelt JPR or JMR"},
    {"LDN n    -n,A", "A = -S(n)"},
    {"STO n    a,n", "S(n) = A"},
    {"SUB n    a-n,A", "A = A - S(n)"},
    {"CMP      Test", "if A is negative, skip the next line; also spelt SKN"},
    {"STP      Stop", "stop and light the lamp; also spelt STOP or HLT"},
    {"LDN PEARS", "the line whose note begins with \"PEARS:\""},
    {"NUM n", "a number such as -3, 262143, 0x1F or 0b101"},
    {"BINS 0101...", "a word in binary as on the tube, digit 0 first"},
    {"", ""},
    {"", "Digits 0-4 select the line and 13-15 the function."},
    {"", "All other digits are ignored."},
    {"", "The second column is the 1951 notation (Ctrl-F shows it)."},
    {"", "In 1948 it was n,Cl  Add n,Cl  -n,C  c,n  Sub. n"},
    {"", "You can type all three."},
    {NULL, NULL},
};

static const struct row glossary[] = {
    {"store", "32 lines of 32 digits, with digit 0, the lowest, at the left"},
    {"A", "the accumulator, the only register for arithmetic"},
    {"CI", "control instruction: the last line, incremented before a fetch"},
    {"PI", "present instruction: the word fetched from line CI"},
    {"prepulse", "starts one bar, which fetches and obeys one instruction"},
    {"bar", "four beats (Scan, Action, Scan, Action), 1.44 ms in all"},
    {"action line", "the line selected by an action beat; it glows"},
    {"staticisor", "holds the line and function while they are obeyed"},
    {"L, F", "staticisor switches: down is 1; in Auto, up forces a 0"},
    {"Auto, Man", "take instructions from the store, or from L and F switches"},
    {"CS", "completion signal: lets prepulses follow one another"},
    {"KC", "key completion: sends one prepulse and clears the lamp"},
    {"KLC", "clears the action line"},
    {"KSC", "clears the store"},
    {"KAC, KCC", "KAC clears A; KCC clears CI, PI and A"},
    {"monitor", "the visible tube, which shows S, A or C"},
    {NULL, NULL},
};

static const struct row trouble_rows[] = {
    {"Stop", "An STP was obeyed. The lamp is lit and blocks prepulses."},
    {"", "To continue, press F6 to obey the next line, then F5 to run."},
    {"", "To restart, press F6 (KC), clear control (Esc, C), and press F5."},
    {"", "Esc, A restarts your program as you entered it, without what the"},
    {"", "machine wrote; Esc, O opens the file again. Ctrl-Z undoes both."},
    {"", ""},
    {"Hung", "Nothing is fetched, because digits 13-15 of CI are not 0."},
    {"", "The store has no path to PI. To recover, clear control (Esc, C)."},
    {"", "A stray digit in the operand of a JMP or JRP can cause this."},
    {"", "If they hold function 1, the fetched word is added to PI instead."},
    {"", ""},
    {"No end", "F5 stops a program that runs forever; nothing is lost."},
    {"Undo", "Ctrl-Z undoes your changes one by one."},
    {"", ""},
    {"Garbled", "Ctrl-R redraws the screen."},
    {"", "It also detects a terminal's height and UTF-8 support again."},
    {"Terminal", "Without function keys, press Esc and choose from the menu."},
    {"", "PF1 to PF4 of a terminal are F1 to F4."},
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

/* The short screen has no room for the blank first row of ROWS. */
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

static void draw_course_1(struct view *view)
{
    course_draw(view, TOP, 0);
}

static void draw_course_2(struct view *view)
{
    course_draw(view, TOP, 1);
}

static void draw_course_3(struct view *view)
{
    unsigned row = course_draw(view, TOP, 2);

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

/* Returns the row below the options. */
static unsigned draw_options(struct view *view, bool pc)
{
    unsigned row = TOP;

    for (unsigned i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        char left[64];
        struct strbuf text = strbuf_begin(left, sizeof left);

        if (option->pc != pc)
            continue;
        strbuf_add(&text, "%s%s", option->name, option->values);
        /* A long option pushes its help text to the right. */
        unsigned at = text.length < 32 ? 34 : 2 + (unsigned)text.length + 2;

        row = draw_row(view, row, at, left, option->help);
    }
    return row;
}

static void draw_baby_options(struct view *view)
{
    draw_options(view, false);
}

static void draw_pc_options(struct view *view)
{
    unsigned row = draw_options(view, true);

    cells_text(&view->cells, row + view->layout->step - 1, 2, ATTR_LABEL,
               view->environment.found);
}

static const struct {
    const char *title;
    void (*draw)(struct view *view);
} pages[] = {
    {"Editor keys", draw_editor_keys},
    {"Panel keys", draw_panel_keys},
    {"Lab keys", draw_lab_keys},
    {"Debugger keys", draw_debug_keys},
    {"Using the debugger", draw_history},
    {"Instructions", draw_instructions},
    {"Terms of 1948", draw_glossary},
    {"Stops, hangs and other problems", draw_trouble},
    {"Boot options for the Baby", draw_baby_options},
    {"Boot options for the PC", draw_pc_options},
    {"A course on virtual machines: topic, keys, file, exercise",
     draw_course_1},
    {"A course on virtual machines, continued", draw_course_2},
    {"A course on virtual machines, the end", draw_course_3},
};
#define HELP_PAGES ((unsigned)(sizeof pages / sizeof pages[0]))

void help_draw(struct view *view)
{
    char title[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(title, sizeof title);

    strbuf_add(&text, "Baby   Help %u of %u: %s", help_of(view)->page + 1,
               HELP_PAGES, pages[help_of(view)->page].title);
    page_title(view, title, "");
    pages[help_of(view)->page].draw(view);
    page_keys(view, "Right: next page   Left: previous page   T: guided tour   "
                    "Esc: back");
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
