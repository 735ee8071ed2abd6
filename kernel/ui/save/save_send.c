/* SPDX-License-Identifier: MIT */
#include "save_send.h"
#include "emu/format/snapshot_file.h"
#include "emu/format/writer.h"

#define AS_ENTERED "the program as you entered it"
#define COMMENTS   "its title and notes"
#define START      "its first A and CI"

#define AS_SIZE 64 /* for the name and size of a file */

static bool has_start(const struct program *program)
{
    return program->a != 0 || program->ci != 0;
}

/* Returns what a file without comments lacks of PROGRAM, or NULL. */
static const char *lack_without_comments(const struct program *program)
{
    bool commented = program->head[0] != '\0';

    for (unsigned line = 0; line < LINES; line++)
        commented |= program->note[line][0] != '\0';
    if (commented)
        return COMMENTS;
    return has_start(program) ? START : NULL;
}

/* Begins the text of a save, which has a number of its own. */
static struct strbuf begin(struct view *view, bool marked)
{
    struct strbuf text = transfer_buffer(&view->transfer);

    save_of(view)->number++;
    save_of(view)->sent.is_state = false;
    save_of(view)->sent.lack = NULL;
    save_of(view)->sent.unconfirmed = false;
    if (marked)
        strbuf_add(&text, "; baby: save %u\n", save_of(view)->number);
    return text;
}

/* Marks what was sent last as saved, if it is complete.  AS names the file. */
static void mark_saved(struct view *view, const char *as)
{
    struct sent *sent = &save_of(view)->sent;

    sent->unconfirmed = false;
    if (sent->lack != NULL) {
        view_message(view, "Saved%s, but without %s, so A is still to do", as,
                     sent->lack);
        return;
    }
    session_mark_saved(&view->session, &sent->program,
                       sent->is_state ? &sent->snapshot : NULL);
    view_message(view, "Saved%s", as);
}

/* Sends TEXT, or writes it to a file with the given ending. */
static void send(struct view *view, const struct strbuf *text,
                 const char *ending)
{
    const char *file;
    char as[AS_SIZE];
    struct strbuf name = strbuf_begin(as, sizeof as);

    if (view->environment.save_file == NULL) {
        transfer_send(&view->transfer, text->at, text->length);
        return;
    }
    file = view->environment.save_file(ending, text->at, text->length);
    if (file == NULL) {
        view_message(view, "The file could not be written; nothing was saved");
        return;
    }
    strbuf_add(&name, " as %s, %u bytes", file, (unsigned)text->length);
    mark_saved(view, as);
}

/* Sends the program as entered, as source that WRITE writes. */
static void send_source(struct view *view,
                        void (*write)(struct strbuf *text,
                                      const struct program *program))
{
    struct strbuf text = begin(view, true);
    struct sent *sent = &save_of(view)->sent;

    session_program_entered(&view->session, &sent->program);
    write(&text, &sent->program);
    send(view, &text, ".asm");
}

void save_send_asm(struct view *view)
{
    send_source(view, program_write_asm);
}

void save_send_names(struct view *view)
{
    send_source(view, program_write_names);
}

void save_send_snp(struct view *view)
{
    struct strbuf text = begin(view, false);
    struct sent *sent = &save_of(view)->sent;

    session_program_entered(&view->session, &sent->program);
    sent->lack = lack_without_comments(&sent->program);
    program_write_snp(&text, &sent->program);
    send(view, &text, ".snp");
}

void save_send_store(struct view *view)
{
    struct strbuf text = begin(view, true);
    struct sent *sent = &save_of(view)->sent;

    session_program_entered(&view->session, &sent->program);
    if (has_start(&sent->program))
        sent->lack = START;
    if (session_store_differs(&view->session))
        sent->lack = AS_ENTERED;
    session_program(&view->session, &sent->program);
    program_write_asm(&text, &sent->program);
    send(view, &text, ".asm");
}

void save_send_state(struct view *view)
{
    struct strbuf text = begin(view, false);
    struct sent *sent = &save_of(view)->sent;

    session_program(&view->session, &sent->program);
    session_snapshot_released(&view->session, &sent->snapshot);
    sent->is_state = true;
    if (session_store_differs(&view->session))
        sent->lack = AS_ENTERED;
    snapshot_file_write_guest(&text, &sent->snapshot, &sent->program,
                              view->guests->focus, view->guests->count);
    send(view, &text, ".state");
}

void save_report_sent(struct view *view)
{
    const struct transfer *transfer = &view->transfer;

    save_of(view)->sent.unconfirmed = true;
    view_message(view,
                 "Sent %u line%s, %u bytes, as save %u. Has everything arrived "
                 "at the other end? Y: yes; until then it counts as unsaved",
                 transfer->lines, transfer->lines == 1 ? "" : "s",
                 (unsigned)transfer->size, save_of(view)->number);
}

void save_confirm(struct view *view)
{
    mark_saved(view, "");
}

/* On the disk the program gets a mark of its own. */
void save_send_disk(struct view *view)
{
    struct strbuf text = begin(view, false);
    struct sent *sent = &save_of(view)->sent;

    session_program_entered(&view->session, &sent->program);
    program_write_asm(&text, &sent->program);
    save_of(view)->to_disk = true;
    view->environment.disk->save(text.at, text.length);
}

void save_disk_turn(struct view *view)
{
    char sentence[MESSAGE_SIZE];
    struct strbuf text = strbuf_begin(sentence, sizeof sentence);

    if (!save_of(view)->to_disk || view->environment.disk->is_busy())
        return;
    save_of(view)->to_disk = false;
    if (view->environment.disk->describe(&text))
        mark_saved(view, "");
    view_message(view, "%s", sentence);
    view->changed = true;
}
