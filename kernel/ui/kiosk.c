/* SPDX-License-Identifier: MIT */
#include "kiosk.h"
#include "reset.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/load.h"
#include "ui/base/page_switch.h"

#define ANSWER_US 30000000u /* time to answer the question */

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

uint64_t kiosk_due(const struct ui *ui)
{
    const struct view *view = &ui->view;

    if (view->options.kiosk == 0 || view->page == PAGE_DEMO ||
        ui->report.running)
        return UINT64_MAX;
    return view->last_key + (uint64_t)view->options.kiosk * 1000000u +
           (is_asking(view) ? ANSWER_US : 0);
}

void kiosk_turn(struct ui *ui, uint64_t now)
{
    struct view *view = &ui->view;

    if (now < kiosk_due(ui) && !view->reset)
        return;
    if (command_loses(view, &command_reset) != 0 && !is_asking(view) &&
        !view->reset) {
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
