/* SPDX-License-Identifier: MIT */
#include "machines_table.h"
#include "ui/base/page_draw.h"

#define TITLE_AT     5
#define TITLE_WIDTH  16
#define STATE_AT     22
#define ENGINE_AT    30
#define SPEED_AT     41
#define WEIGHT_RIGHT 56 /* last column of a number */
#define CAP_RIGHT    60
#define ASKED_RIGHT  66
#define GOT_RIGHT    71
#define RATE_RIGHT   78

const char *machines_title(struct view *view, unsigned number)
{
    const struct session *session = guests_session(view->guests, number);
    const char *name = number == view->guests->focus
                           ? view->load.name
                           : machines_of(view)->name[number - 1];

    if (session->notes.text[NOTE_TITLE][0] != '\0')
        return session->notes.text[NOTE_TITLE];
    return name != NULL ? name : "(no title)";
}

const char *machines_state(struct view *view, unsigned number)
{
    static const char *const names[] = {
        [GUEST_RUNNING] = "running", [GUEST_PAUSED] = "paused",
        [GUEST_STOPPED] = "stopped", [GUEST_HUNG] = "hung",
        [GUEST_KILLED] = "killed",
    };

    return names[guests_state(view->guests, number)];
}

unsigned machines_number(struct view *view, unsigned i)
{
    for (unsigned number = 1; number <= view->guests->capacity; number++)
        if (guests_get(view->guests, number)->present && i-- == 0)
            return number;
    return 0;
}

unsigned machines_position(struct view *view)
{
    unsigned position = 0;

    for (unsigned number = 1; number < machines_of(view)->chosen; number++)
        position += guests_get(view->guests, number)->present;
    return position;
}

/* Draws a share, which is in thousandths, in percent. */
static void draw_share(struct view *view, unsigned row, unsigned right,
                       uint8_t attribute, unsigned share)
{
    page_text_right(view, row, right, attribute, "%u.%u", share / 10,
                    share % 10);
}

static void draw_heading(struct view *view, unsigned row)
{
    struct cells *cells = &view->cells;

    cells_text(cells, row, 1, ATTR_LABEL, "no");
    cells_text(cells, row, TITLE_AT, ATTR_LABEL, "program");
    cells_text(cells, row, STATE_AT, ATTR_LABEL, "state");
    cells_text(cells, row, ENGINE_AT, ATTR_LABEL, "engine");
    cells_text(cells, row, SPEED_AT, ATTR_LABEL, "speed");
    cells_text_right(cells, row, WEIGHT_RIGHT, ATTR_LABEL, "wt");
    cells_text_right(cells, row, CAP_RIGHT, ATTR_LABEL, "cap");
    cells_text_right(cells, row, ASKED_RIGHT, ATTR_LABEL, "ask%");
    cells_text_right(cells, row, GOT_RIGHT, ATTR_LABEL, "got%");
    cells_text_right(cells, row, RATE_RIGHT, ATTR_LABEL, "per s");
}

static uint8_t attribute_of(struct view *view, unsigned number)
{
    if (number == machines_of(view)->chosen)
        return ATTR_SELECTED;
    return guests_state(view->guests, number) == GUEST_RUNNING ? ATTR_TEXT
                                                               : ATTR_LABEL;
}

/* Weight and share matter only to those that compete for the processor. */
static void draw_shares(struct view *view, unsigned row, unsigned number,
                        uint8_t attribute)
{
    const struct usage *usage = &machines_of(view)->usage[number - 1];
    unsigned cap = guests_cap(view->guests, number);
    bool competes = guests_competes(view->guests, number);

    page_text_right(view, row, WEIGHT_RIGHT, attribute, "%u",
                    guests_weight(view->guests, number));
    if (cap > 0)
        page_text_right(view, row, CAP_RIGHT, attribute, "%u%%", cap);
    if (guests_state(view->guests, number) != GUEST_RUNNING)
        return;
    if (competes)
        draw_share(view, row, ASKED_RIGHT, attribute,
                   guests_share(view->guests, number));
    if (!machines_of(view)->known)
        return;
    if (competes)
        draw_share(view, row, GOT_RIGHT, attribute, usage->share);
    page_si_right(view, row, RATE_RIGHT, attribute, usage->rate, -1);
}

static void draw_guest(struct view *view, unsigned row, unsigned number)
{
    const struct session *session = guests_session(view->guests, number);
    uint8_t attribute = attribute_of(view, number);

    if (attribute == ATTR_SELECTED)
        cells_fill(&view->cells, row, 0, PAGE_COLUMNS, ' ', attribute);
    page_text_right(view, row, 2, attribute, "%u", number);
    if (number == view->guests->focus)
        cells_put(&view->cells, row, 3, CHAR_POINTER, attribute);
    page_cut(view, row, TITLE_AT, TITLE_WIDTH, attribute,
             machines_title(view, number));
    cells_text(&view->cells, row, STATE_AT, attribute,
               machines_state(view, number));
    cells_text(&view->cells, row, ENGINE_AT, attribute, session->engine->name);
    cells_text(&view->cells, row, SPEED_AT, attribute,
               speeds[session->pace.speed].label);
    draw_shares(view, row, number, attribute);
}

void machines_draw_table(struct view *view, unsigned row, unsigned rows)
{
    unsigned position = machines_position(view), lines = rows - 1;
    unsigned top = position < lines ? 0 : position - lines + 1;

    draw_heading(view, row);
    for (unsigned i = 0; i < lines; i++) {
        unsigned number = machines_number(view, top + i);

        if (number != 0)
            draw_guest(view, row + 1 + i, number);
    }
}

static void add_exits(struct strbuf *text, const struct account *account)
{
    static const char *const names[GUEST_EXITS] = {
        [GUEST_EXIT_BUDGET] = "budget", [GUEST_EXIT_STOP] = "Stop",
        [GUEST_EXIT_HANG] = "hang",     [GUEST_EXIT_BREAKPOINT] = "breakpoint",
        [GUEST_EXIT_FAULT] = "fault",   [GUEST_EXIT_OVERRUN] = "overrun",
    };

    bool any = false;

    strbuf_add(text, "VM exits:");
    for (unsigned i = 0; i < GUEST_EXITS; i++)
        if (account->exits[i] > 0) {
            strbuf_add(text, " %s ", names[i]);
            strbuf_add_grouped(text, account->exits[i]);
            any = true;
        }
    if (!any)
        strbuf_add(text, " none");
}

void machines_draw_chosen(struct view *view, unsigned row)
{
    unsigned number = machines_of(view)->chosen;
    const struct guest *guest = guests_get(view->guests, number);
    bool killed = guests_state(view->guests, number) == GUEST_KILLED;
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "Machine %u: %s", number, machines_title(view, number));
    if (guest->parent > 0)
        strbuf_add(&text, " (clone of %u)", guest->parent);
    cells_text(&view->cells, row, 1, ATTR_STRONG, line);
    text = strbuf_begin(line, sizeof line);
    strbuf_add_grouped(&text, guest->account.instructions);
    strbuf_add(&text, " instruction%s in %u.%03u s of the processor",
               guest->account.instructions == 1 ? "" : "s",
               (unsigned)(guest->account.us / 1000000u),
               (unsigned)(guest->account.us / 1000u % 1000u));
    cells_text(&view->cells, row + 1, 1, ATTR_TEXT, line);
    text = strbuf_begin(line, sizeof line);
    if (killed)
        strbuf_add(&text, "%s", guests_reason(view->guests, number));
    else
        add_exits(&text, &guest->account);
    cells_text(&view->cells, row + 2, 1, killed ? ATTR_STRONG : ATTR_TEXT,
               line);
}
