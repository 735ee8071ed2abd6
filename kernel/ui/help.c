/* SPDX-License-Identifier: MIT */
/*
 * Help: three pages, drawn from the tables that the program itself goes by.
 */
#include "commands.h"
#include "page.h"

/* A row of two columns. */
struct row {
    const char *left, *right;
};

static const struct row editor_rows[] = {
    {"arrows", "move over lines and digits, from tube to listing"},
    {"Home, End, PgUp, PgDn", "ends of the line or store; eight lines"},
    {"Space, 0, 1", "on the tube: flip the digit, or set it"},
    {"LDN 24, -3, 0x1F", "in the listing: type a word, then Enter"},
    {"Esc", "drop what was typed; else the menu"},
};

static const struct row instruction_rows[] = {
    {"JMP n", "CI = S(n): go on at the line after the one named there"},
    {"JRP n", "CI = CI + S(n)"},
    {"LDN n", "A = -S(n)"},
    {"STO n", "S(n) = A"},
    {"SUB n", "A = A - S(n)"},
    {"CMP", "if A is negative, skip the next line (Test)"},
    {"STP", "stop, and light the lamp"},
    {"NUM n", "a number: -3, 262143, 0x1F, 0b101"},
    {"", ""},
    {"store", "32 lines of 32 digits, digit 0 at the left: dot 0, dash 1"},
    {"A", "the accumulator"},
    {"CI", "control instruction: the line last obeyed"},
    {"PI", "present instruction: the word fetched from there"},
    {"after a Stop", "F6 (KC) gives one prepulse, then F5 runs on"},
    {"hung", "digits 13-15 of CI are not 0; clear control"},
};

static unsigned draw_row(struct ui *ui, unsigned row, unsigned at,
                         const char *left, const char *right)
{
    cells_text(&ui->cells, row, 2, LOOK_STRONG, left);
    cells_text(&ui->cells, row, at, LOOK_TEXT, right);
    return row + ui->layout->step;
}

static void draw_keys(struct ui *ui)
{
    unsigned row = 2;

    for (unsigned i = 0; i < command_count; i++) {
        const struct command *command = &command_table[i];

        if (command->keys[0] != '\0')
            row = draw_row(ui, row, 26, command->keys, command->name);
    }
    row += ui->layout->step;
    for (unsigned i = 0; i < sizeof editor_rows / sizeof editor_rows[0]; i++)
        row = draw_row(ui, row, 26, editor_rows[i].left, editor_rows[i].right);
}

static void draw_instructions(struct ui *ui)
{
    const struct row *rows = instruction_rows;
    unsigned row = 2;

    for (unsigned i = 0;
         i < sizeof instruction_rows / sizeof instruction_rows[0]; i++)
        row = draw_row(ui, row, 16, rows[i].left, rows[i].right);
}

static void draw_options(struct ui *ui)
{
    unsigned row = 2;

    for (unsigned i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        char left[64];
        struct text text = text_begin(left, sizeof left);

        text_add(&text, "%s%s", option->name, option->values);
        if (text.length < 32) {
            row = draw_row(ui, row, 34, left, option->help);
        } else {
            row = draw_row(ui, row, 34, left, "");
            row = draw_row(ui, row, 34, "", option->help);
        }
    }
    row += ui->layout->step;
    cells_text(&ui->cells, row, 2, LOOK_LABEL, ui->found);
}

static const struct {
    const char *title;
    void (*draw)(struct ui *ui);
} pages[] = {
    {"Keys", draw_keys},
    {"Instructions and words", draw_instructions},
    {"Boot options", draw_options},
};
#define HELP_PAGES ((unsigned)(sizeof pages / sizeof pages[0]))

void help_draw(struct ui *ui)
{
    char title[CELLS_COLUMNS];
    struct text text = text_begin(title, sizeof title);

    text_add(&text, "Baby   Help %u of %u: %s", ui->help_page + 1, HELP_PAGES,
             pages[ui->help_page].title);
    cells_clear(&ui->cells, LOOK_TEXT);
    cells_fill(&ui->cells, 0, 0, CELLS_COLUMNS, ' ', LOOK_BAR);
    cells_text(&ui->cells, 0, 1, LOOK_BAR, title);
    pages[ui->help_page].draw(ui);
    cells_fill(&ui->cells, KEYS_ROW(ui->layout), 0, CELLS_COLUMNS, ' ',
               LOOK_BAR);
    cells_text(&ui->cells, KEYS_ROW(ui->layout), 0, LOOK_BAR,
               " Enter, Right next page   Left page before   Esc back");
}

void help_event(struct ui *ui, const struct event *event)
{
    if (event->key == KEY_ESCAPE)
        ui_back(ui);
    else if (event->key == KEY_LEFT || event->key == KEY_PAGE_UP)
        ui->help_page = (ui->help_page + HELP_PAGES - 1) % HELP_PAGES;
    else
        ui->help_page = (ui->help_page + 1) % HELP_PAGES;
}
