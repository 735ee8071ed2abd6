/* SPDX-License-Identifier: MIT */
/* Console startup: sets up the pages and memory and loads the first program. */
#include "command_table.h"
#include "kiosk.h"
#include "ui/machines/machines.h"
#include "page_list.h"
#include "reset.h"
#include "ui.h"

/* Adds the value of store= to the library.  Returns its index, or -1. */
static int add_store(struct ui *ui)
{
    struct library_file file = library_store(ui->view.options.store);

    if (file.size == 0)
        return -1;
    return library_add(&ui->view.library, file.name, file.text, file.size);
}

/* Returns the index of the requested program or the first module, or -1. */
static int find_first(struct ui *ui, unsigned modules)
{
    const char *name = ui->view.options.program;
    int store = add_store(ui);

    if (name[0] == '\0')
        return store >= 0 ? store : modules > 0 ? 0 : -1;
    int named = library_find(&ui->view.library, name);

    if (named < 0)
        view_message(&ui->view,
                     "There is no program called \"%s\"; F2 lists the programs",
                     name);
    return named;
}

/* Reads the whole program at once, as no key can be pressed yet. */
static bool read_opening(struct ui *ui, int index)
{
    if (index < 0)
        return false;
    library_start(&ui->opening.file, &ui->view.library.file[index]);
    while (library_slice(&ui->opening.file, FILE_MAX))
        continue;
    return ui->opening.file.reader.good;
}

/* Reads program FIRST, or the default program if that fails. */
static void read_first(struct ui *ui, int first)
{
    ui->opening.asked = true;
    if (read_opening(ui, first))
        return;
    if (first >= 0)
        view_message(&ui->view, "%s", ui->opening.file.message);
    ui->opening.asked =
        read_opening(
            ui, library_find(&ui->view.library, ui->opening.default_name)) &&
        ui->view.message[0] == '\0';
}

/* The undo journal gets the first part of the memory, and history the rest. */
static void share_memory(struct ui *ui)
{
    uint8_t *rest = ui->view.environment.memory;
    size_t left = ui->view.environment.memory_size;

    ui->view.session.journal = NULL;
    if (left >= sizeof *ui->view.session.journal) {
        ui->view.session.journal = ui->view.environment.memory;
        rest += sizeof *ui->view.session.journal;
        left -= sizeof *ui->view.session.journal;
    }
    /* Replay with the fastest engine available. */
    if (!history_start(&ui->history, rest, left, &engine_translator,
                       ui->view.environment.history_code))
        history_start(&ui->history, rest, left, &engine_predecoded, NULL);
}

static void connect(struct ui *ui)
{
    struct view *view = &ui->view;

    view->pages = page_list;
    view->commands = &command_table;
    view->state[PAGE_EDITOR] = &ui->editor;
    view->state[PAGE_PANEL] = &ui->panel;
    view->state[PAGE_LAB] = &ui->lab;
    view->state[PAGE_DEBUG] = &ui->debugger;
    view->state[PAGE_DEMO] = &ui->demo;
    view->state[PAGE_PROGRAMS] = &ui->programs;
    view->state[PAGE_SAVE] = &ui->save;
    view->state[PAGE_HELP] = &ui->help;
    view->state[PAGE_SYSTEM_INFO] = &ui->system_info;
    view->state[PAGE_REPORT] = &ui->report;
    view->state[PAGE_MACHINES] = &ui->machines;
    view->state[PAGE_PIN] = &ui->pin;
    view->guests = &ui->guests;
}

void ui_start(struct ui *ui, struct screen_sizes screen,
              const struct options *options, unsigned modules,
              const char *default_name, const char *warnings, const char *found,
              uint64_t now)
{
    struct view *view = &ui->view;

    connect(ui);
    ui->ports.screen = screen;
    view->options = *options;
    view->environment.found = found;
    ports_fit(view, &ui->ports);
    ui->opening.default_name = default_name;
    read_first(ui, find_first(ui, modules));
    share_memory(ui);
    reset_console(ui, now);
    if (warnings[0] != '\0')
        reset_warn(view, warnings);
    view->last_key = now;
    ui->presence.began = now;
    ports_repaint(&ui->ports);
    if (options->kiosk > 0)
        kiosk_start_demo(ui, now);
    if (options->selftest)
        report_open(view, &job_selftest);
    else if (options->bench)
        report_open(view, &job_bench);
    else if (options->guests > 1 && options->kiosk == 0)
        machines_fill(view, options->guests, now);
}
