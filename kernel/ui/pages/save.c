/* SPDX-License-Identifier: MIT */
#include "save.h"
#include "emu/format/compact.h"
#include "emu/format/snapshot_file.h"
#include "emu/format/writer.h"
#include "ui/base/command_dispatch.h"
#include "ui/base/load.h"
#include "ui/base/page_draw.h"
#include "ui/base/page_switch.h"

static struct save *save_of(const struct view *view)
{
    return view->state[PAGE_SAVE];
}

#define FIRST_ROW    2
#define MESSAGE_ROWS 3
#define GROUPED      48 /* characters of the compact text per row */

static void send(struct view *view,
                 void (*write)(struct strbuf *, const struct program *))
{
    struct strbuf text = transfer_buffer(&view->transfer);

    session_program(&view->session, &save_of(view)->program);
    write(&text, &save_of(view)->program);
    transfer_send(&view->transfer, text.at, text.length);
    save_of(view)->edit = session_last_edit(&view->session);
    save_of(view)->is_state = false;
    save_of(view)->whole = true;
}

/* The .snp format has no notes, so a program with notes remains unsaved. */
static void send_snp(struct view *view)
{
    send(view, program_write_snp);
    for (unsigned line = 0; line < LINES; line++)
        save_of(view)->whole &= save_of(view)->program.note[line][0] == '\0';
}

static void send_asm(struct view *view)
{
    send(view, program_write_asm);
}

static void send_state(struct view *view)
{
    struct strbuf text = transfer_buffer(&view->transfer);

    session_program(&view->session, &save_of(view)->program);
    session_snapshot_released(&view->session, &save_of(view)->snapshot);
    snapshot_file_write(&text, &save_of(view)->snapshot,
                        &save_of(view)->program);
    transfer_send(&view->transfer, text.at, text.length);
    save_of(view)->edit = session_last_edit(&view->session);
    save_of(view)->is_state = true;
    save_of(view)->whole = true;
}

static void receive(struct view *view)
{
    transfer_receive(&view->transfer);
}

/* Loads the received file, asking first if necessary, or reports an error. */
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

    if (load_file(view, read) && view->message[0] == '\0')
        view_message(view, "%s from %s: %u bytes",
                     read->is_state ? "Restored" : "Loaded", read->file.name,
                     (unsigned)read->file.size);
}

static bool is_active(const struct view *view)
{
    return transfer_is_active(&view->transfer) || view->load.then != NULL;
}

static void end(struct view *view, const struct transfer *transfer)
{
    switch (transfer->state) {
    case TRANSFER_SENT:
        if (save_of(view)->whole)
            session_mark_saved(
                &view->session, &save_of(view)->program,
                save_of(view)->is_state ? &save_of(view)->snapshot : NULL,
                save_of(view)->edit);
        view_message(view, "All sent: %u line%s, %u bytes", transfer->lines,
                     transfer->lines == 1 ? "" : "s", (unsigned)transfer->size);
        break;
    case TRANSFER_STUCK:
        view_message(view,
                     "%s accepted only %u of %u bytes; "
                     "check the cable and the other end",
                     view_port_name(view), (unsigned)transfer->sent,
                     (unsigned)transfer->size);
        break;
    case TRANSFER_RECEIVED:
        read_received(view);
        break;
    case TRANSFER_DAMAGED:
        view_message(view, "Bytes were lost or damaged in transit; "
                           "nothing was loaded, please send again");
        break;
    case TRANSFER_TOO_LONG:
        view_message(view,
                     "Nothing was loaded: the transmission "
                     "exceeds the maximum of %u bytes",
                     TRANSFER_SIZE);
        break;
    default:
        break;
    }
}

void save_turn(struct view *view, uint64_t now)
{
    struct transfer *transfer = &view->transfer;

    transfer_turn(transfer, now);
    /* Do not replace an open question with a message or another question. */
    if (transfer->state == TRANSFER_NONE || transfer_is_active(transfer) ||
        view->page == PAGE_ASK)
        return;
    end(view, transfer);
    transfer->state = TRANSFER_NONE;
    view->changed = true;
}

static const struct {
    char letter;
    const char *name, *rest; /* text before and after the port's name */
    void (*act)(struct view *view);
} rows[] = {
    {'S', "Send the store to ", " as .snp, which every simulator reads",
     send_snp},
    {'A', "Send the store to ", " as .asm, with its notes", send_asm},
    {'T', "Send the state to ", ", with A, CI, PI, counts, switches and notes",
     send_state},
    {'R', "Receive a program or state from ", ", in any format", receive},
};
#define ROWS ((unsigned)(sizeof rows / sizeof rows[0]))

static unsigned about_row(const struct view *view)
{
    return FIRST_ROW + ROWS * view->layout->step + 1;
}

static unsigned message_row(const struct view *view)
{
    return about_row(view) + 2 * view->layout->step + 1;
}

static unsigned compact_row(const struct view *view)
{
    return message_row(view) + MESSAGE_ROWS + view->layout->step;
}

static void draw_row(struct view *view, unsigned i)
{
    unsigned row = FIRST_ROW + i * view->layout->step;
    bool chosen = i == save_of(view)->row;
    uint8_t attribute = chosen ? ATTR_SELECTED : ATTR_TEXT;

    cells_fill(&view->cells, row, 1, CELLS_COLUMNS - 2, ' ', attribute);
    cells_put(&view->cells, row, 2, (uint8_t)rows[i].letter,
              chosen ? ATTR_SELECTED : ATTR_STRONG);
    page_text(view, row, 5, attribute, "%s%s%s", rows[i].name,
              view_port_name(view), rows[i].rest);
}

static void draw_about(struct view *view)
{
    unsigned row = about_row(view);

    if (!view->environment.serial) {
        page_text(view, row, 2, ATTR_LABEL, "This PC has no %s.",
                  view_port_name(view));
        return;
    }
    page_text(view, row, 2, ATTR_LABEL,
              "%s runs at %u baud with 8 bits and no parity.",
              view_port_name(view),
              (unsigned)view_port_baud(view, view->options.data));
    cells_text(
        &view->cells, row + view->layout->step, 2, ATTR_LABEL,
        "A transmission ends at Ctrl-D, \"baby: end\" or 2 s of silence.");
}

static void draw_message(struct view *view, const char *text)
{
    unsigned row = message_row(view);
    char line[CELLS_COLUMNS];

    for (unsigned i = 0; i < MESSAGE_ROWS && *text != '\0'; i++) {
        text = page_wrap(text, line, CELLS_COLUMNS - 2);
        cells_fill(&view->cells, row + i, 1, CELLS_COLUMNS - 2, ' ', ATTR_WARN);
        cells_text(&view->cells, row + i, 2, ATTR_WARN, line);
    }
}

static void draw_progress(struct view *view)
{
    const struct transfer *transfer = &view->transfer;
    char line[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    if (transfer->state == TRANSFER_SENDING)
        strbuf_add(&text, "Sending: %u of %u bytes; Esc cancels",
                   (unsigned)transfer->sent, (unsigned)transfer->size);
    else if (view->load.then != NULL)
        strbuf_add(&text, "Reading %u bytes; Esc cancels",
                   (unsigned)transfer->size);
    else if (transfer->size == 0)
        strbuf_add(&text, "Waiting for a program on %s ...; Esc cancels",
                   view_port_name(view));
    else
        strbuf_add(&text, "Receiving: %u bytes so far; Esc cancels",
                   (unsigned)transfer->size);
    draw_message(view, line);
}

static void draw_compact(struct view *view, unsigned row)
{
    unsigned step = view->layout->step;

    cells_text(&view->cells, row, 2, ATTR_LABEL,
               "Photograph this text to keep the store as first shown here.");
    cells_text(&view->cells, row + step, 2, ATTR_LABEL,
               "Typed on the boot line without blanks, it loads that store:");
    row += 2 * step + (step > 1);
    cells_text(&view->cells, row, 2, ATTR_TEXT, "store=");
    for (unsigned i = 0; save_of(view)->compact[i] != '\0'; i++)
        cells_put(&view->cells, row + i / GROUPED * step,
                  9 + i % GROUPED + i % GROUPED / 8,
                  (uint8_t)save_of(view)->compact[i], ATTR_STRONG);
}

void save_open(struct view *view)
{
    struct strbuf text =
        strbuf_begin(save_of(view)->compact, sizeof save_of(view)->compact);

    session_program(&view->session, &save_of(view)->program);
    compact_write(&text, &save_of(view)->program);
    save_of(view)->row = 0;
    page_open(view, PAGE_SAVE);
}

void save_draw(struct view *view)
{
    bool active = is_active(view);

    page_title(view, "Baby   Save or receive");
    for (unsigned i = 0; i < ROWS; i++)
        draw_row(view, i);
    draw_about(view);
    if (active)
        draw_progress(view);
    else
        draw_message(view, view->message);
    cells_fill(&view->cells, compact_row(view) - 1, 0, CELLS_COLUMNS,
               CHAR_HORIZONTAL, ATTR_LABEL);
    draw_compact(view, compact_row(view));
    page_keys(view, active
                        ? "Esc cancel"
                        : "Letter, or Up, Down and Enter: choose   Esc: back");
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

static void act(struct view *view, unsigned row)
{
    save_of(view)->row = row;
    if (view->environment.serial)
        rows[row].act(view);
    else
        view_message(view, "This PC has no %s", view_port_name(view));
}

static void choose_letter(struct view *view, char letter)
{
    for (unsigned i = 0; i < ROWS; i++)
        if (upper(letter) == rows[i].letter)
            act(view, i);
}

static void choose(struct view *view, const struct event *event)
{
    switch (event->key) {
    case KEY_UP:
        save_of(view)->row = (save_of(view)->row + ROWS - 1) % ROWS;
        break;
    case KEY_DOWN:
        save_of(view)->row = (save_of(view)->row + 1) % ROWS;
        break;
    case KEY_ENTER:
        act(view, save_of(view)->row);
        break;
    case KEY_ESCAPE:
        page_back(view);
        break;
    case KEY_CHARACTER:
        choose_letter(view, event->character);
        break;
    default:
        break;
    }
}

void save_event(struct view *view, const struct event *event)
{
    if (event->repeat)
        return;
    if (!is_active(view))
        choose(view, event);
    else if (event->key == KEY_ESCAPE)
        save_cancel(view);
}
