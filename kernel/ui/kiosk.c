/* SPDX-License-Identifier: MIT */
#include "kiosk.h"
#include "reset.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/load.h"
#include "ui/base/page_switch.h"

#define SECOND    1000000u
#define ANSWER_US (30 * SECOND) /* time to answer the question */
#define COUNTDOWN 10u /* seconds shown before the demonstration starts */

void kiosk_start_demo(struct ui *ui, uint64_t now)
{
    demo_start(&ui->demo, &ui->view.library, now);
    page_open(&ui->view, PAGE_DEMO);
}

/* Called if the visitor agrees; without an answer the reset follows, too. */
static void reset_now(struct view *view)
{
    view->reset = true;
}

static const struct command command_reset = {
    .name = "Demonstration",
    .keys = "",
    .letter = ' ',
    .flags = EVERYWHERE | LOSES_EDITS | LOSES_MACHINES,
    .act = reset_now,
    .question = "No key pressed. Start the demonstration?",
};

static bool is_asking(const struct view *view)
{
    return view->page == PAGE_ASK && view->question.command == &command_reset;
}

static void ask(struct view *view)
{
    if (view->page != PAGE_ASK)
        view->question.from = view->page;
    view->question.command = &command_reset;
    page_open(view, PAGE_ASK);
    view->changed = true;
}

/* Returns when the question comes or the demonstration starts. */
static uint64_t end_of_idle_time(const struct view *view)
{
    return view->last_key + (uint64_t)view->options.kiosk * SECOND +
           (is_asking(view) ? ANSWER_US : 0);
}

static bool must_ask(const struct view *view)
{
    return command_loses(view, &command_reset) != 0 && !is_asking(view);
}

/* Returns how many seconds are counted: half of a short idle time, so that
   other messages can be read. */
static unsigned countdown_of(const struct view *view)
{
    unsigned half = view->options.kiosk / 2;

    if (must_ask(view))
        return 0;
    return half < COUNTDOWN ? half : COUNTDOWN;
}

/* The countdown shows another number in each second. */
uint64_t kiosk_due(const struct ui *ui)
{
    const struct view *view = &ui->view;
    unsigned shown = ui->presence.countdown;

    if (view->options.kiosk == 0 || view->page == PAGE_DEMO ||
        ui->report.running)
        return UINT64_MAX;
    return end_of_idle_time(view) -
           (uint64_t)(shown > 0 ? shown - 1 : countdown_of(view)) * SECOND;
}

/* Ends the countdown if a key was pressed. */
static void check_countdown(struct ui *ui, uint64_t now)
{
    uint64_t end = end_of_idle_time(&ui->view);

    if (now + (uint64_t)countdown_of(&ui->view) * SECOND < end)
        ui->presence.countdown = 0;
}

static void count_down(struct ui *ui, uint64_t left)
{
    unsigned seconds = (unsigned)((left + SECOND - 1) / SECOND);

    ui->presence.countdown = seconds;
    view_message(&ui->view, "No key pressed: the demonstration starts in %u s",
                 seconds);
    ui->view.changed = true;
}

void kiosk_turn(struct ui *ui, uint64_t now)
{
    struct view *view = &ui->view;

    check_countdown(ui, now);
    if (now < kiosk_due(ui) && !view->reset)
        return;
    uint64_t end = end_of_idle_time(view);

    if (now < end && !view->reset) {
        count_down(ui, end - now);
        return;
    }
    ui->presence.countdown = 0;
    if (must_ask(view) && !view->reset) {
        ask(view);
        return;
    }
    view->reset = false;
    if (view->base != PAGE_DEMO)
        reset_console(ui, now);
    transfer_cancel(&view->transfer);
    load_cancel(view);
    view->message[0] = '\0';
    kiosk_start_demo(ui, now);
    view->changed = true;
}
