/* SPDX-License-Identifier: MIT */
#include "kiosk.h"
#include "reset.h"
#include "ui/base/load.h"
#include "ui/base/page_switch.h"

void kiosk_start_demo(struct ui *ui, uint64_t now)
{
    demo_start(&ui->demo, &ui->view.library, now);
    page_open(&ui->view, PAGE_DEMO);
}

uint64_t kiosk_due(const struct ui *ui)
{
    const struct view *view = &ui->view;

    if (view->options.kiosk == 0 || view->page == PAGE_DEMO ||
        ui->report.running)
        return UINT64_MAX;
    return view->last_key + (uint64_t)view->options.kiosk * 1000000u;
}

void kiosk_turn(struct ui *ui, uint64_t now)
{
    struct view *view = &ui->view;

    if (now < kiosk_due(ui))
        return;
    if (view->base != PAGE_DEMO)
        reset_console(ui, now);
    transfer_cancel(&view->transfer);
    load_cancel(view);
    view->message[0] = '\0';
    kiosk_start_demo(ui, now);
    view->changed = true;
}
