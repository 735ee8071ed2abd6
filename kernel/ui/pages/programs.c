/* SPDX-License-Identifier: MIT */
/*
 * The list of programs, and what the head comments of the chosen one say.
 */
#include "ui/base/commands.h"
#include "ui/base/page.h"
#include <string.h>

#define LIST_ROW    2
#define TITLE_AT    17
#define AUTHOR_AT   55
#define ABOUT_LINES 11

/* First row of what is told about the chosen program. */
static unsigned about_row(const struct ui *ui)
{
    return KEYS_ROW(ui->layout) - ABOUT_LINES * ui->layout->step;
}

/* Programs that the list shows at once. */
static unsigned list_length(const struct ui *ui)
{
    return (about_row(ui) - LIST_ROW - 1) / ui->layout->step;
}

/* First program that the list shows. */
static unsigned list_top(const struct ui *ui)
{
    unsigned length = list_length(ui);

    return ui->list_row < length ? 0 : ui->list_row - length + 1;
}

/* ----------------------------------------------------------- reading --- */

/* The card of program I; NULL: it was not read yet. */
static const struct library_card *card_of(const struct ui *ui, unsigned i)
{
    unsigned row = i % PROGRAMS_SHOWN;

    return ui->programs.row[row].known && ui->programs.row[row].index == i
               ? &ui->programs.row[row].card
               : NULL;
}

/* Reads the cards of the programs shown, a few in a turn. */
static void read_cards(struct ui *ui)
{
    unsigned end = list_top(ui) + list_length(ui);
    size_t seen = 0;

    for (unsigned i = list_top(ui); i < end && i < ui->library.count; i++) {
        unsigned row = i % PROGRAMS_SHOWN;

        if (card_of(ui, i) != NULL)
            continue;
        if (seen >= LIBRARY_AT_ONCE) {
            ui->programs.more = true;
            return;
        }
        seen += library_card(&ui->library.file[i], &ui->programs.row[row].card);
        ui->programs.row[row].known = true;
        ui->programs.row[row].index = i;
        ui->changed = true;
    }
}

/* Whether ui->reading is of the chosen program. */
static bool holds_chosen(const struct ui *ui)
{
    return ui->reading.file.name == ui->library.file[ui->list_row].name;
}

static void read_chosen(struct ui *ui, void (*then)(struct ui *ui, bool good))
{
    if (holds_chosen(ui))
        ui_read_on(ui, then);
    else
        ui_read(ui, &ui->library.file[ui->list_row], then);
}

void programs_turn(struct ui *ui)
{
    ui->programs.more = false;
    if (ui->page != PAGE_PROGRAMS || ui->library.count == 0)
        return;
    read_cards(ui);
    if (!holds_chosen(ui))
        read_chosen(ui, NULL);
}

/* ----------------------------------------------------------- drawing --- */

static void draw_row(struct ui *ui, unsigned i, unsigned row)
{
    const struct library_file *file = &ui->library.file[i];
    const struct library_card *card = card_of(ui, i);
    uint8_t attribute = i == ui->list_row ? ATTR_CHOSEN : ATTR_TEXT;

    cells_fill(&ui->cells, row, 1, CELLS_COLUMNS - 2, ' ', attribute);
    page_cut(ui, row, 2, TITLE_AT - 3, attribute, file->name);
    if (card == NULL)
        return;
    page_cut(ui, row, TITLE_AT, AUTHOR_AT - TITLE_AT - 1, attribute,
             card->title);
    if (card->author[0] != '\0')
        page_cut(ui, row, AUTHOR_AT, CELLS_COLUMNS - 1 - AUTHOR_AT, attribute,
                 card->author + 3);
}

/* A word before a colon at the beginning of a line says what is told. */
static void draw_label(struct ui *ui, unsigned row, const char *line)
{
    unsigned length = 0;

    while (line[length] >= 'A' && line[length] <= 'z')
        length++;
    for (unsigned i = 0; line[length] == ':' && i <= length; i++)
        cells_put(&ui->cells, row, 2 + i, (uint8_t)line[i], ATTR_STRONG);
}

static void draw_reading(struct ui *ui)
{
    page_text(ui, about_row(ui), 2, ATTR_STRONG, "Reading %u bytes ...%s",
              (unsigned)ui->library.file[ui->list_row].size,
              ui->read_then != NULL ? "; Esc cancels" : "");
}

/* The head comments but the title, or what is wrong with the file. */
static void draw_about(struct ui *ui)
{
    unsigned row = about_row(ui);
    bool good = ui->reading.reader.good;
    const char *at = good ? ui->reading.reader.program.head : ui->reading.says;
    char line[CELLS_COLUMNS];

    if (good)
        at = page_wrap(at, line, sizeof line);
    for (; *at != '\0' && row < KEYS_ROW(ui->layout); row += ui->layout->step) {
        at = page_wrap(at, line, CELLS_COLUMNS - 2);
        cells_text(&ui->cells, row, 2, good ? ATTR_TEXT : ATTR_STRONG, line);
        draw_label(ui, row, line);
    }
    if (*at != '\0')
        cells_text(&ui->cells, KEYS_ROW(ui->layout) - 1, CELLS_COLUMNS - 4,
                   ATTR_TEXT, "...");
}

void programs_open(struct ui *ui)
{
    ui->list_row = 0;
    ui_open(ui, PAGE_PROGRAMS);
}

void programs_draw(struct ui *ui)
{
    unsigned length = list_length(ui), top = list_top(ui);
    char count[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(count, sizeof count);

    page_title(ui, "Baby   Programs");
    strbuf_add(&text, "%u of %u", ui->list_row + 1, ui->library.count);
    cells_text_right(&ui->cells, 0, CELLS_COLUMNS - 2, ATTR_BAR, count);

    for (unsigned i = 0; i < length && top + i < ui->library.count; i++)
        draw_row(ui, top + i, LIST_ROW + i * ui->layout->step);
    cells_fill(&ui->cells, about_row(ui) - 1, 0, CELLS_COLUMNS, CHAR_HORIZONTAL,
               ATTR_LABEL);
    if (ui->library.count > 0 &&
        (!holds_chosen(ui) || reader_is_active(&ui->reading.reader)))
        draw_reading(ui);
    else if (ui->library.count > 0)
        draw_about(ui);
    page_keys(ui, "Up, Down choose   Enter load   F5 load and run   Esc back");
}

static void choose(struct ui *ui, int row)
{
    int last = (int)ui->library.count - 1;

    if (row > last)
        row = last;
    ui->list_row = row > 0 ? (unsigned)row : 0;
    if (ui->library.count > 0 && !holds_chosen(ui))
        ui_read_cancel(ui);
}

/* Nothing is asked about a program that cannot be read. */
static void offer(struct ui *ui, bool good)
{
    if (good) {
        command_do(ui, command_load);
    } else {
        ui_back(ui);
        ui_message(ui, "%s", ui->reading.says);
    }
}

static void load(struct ui *ui, bool run)
{
    if (ui->library.count == 0)
        return;
    ui->ask_run = run;
    read_chosen(ui, offer);
}

/* Gives up loading, or else leaves the list. */
static void leave(struct ui *ui)
{
    if (ui->read_then == NULL)
        ui_back(ui);
    ui->read_then = NULL;
}

void programs_event(struct ui *ui, const struct event *event)
{
    int row = (int)ui->list_row;
    int page = (int)list_length(ui);

    switch (event->key) {
    case KEY_UP:
        choose(ui, row - 1);
        break;
    case KEY_DOWN:
        choose(ui, row + 1);
        break;
    case KEY_PAGE_UP:
        choose(ui, row - page);
        break;
    case KEY_PAGE_DOWN:
        choose(ui, row + page);
        break;
    case KEY_HOME:
        choose(ui, 0);
        break;
    case KEY_END:
        choose(ui, (int)ui->library.count - 1);
        break;
    case KEY_ENTER:
        load(ui, false);
        break;
    case KEY_F5:
        load(ui, true);
        break;
    case KEY_ESCAPE:
        leave(ui);
        break;
    default:
        break;
    }
}
