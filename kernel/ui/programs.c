/* SPDX-License-Identifier: MIT */
/*
 * The list of programs, and what the head comments of the chosen one say.
 */
#include "commands.h"
#include "page.h"
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

static void draw_row(struct ui *ui, unsigned i, unsigned row)
{
    const struct library_file *file = &ui->library.file[i];
    uint8_t attribute = i == ui->list_row ? LOOK_CHOSEN : LOOK_TEXT;
    struct library_card card;

    library_card(file, &card);
    cells_fill(&ui->cells, row, 1, CELLS_COLUMNS - 2, ' ', attribute);
    page_cut(ui, row, 2, TITLE_AT - 3, attribute, file->name);
    page_cut(ui, row, TITLE_AT, AUTHOR_AT - TITLE_AT - 1, attribute,
             card.title);
    if (card.author[0] != '\0')
        page_cut(ui, row, AUTHOR_AT, CELLS_COLUMNS - 1 - AUTHOR_AT, attribute,
                 card.author + 3);
}

/* A word before a colon at the beginning of a line says what is told. */
static void draw_label(struct ui *ui, unsigned row, const char *line)
{
    unsigned length = 0;

    while (line[length] >= 'A' && line[length] <= 'z')
        length++;
    for (unsigned i = 0; line[length] == ':' && i <= length; i++)
        cells_put(&ui->cells, row, 2 + i, (uint8_t)line[i], LOOK_STRONG);
}

/* The head comments but the title, or what is wrong with the file.  Not
   inline, so that its texts take stack only here. */
__attribute__((noinline)) static void draw_about(struct ui *ui)
{
    char sentence[MESSAGE_SIZE];
    struct text says = text_begin(sentence, sizeof sentence);
    unsigned row = about_row(ui);
    bool good = library_read(&ui->library.file[ui->list_row], &ui->scratch,
                             &ui->moment, &says);
    const char *at = good ? ui->scratch.head : sentence;
    char line[CELLS_COLUMNS];

    if (good)
        at = page_wrap(at, line, sizeof line);
    for (; *at != '\0' && row < KEYS_ROW(ui->layout); row += ui->layout->step) {
        at = page_wrap(at, line, CELLS_COLUMNS - 2);
        cells_text(&ui->cells, row, 2, good ? LOOK_TEXT : LOOK_STRONG, line);
        draw_label(ui, row, line);
    }
    if (*at != '\0')
        cells_text(&ui->cells, KEYS_ROW(ui->layout) - 1, CELLS_COLUMNS - 4,
                   LOOK_TEXT, "...");
}

void programs_open(struct ui *ui)
{
    ui->list_row = 0;
    ui_open(ui, PAGE_PROGRAMS);
}

void programs_draw(struct ui *ui)
{
    unsigned length = list_length(ui);
    unsigned top = ui->list_row < length ? 0 : ui->list_row - length + 1;
    char count[CELLS_COLUMNS];
    struct text text = text_begin(count, sizeof count);

    page_title(ui, "Baby   Programs");
    text_add(&text, "%u of %u", ui->list_row + 1, ui->library.count);
    cells_text_right(&ui->cells, 0, CELLS_COLUMNS - 2, LOOK_BAR, count);

    for (unsigned i = 0; i < length && top + i < ui->library.count; i++)
        draw_row(ui, top + i, LIST_ROW + i * ui->layout->step);
    cells_fill(&ui->cells, about_row(ui) - 1, 0, CELLS_COLUMNS, CHAR_HORIZONTAL,
               LOOK_LABEL);
    if (ui->library.count > 0)
        draw_about(ui);
    page_keys(ui, "Up, Down choose   Enter load   F5 load and run   Esc back");
}

static void choose(struct ui *ui, int row)
{
    int last = (int)ui->library.count - 1;

    if (row > last)
        row = last;
    ui->list_row = row > 0 ? (unsigned)row : 0;
}

static void load(struct ui *ui, bool run)
{
    if (ui->library.count == 0)
        return;
    ui->ask_program = ui->list_row;
    ui->ask_run = run;
    command_do(ui, command_load);
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
        ui_back(ui);
        break;
    default:
        break;
    }
}
