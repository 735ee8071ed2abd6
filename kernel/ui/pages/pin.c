/* SPDX-License-Identifier: MIT */
#include "pin.h"
#include "ui/base/page_switch.h"
#include <string.h>

#define WIDTH  46
#define HEIGHT 7

static struct pin *pin_of(const struct view *view)
{
    return view->state[PAGE_PIN];
}

void pin_open(struct view *view)
{
    *pin_of(view) = (struct pin){.from = view->page};
    page_open(view, PAGE_PIN);
}

void pin_draw(struct view *view)
{
    static const char stars[] = "********";
    const struct pin *pin = pin_of(view);
    unsigned row = (view->layout->rows - HEIGHT) / 2;
    unsigned column = (PAGE_COLUMNS - WIDTH) / 2;
    char line[WIDTH];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "PIN: %.*s_", (int)strlen(pin->typed), stars);
    cells_dialog(&view->cells, row, column, HEIGHT, WIDTH, ATTR_STRONG,
                 "For the staff");
    cells_text(&view->cells, row + 2, column + 3, ATTR_STRONG, line);
    cells_text(&view->cells, row + 3, column + 3, ATTR_TEXT,
               pin->wrong ? "This was not the PIN." : "");
    cells_text(&view->cells, row + 4, column + 3, ATTR_TEXT,
               "Enter: end the kiosk     Esc: back");
}

/* Compares all digits, however many are right. */
static void enter(struct view *view)
{
    struct pin *pin = pin_of(view);

    if (strcmp(pin->typed, view->options.pin) != 0) {
        *pin = (struct pin){.wrong = true, .from = pin->from};
        return;
    }
    view->options.kiosk = 0;
    page_open(view, PAGE_EDITOR);
    view_message(view, "The kiosk has ended, until the PC restarts; F10 leaves "
                       "the Baby");
}

/* Returns the digit of a key, with or without Shift, or '\0'. */
static char digit_of(const struct event *event)
{
    char digits[] = {event->character, event->position};

    for (unsigned i = 0; i < sizeof digits; i++)
        if (digits[i] >= '0' && digits[i] <= '9')
            return digits[i];
    return '\0';
}

static void type(struct pin *pin, char digit)
{
    size_t length = strlen(pin->typed);

    pin->wrong = false;
    if (length < PIN_MAX) {
        pin->typed[length] = digit;
        pin->typed[length + 1] = '\0';
    }
}

void pin_event(struct view *view, const struct event *event)
{
    struct pin *pin = pin_of(view);
    size_t length = strlen(pin->typed);

    if (event->repeat)
        return;
    if (event->key == KEY_ENTER)
        enter(view);
    else if (event->key == KEY_ESCAPE)
        page_open(view, pin->from);
    else if (event->key == KEY_BACKSPACE && length > 0)
        pin->typed[length - 1] = '\0';
    else if (digit_of(event) != '\0')
        type(pin, digit_of(event));
}
