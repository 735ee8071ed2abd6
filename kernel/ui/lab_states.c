/* SPDX-License-Identifier: MIT */
/*
 * What the machine is (T-state) beside what the engine holds (V-state), the
 * source program counter beside the target's; and the last instruction taken
 * apart: fetch, decode, execute.
 */
#include "emu/instruction.h"
#include "lab_page.h"
#include "words.h"

#define T_RIGHT (LAB_RIGHT + 15) /* last column of the left value */
#define V_LEFT  (LAB_RIGHT + 18)
#define V_RIGHT (CELLS_COLUMNS - 2)
#define LAST    7 /* rows from the states to the last instruction */

/* One value, right-aligned, with its name. */
static void value(struct ui *ui, unsigned row, unsigned left, unsigned right,
                  const char *name, const char *what)
{
    cells_text(&ui->cells, row, left, LOOK_LABEL, name);
    cells_text_right(&ui->cells, row, right, LOOK_TEXT, what);
}

static void number(struct ui *ui, unsigned row, unsigned left, unsigned right,
                   const char *name, int word)
{
    char buffer[16];
    struct text text = text_begin(buffer, sizeof buffer);

    text_add(&text, "%d", word);
    value(ui, row, left, right, name, buffer);
}

static void t_number(struct ui *ui, unsigned row, const char *name, int word)
{
    number(ui, row, LAB_RIGHT, T_RIGHT, name, word);
}

static void v_number(struct ui *ui, unsigned row, const char *name, int word)
{
    number(ui, row, V_LEFT, V_RIGHT, name, word);
}

static void draw_t_state(struct ui *ui, unsigned row)
{
    const struct machine *machine = &ui->desk.machine;
    char buffer[16];
    struct text text = text_begin(buffer, sizeof buffer);

    t_number(ui, row, "A", (int)machine->a);
    t_number(ui, row + 1, "CI", (int)machine->ci);
    t_number(ui, row + 2, "PI", (int)machine->pi);
    t_number(ui, row + 3, "flip-flop", machine->test);
    t_number(ui, row + 4, "neon", machine->neon);
    text_add(&text, "line %u", word_line(machine_next_control(machine)));
    value(ui, row + 5, LAB_RIGHT, T_RIGHT, "SPC", buffer);
}

/* ---- V-states, by engine ---- */

static void nothing(struct ui *ui, unsigned row)
{
    cells_text(&ui->cells, row, V_LEFT, LOOK_LABEL, "none: it works");
    cells_text(&ui->cells, row + 1, V_LEFT, LOOK_LABEL, "on the T-state");
}

static void threaded(struct ui *ui, unsigned row)
{
    const struct threaded *threaded = &ui->desk.engine_state.threaded;

    v_number(ui, row, "a", (int)threaded->a);
    v_number(ui, row + 1, "ci", (int)threaded->ci);
    v_number(ui, row + 2, "pi", (int)threaded->pi);
}

static void predecoded(struct ui *ui, unsigned row)
{
    const struct predecoded *predecoded = &ui->desk.engine_state.predecoded;
    char buffer[16];
    struct text text = text_begin(buffer, sizeof buffer);

    if (predecoded->last == NULL || predecoded->stale == UINT32_MAX) {
        cells_text(&ui->cells, row, V_LEFT, LOOK_LABEL, "not begun");
        return;
    }
    v_number(ui, row, "a", (int)predecoded->a);
    v_number(ui, row + 1, "lap", (int)predecoded->lap);
    v_number(ui, row + 2, "last slot",
             (int)(predecoded->last - predecoded->slot));
    v_number(ui, row + 3, "decodings", (int)predecoded->decodings);
    text_add(&text, "slot %u",
             (unsigned)(predecoded->target - predecoded->slot));
    value(ui, row + 5, V_LEFT, V_RIGHT, "TPC", buffer);
}

static void translator(struct ui *ui, unsigned row)
{
    const struct translator *translator = &ui->desk.engine_state.translator;
    uint32_t next = machine_next_control(&ui->desk.machine);
    char buffer[16];
    struct text text = text_begin(buffer, sizeof buffer);

    v_number(ui, row, "credit", translator->credit);
    v_number(ui, row + 1, "still rests", (int)translator->resting);
    v_number(ui, row + 2, "made", (int)translator->translations);
    v_number(ui, row + 3, "lost", (int)translator->invalidations);
    v_number(ui, row + 4, "rests", (int)translator->rests);
    if (next < LINES && translator->resting == 0 && lab_has_block(ui, next))
        text_add(&text, "at %u", (unsigned)translator->blocks[next].code);
    else
        text_add(&text, "interpreted");
    value(ui, row + 5, V_LEFT, V_RIGHT, "TPC", buffer);
}

static void draw_v_state(struct ui *ui, unsigned row)
{
    const struct engine *engine = ui->desk.engine;

    if (engine == &engine_threaded)
        threaded(ui, row);
    else if (engine == &engine_predecoded)
        predecoded(ui, row);
    else if (lab_translates(ui))
        translator(ui, row);
    else
        nothing(ui, row);
}

/* ---- the last instruction ---- */

static void draw_fetch(struct ui *ui, unsigned row)
{
    const struct last *last = &ui->desk.last;

    if (last->manual)
        page_text(ui, row, LAB_RIGHT + 9, LOOK_TEXT, "nothing, in Man");
    else
        page_text(ui, row, LAB_RIGHT + 9, LOOK_TEXT, "CI %u: line %u, %d",
                  (unsigned)last->ci, word_line(last->ci), (int)last->word);
}

static void draw_decode(struct ui *ui, unsigned row)
{
    uint32_t word = ui->desk.last.word;
    char buffer[16];
    struct text text = text_begin(buffer, sizeof buffer);

    instruction_write(&text, word);
    page_text(ui, row, LAB_RIGHT + 9, LOOK_TEXT, "%u, line %u: %s",
              word_function(word), word_line(word), buffer);
}

static void draw_execute(struct ui *ui, unsigned row)
{
    char sentence[CELLS_COLUMNS];
    struct text text = text_begin(sentence, sizeof sentence);

    words_effect(&text, &ui->desk);
    page_prose(ui, row, 3, LAB_RIGHT + 9, LAB_RIGHT_WIDTH - 9, LOOK_STRONG,
               sentence);
}

static void draw_last(struct ui *ui, unsigned row)
{
    const struct last *last = &ui->desk.last;

    cells_text(&ui->cells, row, LAB_RIGHT, LOOK_LABEL, "fetch");
    cells_text(&ui->cells, row + 1, LAB_RIGHT, LOOK_LABEL, "decode");
    cells_text(&ui->cells, row + 2, LAB_RIGHT, LOOK_LABEL, "execute");
    if (!last->valid)
        return;
    if (last->hung) {
        cells_text(&ui->cells, row, LAB_RIGHT + 9, LOOK_STRONG,
                   "hung: no way into PI");
        return;
    }
    draw_fetch(ui, row);
    draw_decode(ui, row + 1);
    draw_execute(ui, row + 2);
}

void lab_states_draw(struct ui *ui, unsigned row)
{
    cells_text(&ui->cells, row - 1, LAB_RIGHT, LOOK_LABEL, "T-state");
    cells_text(&ui->cells, row - 1, V_LEFT, LOOK_LABEL, "V-state");
    draw_t_state(ui, row);
    draw_v_state(ui, row);
    draw_last(ui, row + LAST);
}
