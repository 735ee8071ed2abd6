/* SPDX-License-Identifier: MIT */
/*
 * Who has COM1: the trace until a row is at its end, then what is saved or
 * received.
 */
#include "page.h"

/* Rows of the trace are sent to their end before anything else is. */
size_t ui_to_send(const struct ui *ui, const char **bytes)
{
    size_t count = tracer_next(&ui->tracer, bytes);

    return count > 0 ? count : transfer_next(&ui->transfer, bytes);
}

void ui_sent(struct ui *ui, size_t count, uint64_t now)
{
    const char *bytes;

    if (tracer_next(&ui->tracer, &bytes) > 0)
        tracer_took(&ui->tracer, count, now);
    else
        transfer_took(&ui->transfer, count, now);
}

void ui_received(struct ui *ui, const char *bytes, size_t count, bool lost,
                 uint64_t now)
{
    transfer_give(&ui->transfer, bytes, count, lost, now);
}
