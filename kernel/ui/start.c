/* SPDX-License-Identifier: MIT */
/*
 * How the console begins: the screen, and what the boot line asks for.
 */
#include "ui/base/page.h"
#include <string.h>

static const struct layout layout_50 = {
    .rows = 50,
    .step = 2,
    .store = 4,
    .scale = 2,
    .registers = 37,
    .words = 42,
    .note = 46,
    .note_entry = 46,
    .switches = 46,
    .status = 44,
    .rate = 45,
    .message = 47,
    .advice = 48,
};

/* 80x25 shows 24 rows, so that nothing is lost on a terminal of 24. */
static const struct layout layout_24 = {
    .rows = 24,
    .step = 1,
    .halves = true,
    .store = 2,
    .scale = 1,
    .registers = 18,
    .words = 21,
    .note = 18,
    .note_entry = 21,
    .switches = 20,
    .status = 22,
    .rate = 22,
    .message = 22,
    .advice = 23,
};

/* The store of the boot line becomes the last of the programs. */
static int add_store(struct ui *ui)
{
    struct library_file file = library_store(ui->options.store);

    if (file.size == 0)
        return -1;
    return library_add(&ui->library, file.name, file.text, file.size);
}

/* Which program the boot line asks for: by name, by its store, or else the
   first module; -1: none. */
static int find_first(struct ui *ui, unsigned modules)
{
    const char *name = ui->options.program;
    int store = add_store(ui);

    if (name[0] == '\0')
        return store >= 0 ? store : modules > 0 ? 0 : -1;
    int named = library_find(&ui->library, name);

    if (named < 0)
        ui_message(ui, "There is no program called \"%s\"; F2 lists them",
                   name);
    return named;
}

/* Reads program number INDEX as a whole: no key is waited for yet. */
static bool read_opening(struct ui *ui, int index)
{
    if (index < 0)
        return false;
    library_start(&ui->opening, &ui->library.file[index]);
    while (library_slice(&ui->opening, FILE_MAX))
        continue;
    return ui->opening.reader.good;
}

/* Reads the program asked for; where that one cannot be read, the default. */
static void read_first(struct ui *ui, int first)
{
    ui->opening_asked = true;
    if (read_opening(ui, first))
        return;
    if (first >= 0)
        ui_message(ui, "%s", ui->opening.says);
    ui->opening_asked =
        read_opening(ui, library_find(&ui->library, ui->default_name)) &&
        ui->message[0] == '\0';
}

/* False: something is wrong with the program asked for. */
static bool load_first(struct ui *ui)
{
    char kept[MESSAGE_SIZE];
    struct strbuf text = strbuf_begin(kept, sizeof kept);

    strbuf_add(&text, "%s", ui->message);
    ui_load(ui, &ui->opening);
    if (kept[0] != '\0')
        ui_message(ui, "%s", kept);
    return ui->opening_asked;
}

/* Says COMPLAINTS too, after what is said already, which matters more. */
static void complain(struct ui *ui, const char *warnings)
{
    char said[MESSAGE_SIZE];
    struct strbuf text = strbuf_begin(said, sizeof said);

    strbuf_add(&text, "%s", ui->message);
    if (text.length > 0)
        strbuf_add_apart(&text);
    strbuf_add(&text, "%s", warnings);
    ui_message(ui, "%s", said);
}

static void begin_trace(struct ui *ui)
{
    const char *hindrance = trace_export_hindrance(ui);

    if (hindrance != NULL)
        complain(ui, hindrance);
    else
        trace_export_begin(ui);
}

static void set_up_desk(struct ui *ui, uint64_t now)
{
    const struct options *options = &ui->options;
    bool prm = options->panel == PANEL_PRM;

    session_start(&ui->session, ui->journal, &ui->history, options->speed, now);
    ui->session.machine.ci5 = options->ci5;
    ui->session.machine.immediate_test = options->immediate_test;
    ui->session.hot = options->hot;
    session_set_engine(&ui->session, options->engine, ui->code);
    ui->session.controls.kac_dead = prm;
    ui->session.controls.erase_corrupts = prm;
    ui->session.bright_at_l = prm;
    ui->session.manual_holds = options->manual_holds_ci;
}

/* The journal has the beginning of the memory, and history the rest. */
static void share_memory(struct ui *ui)
{
    uint8_t *rest = ui->memory;
    size_t left = ui->memory_size;

    ui->journal = NULL;
    if (left >= sizeof *ui->journal) {
        ui->journal = ui->memory;
        rest += sizeof *ui->journal;
        left -= sizeof *ui->journal;
    }
    /* By the fastest engine that can. */
    if (!history_start(&ui->history, rest, left, &engine_translator,
                       ui->history_code))
        history_start(&ui->history, rest, left, &engine_predecoded, NULL);
}

void ui_begin(struct ui *ui, uint64_t now)
{
    set_up_desk(ui, now);
    ui->panel = (struct panel){.set = ui->options.panel};
    ui->panel.chosen = panel_control_first(CONTROL_KC);
    ui->monitor = MONITOR_S;
    ui->theme = ui->options.theme;
    ui->notation = NOTATION_DECIMAL;
    ui->paper = false;
    ui->typing = false;
    ui->waiting_count = 0;
    ui->clipboard_full = false;
    ui->tour.on = false;
    memset(&ui->lab, 0, sizeof ui->lab);
    debug_forget(ui);
    memset(&ui->trace_export, 0, sizeof ui->trace_export);
    if (load_first(ui) && ui->options.run)
        session_set_cs(&ui->session, true);
    session_record(&ui->session);
    if (ui->options.trace)
        begin_trace(ui);
}

void ui_set_rows(struct ui *ui, unsigned rows)
{
    ui->layout = rows == layout_50.rows ? &layout_50 : &layout_24;
    memset(&ui->cells, 0, sizeof ui->cells);
    ui->cells.rows = ui->layout->rows;
    cells_clear(&ui->cells, ATTR_TEXT);
    ui->changed = true;
}

void ui_start(struct ui *ui, unsigned rows, const struct options *options,
              unsigned modules, const char *default_name, const char *warnings,
              const char *found, uint64_t now)
{
    ui->rows_most = rows;
    ui->options = *options;
    ui_set_rows(ui, ports_rows(ui));
    ui->found = found;
    ui->default_name = default_name;
    read_first(ui, find_first(ui, modules));
    share_memory(ui);
    ui_begin(ui, now);
    if (warnings[0] != '\0')
        complain(ui, warnings);
    ui->last_key = now;
    ui->began = now;
    ports_repaint(ui);
    if (options->kiosk > 0)
        ui_start_demo(ui, now);
    if (options->selftest)
        report_open(ui, &job_selftest);
    else if (options->bench)
        report_open(ui, &job_bench);
}
