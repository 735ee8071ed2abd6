/* SPDX-License-Identifier: MIT */
#include "report.h"
#include "ui/base/page.h"
#include <limits.h>
#include <string.h>

#define HEADS_ROW 2

/* ---------------------------------------------------------- the work --- */

/* What COM1 is to say; one piece at a time. */
static void send(struct ui *ui, const struct strbuf *text)
{
    if (ui->serial && !ui->report.muted && text->length > 0)
        transfer_send(&ui->transfer, text->at, text->length);
}

void report_open(struct ui *ui, const struct job *job)
{
    struct report *report = &ui->report;
    struct strbuf com1 = strbuf_begin(report->com1, sizeof report->com1);

    memset(report, 0, sizeof *report);
    report->job = job;
    report->running = true;
    report->work.area = ui->timed_run_code;
    report->work.bench_entries = ui->bench_entries;
    report->work.bench_entry_count = ui->bench_entry_count;
    report->lines = strbuf_begin(report->buffer, sizeof report->buffer);
    job->begin(&report->work);
    ui_open(ui, PAGE_REPORT);
    ui->changed = true;
    if (ui->message[0] != '\0')
        strbuf_add(&com1, "baby: warning boot:0: %s\n", ui->message);
    strbuf_add(&com1, "%s\n", job->heads);
    send(ui, &com1);
}

static void end(struct ui *ui, uint64_t now)
{
    struct report *report = &ui->report;
    bool good = report->job->good(&report->work) && !report->muted;

    report->running = false;
    ui->last_key = now; /* so that whoever waited can read it */
    ui->changed = true;
    if (ui->options.qemu_exit)
        ui->request = good ? REQUEST_SUCCESS : REQUEST_FAILURE;
}

static void slice(struct ui *ui)
{
    struct report *report = &ui->report;
    size_t before = report->lines.length;
    struct strbuf details = strbuf_begin(report->extra, sizeof report->extra);
    struct strbuf com1 = strbuf_begin(report->com1, sizeof report->com1);

    report->over = !report->job->slice(&report->work, &report->lines, &details);
    strbuf_add(&com1, "%s%s", report->lines.at + before, details.at);
    send(ui, &com1);
    if (report->lines.length > before) {
        report->top = UINT_MAX;
        ui->changed = true;
    }
}

bool report_turn(struct ui *ui, uint64_t now)
{
    struct report *report = &ui->report;
    struct transfer *transfer = &ui->transfer;

    report->sliced = false;
    if (!report->running)
        return false;
    transfer_turn(transfer, now);
    if (transfer_is_active(transfer))
        return false;
    report->muted |= transfer->state == TRANSFER_STUCK;
    transfer->state = TRANSFER_NONE;
    if (report->over)
        end(ui, now);
    else if (!ui->changed)
        report->sliced = true;
    if (report->sliced)
        slice(ui);
    return report->sliced;
}

bool report_took(struct ui *ui, uint64_t took, uint64_t cycles)
{
    struct report *report = &ui->report;

    if (report->sliced && report->job->took != NULL)
        report->job->took(&report->work, took * 1000, cycles);
    return report->sliced;
}

/* ---------------------------------------------------------- the page --- */

static unsigned step(const struct ui *ui)
{
    return ui->report.job->dense ? 1 : ui->layout->step;
}

/* Lines that there is room for, and lines that there are. */
static unsigned room(const struct ui *ui)
{
    return (ui->layout->message - 1 - HEADS_ROW) / step(ui);
}

static unsigned count(const struct ui *ui)
{
    unsigned lines = 0;

    for (const char *at = ui->report.buffer; *at != '\0'; at++)
        lines += *at == '\n';
    return lines;
}

static unsigned last_top(const struct ui *ui)
{
    return count(ui) > room(ui) ? count(ui) - room(ui) : 0;
}

/* The last line of a job that is over is its result. */
static void draw_lines(struct ui *ui)
{
    const struct report *report = &ui->report;
    unsigned lines = count(ui);
    const char *at = report->buffer;
    char line[CELLS_COLUMNS];

    for (unsigned i = 0; i < lines; i++) {
        bool result = report->over && i + 1 == lines;
        unsigned row = HEADS_ROW + (1 + i - report->top) * step(ui);

        at = page_wrap(at, line, sizeof line);
        if (i >= report->top && i < report->top + room(ui))
            cells_text(&ui->cells, row, 2, result ? ATTR_STRONG : ATTR_TEXT,
                       line);
    }
}

void report_draw(struct ui *ui)
{
    /* While it runs; where not all fits. */
    static const char *const keys[2][2] = {
        {"Any key goes on to the console",
         "PgUp, PgDn earlier, later   any other key goes on to the console"},
        {"Esc break off", "Esc break off   PgUp, PgDn earlier, later"},
    };
    struct report *report = &ui->report;
    char title[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(title, sizeof title);

    if (report->top > last_top(ui))
        report->top = last_top(ui);
    strbuf_add(&text, "Baby   %s", report->job->title);
    page_title(ui, title);
    cells_text(&ui->cells, HEADS_ROW, 2, ATTR_LABEL, report->job->heads);
    draw_lines(ui);
    page_keys(ui, keys[report->running][last_top(ui) > 0]);
    status_draw_message(ui);
}

static void leave(struct ui *ui)
{
    if (ui->report.running) {
        transfer_cancel(&ui->transfer);
        ui_message(ui, "Broken off before its end");
    }
    ui->report.running = false;
    ui_back(ui);
}

void report_event(struct ui *ui, const struct event *event)
{
    struct report *report = &ui->report;
    bool leaves = event->key == KEY_ESCAPE || event->key == KEY_F10;
    bool scrolls = last_top(ui) > 0;

    if (scrolls && event->key == KEY_PAGE_UP)
        report->top -= report->top < room(ui) ? report->top : room(ui);
    else if (scrolls && event->key == KEY_PAGE_DOWN)
        report->top += room(ui);
    else if (!event->repeat && (leaves || !report->running))
        leave(ui);
}
