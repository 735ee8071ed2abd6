/* SPDX-License-Identifier: MIT */
#include "save_receive.h"
#include "save_send.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/load.h"

void save_receive(struct view *view)
{
    transfer_receive(&view->transfer);
}

/* Offers to load the program received, or reports why it cannot be read. */
static void offer(struct view *view, bool good)
{
    if (good)
        command_do(view, view->commands->receive);
    else
        view_message(view, "%s", view->load.file.message);
}

static void read_received(struct view *view)
{
    const struct library_file file = {
        view_port_name(view), view->transfer.bytes, view->transfer.size};

    load_start(view, &file, offer);
}

void save_load(struct view *view)
{
    const struct library_reader *read = &view->load.file;

    view->message[0] = '\0'; /* such as why the last run ended */
    if (load_file(view, read) && view->message[0] == '\0')
        view_message(view, "%s from %s: %u bytes",
                     read->reader.is_state ? "Restored" : "Loaded",
                     read->file.name, (unsigned)read->file.size);
}

bool save_is_active(const struct view *view)
{
    return transfer_is_active(&view->transfer) || view->load.then != NULL;
}

bool save_is_encoding(const struct view *view)
{
    const struct qr *qr = &save_of(view)->qr;

    return view->page == PAGE_SAVE && qr->size > 0 && !qr->done;
}

static void end(struct view *view, const struct transfer *transfer)
{
    switch (transfer->state) {
    case TRANSFER_SENT:
        save_report_sent(view);
        break;
    case TRANSFER_STUCK:
        view_message(view,
                     "%s accepted only %u of %u bytes; check the cable and the "
                     "other end",
                     view_port_name(view), (unsigned)transfer->sent,
                     (unsigned)transfer->size);
        break;
    case TRANSFER_RECEIVED:
        read_received(view);
        break;
    case TRANSFER_DAMAGED:
        view_message(view, "Bytes were lost or damaged in transit, so nothing "
                           "was loaded; please send again");
        break;
    case TRANSFER_TOO_LONG:
        view_message(view,
                     "Nothing was loaded: the transmission exceeds the maximum "
                     "of %u bytes",
                     TRANSFER_SIZE);
        break;
    default:
        break;
    }
}

void save_turn(struct view *view, uint64_t now)
{
    struct transfer *transfer = &view->transfer;

    save_disk_turn(view);
    if (view->page == PAGE_SAVE && qr_step(&save_of(view)->qr))
        view->changed |= save_of(view)->qr.done;
    transfer_turn(transfer, now);
    /* Its message or question must not replace an open question. */
    if (transfer->state == TRANSFER_NONE || transfer_is_active(transfer) ||
        view->page == PAGE_ASK)
        return;
    end(view, transfer);
    transfer->state = TRANSFER_NONE;
    view->changed = true;
}

void save_cancel(struct view *view)
{
    const struct transfer *transfer = &view->transfer;

    if (transfer->state == TRANSFER_SENDING)
        view_message(view, "Cancelled: %u of %u bytes were sent",
                     (unsigned)transfer->sent, (unsigned)transfer->size);
    else
        view_message(view, "Cancelled: nothing was loaded");
    transfer_cancel(&view->transfer);
    load_cancel(view);
}
