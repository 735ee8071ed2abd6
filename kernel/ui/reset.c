/* SPDX-License-Identifier: MIT */
#include "reset.h"
#include "ui/base/load.h"
#include "ui/debugger/trace_export.h"
#include "ui/machines/machines.h"
#include "ui/pages/panel_layout.h"
#include <string.h>

/* Loads the first program.  Returns false if it replaces the one requested. */
static bool load_first(struct ui *ui)
{
    struct view *view = &ui->view;
    char kept[MESSAGE_SIZE];
    struct strbuf text = strbuf_begin(kept, sizeof kept);

    strbuf_add(&text, "%s", view->message);
    load_file(view, &ui->opening.file);
    if (kept[0] != '\0')
        view_message(view, "%s", kept);
    return ui->opening.asked;
}

void reset_warn(struct view *view, const char *warnings)
{
    char all[MESSAGE_SIZE];
    struct strbuf text = strbuf_begin(all, sizeof all);

    strbuf_add(&text, "%s", view->message);
    if (text.length > 0)
        strbuf_add_apart(&text);
    strbuf_add(&text, "%s", warnings);
    view_message(view, "%s", all);
}

static void begin_trace(struct view *view)
{
    const char *hindrance = trace_export_obstacle(view);

    if (hindrance != NULL)
        reset_warn(view, hindrance);
    else
        trace_export_begin(view);
}

static void start_session(struct ui *ui, uint64_t now)
{
    struct session *session = &ui->view.session;
    const struct options *options = &ui->view.options;
    bool prm = options->panel == PANEL_PRM;

    session_start(session, ui->view.environment.engine_space,
                  ui->view.environment.engine_state, session->journal,
                  &ui->history, options->speed, now);
    session->machine.ci5 = options->ci5;
    session->machine.immediate_test = options->immediate_test;
    session->hot = options->hot;
    session_set_engine(session, options->engine, ui->view.environment.code);
    session->controls.kac_dead = prm;
    session->controls.erase_corrupts = prm;
    session->bright_at_l = prm;
    session->manual_holds = options->manual_holds_ci;
}

void reset_for_focus(struct ui *ui)
{
    struct view *view = &ui->view;

    if (!view->refocused)
        return;
    view->refocused = false;
    if (ui->debugger.trace.live)
        view_message(view, "The trace has ended, as another machine is in "
                           "focus");
    memset(&ui->lab, 0, sizeof ui->lab);
    memset(&ui->debugger, 0, sizeof ui->debugger);
    view->entry.typing = false;
    view->touring = false;
    view->line = 1;
    view->rate = (struct rate){0};
}

void reset_console(struct ui *ui, uint64_t now)
{
    struct view *view = &ui->view;

    start_session(ui, now);
    machines_reset(view, now);
    ui->panel = (struct panel){.set = view->options.panel};
    ui->panel.chosen = panel_control_first(CONTROL_KC);
    view->monitor = MONITOR_S;
    view->theme = view->options.screen.theme;
    view->keymap = view->options.keymap;
    view->large_letters = false;
    view->refocused = false;
    view->notation = NOTATION_DECIMAL;
    view->notation_1951 = false;
    view->entry.typing = false;
    view->touring = false;
    ui->waiting_count = 0;
    ui->editor.clipboard_full = false;
    memset(&ui->lab, 0, sizeof ui->lab);
    memset(&ui->debugger, 0, sizeof ui->debugger);
    if (load_first(ui) && view->options.run)
        session_set_cs(&view->session, true);
    session_record(&view->session);
    if (view->options.trace)
        begin_trace(view);
}
