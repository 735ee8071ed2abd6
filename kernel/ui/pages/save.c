/* SPDX-License-Identifier: MIT */
/*
 * Save and receive: the store or the whole state out by COM1, a program or a
 * state in, and the store as a text for a photograph.
 */
#include "ui/base/commands.h"
#include "emu/format/compact.h"
#include "emu/format/snapshot_file.h"
#include "emu/format/writer.h"
#include "ui/base/page.h"

#define FIRST_ROW    2
#define MESSAGE_ROWS 3
#define GROUPED      48 /* characters of the compact text in a row */

/* ----------------------------------------------------------- sending --- */

static void send(struct ui *ui,
                 void (*write)(struct strbuf *, const struct program *))
{
    struct strbuf text = transfer_paper(&ui->transfer);

    session_program(&ui->session, &ui->scratch);
    write(&text, &ui->scratch);
    transfer_send(&ui->transfer, text.at, text.length);
    ui->sent_edit = session_last_edit(&ui->session);
    ui->sent_state = false;
    ui->sent_all = true;
}

/* .snp has no notes: where there are any, not all has been saved. */
static void send_snp(struct ui *ui)
{
    send(ui, program_write_snp);
    for (unsigned line = 0; line < LINES; line++)
        ui->sent_all &= ui->scratch.note[line][0] == '\0';
}

static void send_asm(struct ui *ui)
{
    send(ui, program_write_asm);
}

static void send_state(struct ui *ui)
{
    struct strbuf text = transfer_paper(&ui->transfer);

    session_program(&ui->session, &ui->scratch);
    session_snapshot_released(&ui->session, &ui->snapshot);
    state_write(&text, &ui->snapshot, &ui->scratch);
    transfer_send(&ui->transfer, text.at, text.length);
    ui->sent_edit = session_last_edit(&ui->session);
    ui->sent_state = true;
    ui->sent_all = true;
}

/* --------------------------------------------------------- receiving --- */

static void receive(struct ui *ui)
{
    transfer_receive(&ui->transfer);
}

/* Nothing is asked about a program that cannot be read. */
static void offer(struct ui *ui, bool good)
{
    if (good)
        command_do(ui, command_receive);
    else
        ui_message(ui, "%s", ui->reading.says);
}

static void read_received(struct ui *ui)
{
    const struct library_file file = {port_name(ui), ui->transfer.bytes,
                                      ui->transfer.size};

    ui_read(ui, &file, offer);
}

void save_load(struct ui *ui)
{
    const struct library_reader *read = &ui->reading;

    if (ui_load(ui, read) && ui->message[0] == '\0')
        ui_message(ui, "%s from %s: %u bytes",
                   read->is_state ? "Restored" : "Loaded", read->file.name,
                   (unsigned)read->file.size);
}

/* Nothing else can be begun until what was received is read, too. */
static bool is_active(const struct ui *ui)
{
    return transfer_is_active(&ui->transfer) || ui->read_then != NULL;
}

/* ------------------------------------------------------- under way --- */

static void end(struct ui *ui, const struct transfer *transfer)
{
    switch (transfer->state) {
    case TRANSFER_SENT:
        if (ui->sent_all)
            session_mark_saved(&ui->session, &ui->scratch,
                               ui->sent_state ? &ui->snapshot : NULL,
                               ui->sent_edit);
        ui_message(ui, "%u line%s, %u bytes, all sent", transfer->lines,
                   transfer->lines == 1 ? "" : "s", (unsigned)transfer->size);
        break;
    case TRANSFER_STUCK:
        ui_message(ui, "Only %u of %u bytes were taken by %s in time",
                   (unsigned)transfer->sent, (unsigned)transfer->size,
                   port_name(ui));
        break;
    case TRANSFER_RECEIVED:
        read_received(ui);
        break;
    case TRANSFER_DAMAGED:
        ui_message(ui,
                   "Bytes were lost or damaged on their way, so nothing was "
                   "loaded; please send it once more");
        break;
    case TRANSFER_TOO_LONG:
        ui_message(ui,
                   "More than %u bytes came, so nothing was loaded: the Baby "
                   "reads no more",
                   TRANSFER_SIZE);
        break;
    default:
        break;
    }
}

void save_turn(struct ui *ui, uint64_t now)
{
    struct transfer *transfer = &ui->transfer;

    transfer_turn(transfer, now);
    /* What it says or asks must not come in the place of another question. */
    if (transfer->state == TRANSFER_NONE || transfer_is_active(transfer) ||
        ui->page == PAGE_ASK)
        return;
    end(ui, transfer);
    transfer->state = TRANSFER_NONE;
    ui->changed = true;
}

/* -------------------------------------------------------------- page --- */

static const struct {
    char letter;
    const char *name, *rest; /* before and after the port's */
    void (*act)(struct ui *ui);
} rows[] = {
    {'S', "Send the store to ", " as .snp, which every simulator reads",
     send_snp},
    {'A', "Send the store to ", " as .asm, with its notes", send_asm},
    {'T', "Send the state to ", ", with A, CI, PI, counts, switches and notes",
     send_state},
    {'R', "Receive a program from ", ", in any form, or a state", receive},
};
#define ROWS ((unsigned)(sizeof rows / sizeof rows[0]))

/* Where the parts stand, from the rows of one line of prose to the next. */
static unsigned about_row(const struct ui *ui)
{
    return FIRST_ROW + ROWS * ui->layout->step + 1;
}

static unsigned message_row(const struct ui *ui)
{
    return about_row(ui) + 2 * ui->layout->step + 1;
}

static unsigned compact_row(const struct ui *ui)
{
    return message_row(ui) + MESSAGE_ROWS + ui->layout->step;
}

static void draw_row(struct ui *ui, unsigned i)
{
    unsigned row = FIRST_ROW + i * ui->layout->step;
    bool chosen = i == ui->save_row;
    uint8_t attribute = chosen ? ATTR_CHOSEN : ATTR_TEXT;

    cells_fill(&ui->cells, row, 1, CELLS_COLUMNS - 2, ' ', attribute);
    cells_put(&ui->cells, row, 2, (uint8_t)rows[i].letter,
              chosen ? ATTR_CHOSEN : ATTR_STRONG);
    page_text(ui, row, 5, attribute, "%s%s%s", rows[i].name, port_name(ui),
              rows[i].rest);
}

static void draw_about(struct ui *ui)
{
    unsigned row = about_row(ui);

    if (!ui->serial) {
        page_text(ui, row, 2, ATTR_LABEL, "This PC has no %s.", port_name(ui));
        return;
    }
    page_text(ui, row, 2, ATTR_LABEL,
              "%s runs at %u baud, 8 bits, no parity. What comes ends at "
              "Ctrl-D,",
              port_name(ui), (unsigned)port_baud(ui, ui->options.data));
    cells_text(&ui->cells, row + ui->layout->step, 2, ATTR_LABEL,
               "at a line \"baby: end\", or with two seconds of silence.");
}

static void draw_message(struct ui *ui, const char *text)
{
    unsigned row = message_row(ui);
    char line[CELLS_COLUMNS];

    for (unsigned i = 0; i < MESSAGE_ROWS && *text != '\0'; i++) {
        text = page_wrap(text, line, CELLS_COLUMNS - 2);
        cells_fill(&ui->cells, row + i, 1, CELLS_COLUMNS - 2, ' ', ATTR_WARN);
        cells_text(&ui->cells, row + i, 2, ATTR_WARN, line);
    }
}

static void draw_progress(struct ui *ui)
{
    const struct transfer *transfer = &ui->transfer;
    char line[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    if (transfer->state == TRANSFER_SENDING)
        strbuf_add(&text, "Sending: %u of %u bytes; Esc cancels",
                   (unsigned)transfer->sent, (unsigned)transfer->size);
    else if (ui->read_then != NULL)
        strbuf_add(&text, "Reading %u bytes; Esc cancels",
                   (unsigned)transfer->size);
    else if (transfer->size == 0)
        strbuf_add(&text, "Waiting for a program on %s ...; Esc cancels",
                   port_name(ui));
    else
        strbuf_add(&text, "Receiving: %u bytes so far; Esc cancels",
                   (unsigned)transfer->size);
    draw_message(ui, line);
}

/* The store in one word, for a photograph: groups of eight, from ROW on. */
static void draw_compact(struct ui *ui, unsigned row)
{
    unsigned step = ui->layout->step;

    cells_text(&ui->cells, row, 2, ATTR_LABEL,
               "The store as it was when this page came, for a photograph; "
               "on the boot line");
    cells_text(&ui->cells, row + step, 2, ATTR_LABEL,
               "one word, without the blanks, brings it back:");
    row += 2 * step + (step > 1);
    cells_text(&ui->cells, row, 2, ATTR_TEXT, "store=");
    for (unsigned i = 0; ui->compact[i] != '\0'; i++)
        cells_put(&ui->cells, row + i / GROUPED * step,
                  9 + i % GROUPED + i % GROUPED / 8, (uint8_t)ui->compact[i],
                  ATTR_STRONG);
}

void save_open(struct ui *ui)
{
    struct strbuf text = strbuf_begin(ui->compact, sizeof ui->compact);

    session_program(&ui->session, &ui->scratch);
    compact_write(&text, &ui->scratch);
    ui->save_row = 0;
    ui_open(ui, PAGE_SAVE);
}

void save_draw(struct ui *ui)
{
    bool active = is_active(ui);

    page_title(ui, "Baby   Save and receive");
    for (unsigned i = 0; i < ROWS; i++)
        draw_row(ui, i);
    draw_about(ui);
    if (active)
        draw_progress(ui);
    else
        draw_message(ui, ui->message);
    cells_fill(&ui->cells, compact_row(ui) - 1, 0, CELLS_COLUMNS,
               CHAR_HORIZONTAL, ATTR_LABEL);
    draw_compact(ui, compact_row(ui));
    page_keys(ui, active ? "Esc cancel"
                         : "Letter, or Up, Down and Enter   Esc back");
}

void save_cancel(struct ui *ui)
{
    const struct transfer *transfer = &ui->transfer;

    if (transfer->state == TRANSFER_SENDING)
        ui_message(ui, "Cancelled: %u of %u bytes were sent",
                   (unsigned)transfer->sent, (unsigned)transfer->size);
    else
        ui_message(ui, "Cancelled: nothing was loaded");
    transfer_cancel(&ui->transfer);
    ui_read_cancel(ui);
}

static void act(struct ui *ui, unsigned row)
{
    ui->save_row = row;
    if (ui->serial)
        rows[row].act(ui);
    else
        ui_message(ui, "This PC has no %s", port_name(ui));
}

static void choose_letter(struct ui *ui, char letter)
{
    for (unsigned i = 0; i < ROWS; i++)
        if (upper(letter) == rows[i].letter)
            act(ui, i);
}

static void choose(struct ui *ui, const struct event *event)
{
    switch (event->key) {
    case KEY_UP:
        ui->save_row = (ui->save_row + ROWS - 1) % ROWS;
        break;
    case KEY_DOWN:
        ui->save_row = (ui->save_row + 1) % ROWS;
        break;
    case KEY_ENTER:
        act(ui, ui->save_row);
        break;
    case KEY_ESCAPE:
        ui_back(ui);
        break;
    case KEY_CHARACTER:
        choose_letter(ui, event->character);
        break;
    default:
        break;
    }
}

void save_event(struct ui *ui, const struct event *event)
{
    if (event->repeat)
        return;
    if (!is_active(ui))
        choose(ui, event);
    else if (event->key == KEY_ESCAPE)
        save_cancel(ui);
}
