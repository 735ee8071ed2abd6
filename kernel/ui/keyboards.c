/* SPDX-License-Identifier: MIT */
#include "keyboards.h"
#include "kiosk.h"
#include <string.h>

#define KEY_WAIT_US 20000000u /* wait for a key before showing advice */

uint64_t keyboards_advice_due(const struct ui *ui)
{
    bool told = ui->presence.advised || ui->presence.key_seen;

    if (ui->view.environment.keyboard_presence == KEYBOARD_PRESENT || told)
        return UINT64_MAX;
    return ui->view.environment.keyboard_presence == KEYBOARD_ABSENT
               ? 0
               : ui->presence.began + KEY_WAIT_US;
}

/* The demonstration must not interrupt a run, an open page, or a user at a
   terminal selected by console=. */
static bool is_free(const struct ui *ui)
{
    return ui->view.page == PAGE_EDITOR && !ui->view.options.run &&
           !session_runs(&ui->view.session) &&
           ui->view.options.console == PORT_NONE;
}

static void add_terminal(struct strbuf *text, const struct ui *ui)
{
    if (ui->view.console != PORT_NONE)
        strbuf_add(text, " a terminal on COM%u (%u 8N1),", ui->view.console,
                   (unsigned)view_port_baud(&ui->view, ui->view.console));
}

static void advise(struct ui *ui)
{
    const struct environment *environment = &ui->view.environment;
    char advice[MESSAGE_SIZE];
    struct strbuf text = strbuf_begin(advice, sizeof advice);

    strbuf_add(&text, "%s", ui->view.message);
    strbuf_add_apart(&text);
    strbuf_add(&text, "No %s",
               environment->keyboard_presence == KEYBOARD_ABSENT
                   ? "keyboard was found"
                   : "key was pressed");
    if (environment->usb_problem != NULL)
        strbuf_add(&text, ": %s", environment->usb_problem);
    strbuf_add(&text, ". Try a %s,",
               environment->usb
                   ? "USB or PS/2 keyboard"
                   : "PS/2 keyboard, USB legacy support or CSM in the "
                     "firmware setup");
    add_terminal(&text, ui);
    strbuf_add(&text, " or the boot menu");
    view_message(&ui->view, "%s", advice);
}

/* Removes the last notice from the end of the message, unless the message has
   been replaced since. */
static void remove_notice(struct ui *ui)
{
    char *message = ui->view.message, *notice = ui->presence.notice;
    size_t length = strlen(message), size = strlen(notice);

    if (size <= length && strcmp(message + length - size, notice) == 0)
        message[length - size] = '\0';
}

void keyboards_notice(struct ui *ui, const char *sentence)
{
    char *notice = ui->presence.notice, before[MESSAGE_SIZE];

    remove_notice(ui);
    struct strbuf text = strbuf_begin(before, sizeof before);

    strbuf_add(&text, "%s", ui->view.message);
    text = strbuf_begin(notice, sizeof ui->presence.notice);
    strbuf_add(&text, "%s%s", before[0] != '\0' ? "; " : "", sentence);
    view_message(&ui->view, "%s%s", before, notice);
    ui->view.changed = true;
}

void keyboards_set_presence(struct ui *ui, enum keyboard_presence presence)
{
    ui->view.environment.keyboard_presence = presence;
    if (presence == KEYBOARD_PRESENT && ui->presence.advised &&
        !ui->presence.key_seen)
        view_message(&ui->view, "%s", "");
}

void keyboards_turn(struct ui *ui, uint64_t now)
{
    if (now < keyboards_advice_due(ui))
        return;
    ui->presence.advised = true;
    if (ui->view.console == PORT_NONE && ui->view.environment.serial)
        ui->view.console = ui->view.options.data;
    if (is_free(ui))
        kiosk_start_demo(ui, now);
    advise(ui);
    ui->view.changed = true;
}
