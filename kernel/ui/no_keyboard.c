/* SPDX-License-Identifier: MIT */
/*
 * A PC without a keyboard, as far as can be told: it says what to try, and
 * shows the demonstration, so that it is seen to be alive.
 */
#include "ui/base/page.h"

#define DOUBT_US 20000000u /* that a key may take to come */

uint64_t keyless_due(const struct ui *ui)
{
    bool told = ui->keyless_told || ui->key_seen;

    if (ui->keyboard_presence == KEYBOARD_PRESENT || told)
        return UINT64_MAX;
    return ui->keyboard_presence == KEYBOARD_ABSENT ? 0 : ui->began + DOUBT_US;
}

/* What runs, or is being done, goes on; and a terminal that was asked for has
   somebody at it. */
static bool is_free(const struct ui *ui)
{
    return ui->page == PAGE_EDITOR && !ui->options.run &&
           !session_runs(&ui->session) && ui->options.console == PORT_NONE;
}

static void add_terminal(struct strbuf *text, const struct ui *ui)
{
    if (ui->console != PORT_NONE)
        strbuf_add(text, " a terminal on COM%u (%u 8N1),", ui->console,
                   (unsigned)port_baud(ui, ui->console));
}

static void advise(struct ui *ui)
{
    char advice[MESSAGE_SIZE];
    struct strbuf text = strbuf_begin(advice, sizeof advice);

    strbuf_add(&text, "%s", ui->message);
    strbuf_add_apart(&text);
    strbuf_add(&text,
               "No key%s. Try a PS/2 one, USB legacy support or CSM in the "
               "firmware's setup,",
               ui->keyboard_presence == KEYBOARD_ABSENT ? "board was found"
                                                        : " was seen");
    add_terminal(&text, ui);
    strbuf_add(&text, " or choose in the boot menu");
    ui_message(ui, "%s", advice);
}

void keyless_turn(struct ui *ui, uint64_t now)
{
    if (now < keyless_due(ui))
        return;
    ui->keyless_told = true;
    if (ui->console == PORT_NONE && ui->serial)
        ui->console = ui->options.data;
    if (is_free(ui))
        ui_start_demo(ui, now);
    advise(ui);
    ui->changed = true;
}
