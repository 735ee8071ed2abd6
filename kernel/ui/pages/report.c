/* SPDX-License-Identifier: MIT */
#include "report.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"
#include "ui/base/status.h"
#include <limits.h>
#include <string.h>

static struct report *report_of(const struct view *view)
{
    return view->state[PAGE_REPORT];
}

#define HEADS_ROW 2

/* Sends TEXT to COM1.  The previous transmission must have finished. */
static void send(struct view *view, const struct strbuf *text)
{
    if (view->environment.serial && !report_of(view)->muted && text->length > 0)
        transfer_send(&view->transfer, text->at, text->length);
}

void report_open(struct view *view, const struct job *job)
{
    struct report *report = report_of(view);
    struct strbuf com1 = strbuf_begin(report->com1, sizeof report->com1);

    memset(report, 0, sizeof *report);
    report->job = job;
    report->running = true;
    report->work.area = view->environment.timed_run_code;
    report->work.bench_entries = view->environment.bench_entries;
    report->work.bench_entry_count = view->environment.bench_entry_count;
    report->lines = strbuf_begin(report->buffer, sizeof report->buffer);
    job->begin(&report->work);
    page_open(view, PAGE_REPORT);
    view->changed = true;
    if (view->message[0] != '\0')
        strbuf_add(&com1, "baby: warning boot:0: %s\n", view->message);
    strbuf_add(&com1, "%s\n", job->heads);
    send(view, &com1);
}

static void end(struct view *view, uint64_t now)
{
    struct report *report = report_of(view);
    bool good = report->job->good(&report->work) && !report->muted;

    report->running = false;
    view->last_key = now; /* gives kiosk visitors time to read */
    view->changed = true;
    if (view->options.qemu_exit)
        view->request = good ? REQUEST_SUCCESS : REQUEST_FAILURE;
}

static void slice(struct view *view)
{
    struct report *report = report_of(view);
    size_t before = report->lines.length;
    struct strbuf details = strbuf_begin(report->extra, sizeof report->extra);
    struct strbuf com1 = strbuf_begin(report->com1, sizeof report->com1);

    report->over = !report->job->slice(&report->work, &report->lines, &details);
    strbuf_add(&com1, "%s%s", report->lines.at + before, details.at);
    send(view, &com1);
    if (report->lines.length > before) {
        report->top = UINT_MAX;
        view->changed = true;
    }
}

bool report_turn(struct view *view, uint64_t now)
{
    struct report *report = report_of(view);
    struct transfer *transfer = &view->transfer;

    report->sliced = false;
    if (!report->running)
        return false;
    transfer_turn(transfer, now);
    if (transfer_is_active(transfer))
        return false;
    report->muted |= transfer->state == TRANSFER_STUCK;
    transfer->state = TRANSFER_NONE;
    if (report->over)
        end(view, now);
    else if (!view->changed)
        report->sliced = true;
    if (report->sliced)
        slice(view);
    return report->sliced;
}

bool report_account_time(struct view *view, uint64_t took, uint64_t cycles)
{
    struct report *report = report_of(view);

    if (report->sliced && report->job->took != NULL)
        report->job->took(&report->work, took * 1000, cycles);
    return report->sliced;
}

static unsigned step(const struct view *view)
{
    return report_of(view)->job->dense ? 1 : view->layout->step;
}

static unsigned room(const struct view *view)
{
    return (view->layout->message - 1 - HEADS_ROW) / step(view);
}

static unsigned count(const struct view *view)
{
    unsigned lines = 0;

    for (const char *at = report_of(view)->buffer; *at != '\0'; at++)
        lines += *at == '\n';
    return lines;
}

static unsigned last_top(const struct view *view)
{
    return count(view) > room(view) ? count(view) - room(view) : 0;
}

/* Draws the visible lines.  The last line of a completed job is its result. */
static void draw_lines(struct view *view)
{
    const struct report *report = report_of(view);
    unsigned lines = count(view);
    const char *at = report->buffer;
    char line[PAGE_COLUMNS];

    for (unsigned i = 0; i < lines; i++) {
        bool result = report->over && i + 1 == lines;
        unsigned row = HEADS_ROW + (1 + i - report->top) * step(view);

        at = page_wrap(at, line, sizeof line);
        if (i >= report->top && i < report->top + room(view))
            cells_text(&view->cells, row, 2, result ? ATTR_STRONG : ATTR_TEXT,
                       line);
    }
}

void report_draw(struct view *view)
{
    /* Indexed by whether the job is running and whether it can be scrolled. */
    static const char *const keys[2][2] = {
        {"Any key opens the console",
         "PgUp, PgDn: scroll   Any other key: open the console"},
        {"Esc: cancel", "Esc: cancel   PgUp, PgDn: scroll"},
    };
    struct report *report = report_of(view);
    char title[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(title, sizeof title);

    if (report->top > last_top(view))
        report->top = last_top(view);
    strbuf_add(&text, "Baby   %s", report->job->title);
    page_title(view, title, "");
    cells_text(&view->cells, HEADS_ROW, 2, ATTR_LABEL, report->job->heads);
    draw_lines(view);
    page_keys(view, keys[report->running][last_top(view) > 0]);
    status_draw_message(view);
}

static void leave(struct view *view)
{
    if (report_of(view)->running) {
        transfer_cancel(&view->transfer);
        view_message(view, "Cancelled before completion");
    }
    report_of(view)->running = false;
    page_back(view);
}

void report_event(struct view *view, const struct event *event)
{
    struct report *report = report_of(view);
    bool leaves = event->key == KEY_ESCAPE || event->key == KEY_F10;
    bool scrolls = last_top(view) > 0;

    if (scrolls && event->key == KEY_PAGE_UP)
        report->top -= report->top < room(view) ? report->top : room(view);
    else if (scrolls && event->key == KEY_PAGE_DOWN)
        report->top += room(view);
    else if (!event->repeat && (leaves || !report->running))
        leave(view);
}
