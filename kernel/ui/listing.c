/* SPDX-License-Identifier: MIT */
/*
 * The store as instructions, numbers and notes, a line beside each line of
 * the tube; on the short screen, two lines in a row.
 */
#include "emu/instruction.h"
#include "page.h"
#include <string.h>

#define NOTE_COLUMN 61 /* on the long screen */
#define NARROW      21 /* columns a line takes on the short screen */

void listing_word(struct ui *ui, unsigned row, unsigned column,
                  uint8_t attribute, uint32_t word, bool instruction)
{
    char buffer[16];
    struct text text = text_begin(buffer, sizeof buffer);
    unsigned right = ui->layout->halves ? 16 : 17;

    if (instruction) {
        instruction_write(&text, word);
        cells_text(&ui->cells, row, column, attribute, buffer);
    }
    text = text_begin(buffer, sizeof buffer);
    text_add(&text, "%d", (int)word);
    cells_text_right(&ui->cells, row, column + right, attribute, buffer);
}

static bool is_instruction(const struct ui *ui, unsigned line)
{
    const struct desk *desk = &ui->desk;
    bool obeyed = desk->last.valid && !desk->last.hung &&
                  word_line(desk->last.ci) == line;

    return obeyed || !(desk->numbers >> line & 1);
}

/* What is being typed; where it is too long, the end of it. */
static void draw_entry(struct ui *ui, unsigned row, unsigned column)
{
    unsigned width = ui->layout->halves ? 16 : 18;
    const char *from = ui->entry;
    unsigned length = (unsigned)strlen(from);

    if (length > width)
        from += length - width;
    cells_text(&ui->cells, row, column, LOOK_CURSOR, from);
}

/* Draws LINE's mark, number and word from COLUMN on. */
static void draw_line(struct ui *ui, unsigned line, unsigned row,
                      unsigned column)
{
    bool cursor = ui->focus == FOCUS_LISTING && ui->line == line;
    bool control = word_line(ui->desk.machine.ci) == line;
    uint8_t attribute = control ? LOOK_STRONG : LOOK_TEXT;
    unsigned word_column = column + 4;
    char number[4];
    struct text text = text_begin(number, sizeof number);

    text_add(&text, "%02u", line);
    if (control)
        cells_put(&ui->cells, row, column, CHAR_POINTER, LOOK_STRONG);
    cells_text(&ui->cells, row, column + 1,
               ui->line == line ? LOOK_CURSOR
               : control        ? LOOK_STRONG
                                : LOOK_LABEL,
               number);
    if (cursor) {
        attribute = LOOK_CURSOR;
        cells_fill(&ui->cells, row, word_column - 1,
                   ui->layout->halves ? 18 : 20, ' ', attribute);
    }
    if (cursor && ui->typing) {
        draw_entry(ui, row, word_column);
        return;
    }
    listing_word(ui, row, word_column, attribute, ui->desk.machine.store[line],
                 is_instruction(ui, line));
}

/* A line that was changed by hand has lost its note. */
static const char *note_of(const struct ui *ui, unsigned line)
{
    return ui->desk.noted >> line & 1 ? ui->desk.program.note[line] : "";
}

static void draw_note(struct ui *ui, unsigned line, unsigned row,
                      unsigned column)
{
    cells_text(&ui->cells, row, column, LOOK_LABEL, note_of(ui, line));
}

/* The cursor's line has its note in full in a place of its own. */
static void draw_whole_note(struct ui *ui)
{
    char whole[CELLS_COLUMNS];
    struct text text = text_begin(whole, sizeof whole);
    const char *note = note_of(ui, ui->line);

    if (ui->layout->halves) {
        draw_note(ui, ui->line, ui->layout->note, LISTING_COLUMN + NARROW + 1);
    } else if (note[0] != '\0') {
        text_add(&text, "Line %u: %s", ui->line, note);
        cells_text(&ui->cells, ui->layout->note, 1, LOOK_LABEL, whole);
    }
}

static void draw_heading(struct ui *ui)
{
    unsigned row = ui->layout->scale;

    cells_text(&ui->cells, row, LISTING_COLUMN + 4, LOOK_LABEL, "instr.");
    cells_text_right(&ui->cells, row, LISTING_COLUMN + 21, LOOK_LABEL,
                     "number");
    cells_text(&ui->cells, row, NOTE_COLUMN, LOOK_LABEL, "note");
}

void listing_draw(struct ui *ui)
{
    const struct layout *layout = ui->layout;

    if (!layout->halves)
        draw_heading(ui);
    for (unsigned line = 0; line < LINES; line++) {
        if (layout->halves) {
            draw_line(ui, line, layout->store + line / 2,
                      LISTING_COLUMN - 1 + line % 2 * NARROW);
        } else {
            draw_line(ui, line, layout->store + line, LISTING_COLUMN);
            draw_note(ui, line, layout->store + line, NOTE_COLUMN);
        }
    }
    draw_whole_note(ui);
}
