/* SPDX-License-Identifier: MIT */
/*
 * What a run stops at: set by keys, and told in words.
 */
#include "debugger_internal.h"
#include "ui/base/explain.h"
#include <string.h>

static void toggle(struct ui *ui, uint32_t *lines, const char *what,
                   unsigned line)
{
    *lines ^= 1u << line;
    desk_stops_changed(&ui->desk);
    ui_say(ui,
           *lines >> line & 1 ? "A run stops %s line %u"
                              : "No stop %s line %u any more",
           what, line);
}

/* On the panel the line is that of the L switches. */
void debug_stop_here(struct ui *ui)
{
    unsigned line =
        ui->base == PAGE_PANEL ? word_line(ui->desk.controls.stat) : ui->line;

    toggle(ui, &ui->desk.stopping.stops.obeying, "before", line);
}

void debug_stop_read(struct ui *ui)
{
    toggle(ui, &ui->desk.stopping.stops.reading, "on reading", ui->line);
}

void debug_stop_written(struct ui *ui)
{
    toggle(ui, &ui->desk.stopping.stops.writing, "on writing", ui->line);
}

static void toggle_when(struct ui *ui, enum stop_when when, const char *what)
{
    uint32_t *set = &ui->desk.stopping.stops.when;

    *set ^= when;
    desk_stops_changed(&ui->desk);
    ui_say(ui, *set & when ? "A run stops when %s" : "No stop when %s any more",
           what);
}

void debug_stop_negative(struct ui *ui)
{
    toggle_when(ui, STOP_NEGATIVE, "A becomes negative");
}

void debug_stop_zero(struct ui *ui)
{
    toggle_when(ui, STOP_ZERO, "A becomes 0");
}

void debug_stop_leaving(struct ui *ui)
{
    toggle_when(ui, STOP_LEAVING, "CI is beyond 31");
}

void debug_stop_after(struct ui *ui)
{
    uint64_t number;

    if (!debug_number(ui, &number) || number == 0)
        ui_say(ui, "Type the number of an instruction first, then A");
    else if (!desk_toggle_count(&ui->desk, number))
        ui_say(ui, "There are %u such stops already; X clears all stops",
               STOP_COUNTS);
}

void debug_stop_nowhere(struct ui *ui)
{
    memset(&ui->desk.stopping.stops, 0, sizeof ui->desk.stopping.stops);
    memset(ui->desk.stopping.counts, 0, sizeof ui->desk.stopping.counts);
    desk_stops_changed(&ui->desk);
    ui_say(ui, "No stops any more");
}

/* All stops in words */

static void add_lines(struct text *text, const char *what, uint32_t lines)
{
    if (lines == 0)
        return;
    text_add_apart(text);
    text_add(text, "%s", what);
    for (unsigned line = 0; line < LINES; line++)
        if (lines >> line & 1)
            text_add(text, " %u", line);
}

static void add_when(struct text *text, const char *what, bool set)
{
    if (!set)
        return;
    text_add_apart(text);
    text_add(text, "%s", what);
}

void debug_stops_draw(struct ui *ui, unsigned row)
{
    const struct stopping *stopping = &ui->desk.stopping;
    const struct stops *stops = &stopping->stops;
    char sentence[3 * CELLS_COLUMNS]; /* more than two rows show */
    struct text text = text_begin(sentence, sizeof sentence);

    add_lines(&text, "before", stops->obeying);
    add_lines(&text, "read", stops->reading);
    add_lines(&text, "written", stops->writing);
    add_when(&text, "A negative", stops->when & STOP_NEGATIVE);
    add_when(&text, "A 0", stops->when & STOP_ZERO);
    add_when(&text, "CI beyond 31", stops->when & STOP_LEAVING);
    for (unsigned i = 0; i < STOP_COUNTS; i++)
        if (stopping->counts[i] != 0) {
            text_add_apart(&text);
            /* Without blanks, so that no row ends within it. */
            text_add(&text, "after %llu",
                     (unsigned long long)stopping->counts[i]);
        }
    if (text.length == 0)
        text_add(&text, "none");
    cells_text(&ui->cells, row, 1, LOOK_LABEL, "Stops:");
    page_prose(ui, row, ui->layout->step, 8, CELLS_COLUMNS - 9, LOOK_STRONG,
               sentence);
}

void debug_say_stop(struct ui *ui)
{
    const struct desk *desk = &ui->desk;
    char sentence[CELLS_COLUMNS];
    struct text text = text_begin(sentence, sizeof sentence);

    words_stop(&text, desk);
    ui_say(ui, "%s", sentence);
}
