/* SPDX-License-Identifier: MIT */
/*
 * The demonstration on the screen, and what the first key offers.
 */
#include "ui/base/page.h"
#include <string.h>

#define CAPTION_LINES 4

/* What HEAD says after the title and the author. */
static const char *story(const char *head, const struct library_card *card)
{
    char line[CELLS_COLUMNS];

    head = page_wrap(head, line, sizeof line);
    if (card->author[0] != '\0')
        head = page_wrap(head, line, sizeof line);
    while (*head == '\n')
        head++;
    return head;
}

/* The title and who wrote it in one row, then how it begins to be told. */
static void draw_caption(struct ui *ui)
{
    const struct library_card *card = &ui->demo.card;
    unsigned step = ui->layout->halves ? 1 : 2;
    unsigned row = ui->layout->registers + step - 1;
    const char *text;
    char line[CELLS_COLUMNS];

    text = story(ui->demo.session.loaded.program.head, card);
    page_cut(ui, row, 1, CELLS_COLUMNS - 4 - (unsigned)strlen(card->author),
             ATTR_STRONG, card->title);
    cells_text_right(&ui->cells, row, CELLS_COLUMNS - 2, ATTR_TEXT,
                     card->author);
    for (unsigned i = 0; i < CAPTION_LINES && *text != '\0'; i++) {
        row += step;
        text = page_wrap(text, line, CELLS_COLUMNS - 1);
        cells_text(&ui->cells, row, 1, ATTR_TEXT, line);
    }
}

void demo_draw(struct ui *ui)
{
    page_title(ui, "Baby   The first computer to run a stored program: "
                   "Manchester, 21 June 1948");
    large_tube(ui, &ui->demo.session, MONITOR_S);
    if (ui->demo.card.title[0] != '\0')
        draw_caption(ui);
    page_keys(ui, "Press any key");
    status_draw_message(ui);
}

void demo_event(struct ui *ui, const struct event *event)
{
    if (!event->repeat)
        ui_open(ui, PAGE_OFFER);
}

static void watch(struct ui *ui)
{
    ui_open(ui, PAGE_DEMO);
}

static void enter(struct ui *ui)
{
    ui_open(ui, PAGE_EDITOR);
}

static void operate(struct ui *ui)
{
    ui_open(ui, PAGE_PANEL);
}

static const struct {
    const char *what, *more;
    void (*act)(struct ui *ui);
} offers[] = {
    {"Watch", "programs run by themselves", watch},
    {"Tour", "ten pages, and you have programmed it", tour_begin},
    {"Enter a program", "the editor; F2 there lists more", enter},
    {"Panel", "switches, buttons and keys of 1948", operate},
};
#define OFFERS ((unsigned)(sizeof offers / sizeof offers[0]))

void offer_draw(struct ui *ui)
{
    unsigned row = (ui->layout->rows - 2 * OFFERS - 3) / 2;

    cells_box(&ui->cells, row, 8, 2 * OFFERS + 3, 64, ATTR_STRONG,
              "What would you like? Press a number");
    for (unsigned i = 0; i < OFFERS; i++) {
        cells_put(&ui->cells, row + 2 + 2 * i, 12, (uint8_t)('1' + i),
                  ATTR_STRONG);
        cells_text(&ui->cells, row + 2 + 2 * i, 15, ATTR_STRONG,
                   offers[i].what);
        cells_text(&ui->cells, row + 2 + 2 * i, 32, ATTR_TEXT, offers[i].more);
    }
}

void offer_event(struct ui *ui, const struct event *event)
{
    unsigned choice = (unsigned)(event->character - '1');

    if (event->repeat)
        return;
    if (event->key == KEY_ESCAPE)
        watch(ui);
    else if (event->key == KEY_CHARACTER && choice < OFFERS)
        offers[choice].act(ui);
}

void ui_start_demo(struct ui *ui, uint64_t now)
{
    demo_start(&ui->demo, &ui->library, now);
    ui_open(ui, PAGE_DEMO);
}

uint64_t kiosk_due(const struct ui *ui)
{
    if (ui->options.kiosk == 0 || ui->page == PAGE_DEMO || ui->report.running)
        return UINT64_MAX;
    return ui->last_key + (uint64_t)ui->options.kiosk * 1000000u;
}

void kiosk_turn(struct ui *ui, uint64_t now)
{
    if (now < kiosk_due(ui))
        return;
    if (ui->base != PAGE_DEMO)
        ui_begin(ui, now);
    transfer_cancel(&ui->transfer);
    ui_read_cancel(ui);
    ui->message[0] = '\0';
    ui_start_demo(ui, now);
    ui->changed = true;
}
