/* SPDX-License-Identifier: MIT */
/*
 * What the machine is (T-state) beside what the engine holds (V-state), the
 * source program counter beside the target's; and the last instruction taken
 * apart: fetch, decode, execute.
 */
#include "emu/text/mnemonic.h"
#include "emu/text/si.h"
#include "lab_internal.h"
#include "ui/base/explain.h"

#define T_RIGHT (LAB_RIGHT + 15) /* last column of the left value */
#define V_LEFT  (LAB_RIGHT + 18)
#define V_RIGHT (CELLS_COLUMNS - 2)
#define LAST    7 /* rows from the states to the last instruction */

#define LAST_COLUMN (LAB_RIGHT + 9) /* of what it did */
#define LAST_WIDTH  (LAB_RIGHT_WIDTH - 9)

/* One value, right-aligned, with its name. */
static void value(struct ui *ui, unsigned row, unsigned left, unsigned right,
                  const char *name, const char *what)
{
    cells_text(&ui->cells, row, left, ATTR_LABEL, name);
    cells_text_right(&ui->cells, row, right, ATTR_TEXT, what);
}

static void number(struct ui *ui, unsigned row, unsigned left, unsigned right,
                   const char *name, int word)
{
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add(&text, "%d", word);
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

/* NAME leaves ten columns, so up to 2^32 all digits, then three figures. */
static void v_count(struct ui *ui, unsigned row, const char *name,
                    uint64_t count)
{
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    if (count > UINT32_MAX)
        strbuf_add_si(&text, count, 0, SI_PURE);
    else
        strbuf_add(&text, "%u", (unsigned)count);
    value(ui, row, V_LEFT, V_RIGHT, name, buffer);
}

static void draw_t_state(struct ui *ui, unsigned row)
{
    const struct machine *machine = &ui->session.machine;
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    t_number(ui, row, "A", (int)machine->a);
    t_number(ui, row + 1, "CI", (int)machine->ci);
    t_number(ui, row + 2, "PI", (int)machine->pi);
    t_number(ui, row + 3, "flip-flop", machine->test);
    t_number(ui, row + 4, "neon", machine->neon);
    strbuf_add(&text, "line %u", word_line(machine_next_control(machine)));
    value(ui, row + 5, LAB_RIGHT, T_RIGHT, "SPC", buffer);
}

/* ---- V-states, by engine ---- */

static void nothing(struct ui *ui, unsigned row)
{
    cells_text(&ui->cells, row, V_LEFT, ATTR_LABEL, "none: it works");
    cells_text(&ui->cells, row + 1, V_LEFT, ATTR_LABEL, "on the T-state");
}

static void threaded(struct ui *ui, unsigned row)
{
    const struct threaded *threaded = &ui->session.engine_state.threaded;

    v_number(ui, row, "a", (int)threaded->a);
    v_number(ui, row + 1, "ci", (int)threaded->ci);
    v_number(ui, row + 2, "pi", (int)threaded->pi);
}

static void predecoded(struct ui *ui, unsigned row)
{
    const struct predecoded *predecoded = &ui->session.engine_state.predecoded;
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    if (predecoded->last == NULL || predecoded->stale == UINT32_MAX) {
        cells_text(&ui->cells, row, V_LEFT, ATTR_LABEL, "not begun");
        return;
    }
    v_number(ui, row, "a", (int)predecoded->a);
    v_number(ui, row + 1, "lap", (int)predecoded->lap);
    v_number(ui, row + 2, "last slot",
             (int)(predecoded->last - predecoded->slot));
    v_count(ui, row + 3, "decoded", predecoded->decodings);
    strbuf_add(&text, "slot %u",
               (unsigned)(predecoded->target - predecoded->slot));
    value(ui, row + 5, V_LEFT, V_RIGHT, "TPC", buffer);
}

static void translator(struct ui *ui, unsigned row)
{
    const struct translator *translator = &ui->session.engine_state.translator;
    uint32_t next = machine_next_control(&ui->session.machine);
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    v_number(ui, row, "credit", translator->credit);
    v_count(ui, row + 1, "resting", translator->resting);
    v_count(ui, row + 2, "made", translator->translations);
    v_count(ui, row + 3, "lost", translator->invalidations);
    v_count(ui, row + 4, "rests", translator->rests);
    if (next < LINES && translator->resting == 0 && lab_has_block(ui, next))
        strbuf_add(&text, "at %u", (unsigned)translator->blocks[next].code);
    else
        strbuf_add(&text, "interpreted");
    value(ui, row + 5, V_LEFT, V_RIGHT, "TPC", buffer);
}

static void draw_v_state(struct ui *ui, unsigned row)
{
    const struct engine *engine = ui->session.engine;

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

/* In two rows where it is too wide for one; returns the row after it. */
static unsigned draw_fetch(struct ui *ui, unsigned row)
{
    const struct last *last = &ui->session.last;
    char buffer[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    if (last->manual)
        strbuf_add(&text, "nothing, in Man");
    else
        strbuf_add(&text, "CI %u: line %u, %d", (unsigned)last->ci,
                   word_line(last->ci), (int)last->word);
    return page_prose(ui, row, 2, LAST_COLUMN, LAST_WIDTH, ATTR_TEXT, buffer);
}

static void draw_decode(struct ui *ui, unsigned row)
{
    uint32_t word = ui->session.last.word;
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    instruction_write(&text, word);
    page_text(ui, row, LAST_COLUMN, ATTR_TEXT, "%u, line %u: %s",
              word_function(word), word_line(word), buffer);
}

static void draw_execute(struct ui *ui, unsigned row)
{
    char sentence[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(sentence, sizeof sentence);

    words_effect(&text, &ui->session);
    page_prose(ui, row, 3, LAST_COLUMN, LAST_WIDTH, ATTR_STRONG, sentence);
}

static void draw_last(struct ui *ui, unsigned row)
{
    const struct last *last = &ui->session.last;
    bool obeyed = last->valid && !last->hung;
    unsigned decode = row + 1;

    cells_text(&ui->cells, row, LAB_RIGHT, ATTR_LABEL, "fetch");
    if (obeyed)
        decode = draw_fetch(ui, row);
    else if (last->valid)
        cells_text(&ui->cells, row, LAST_COLUMN, ATTR_STRONG,
                   "hung: no way into PI");
    cells_text(&ui->cells, decode, LAB_RIGHT, ATTR_LABEL, "decode");
    cells_text(&ui->cells, decode + 1, LAB_RIGHT, ATTR_LABEL, "execute");
    if (!obeyed)
        return;
    draw_decode(ui, decode);
    draw_execute(ui, decode + 1);
}

void lab_states_draw(struct ui *ui, unsigned row)
{
    cells_text(&ui->cells, row - 1, LAB_RIGHT, ATTR_LABEL, "T-state");
    cells_text(&ui->cells, row - 1, V_LEFT, ATTR_LABEL, "V-state");
    draw_t_state(ui, row);
    draw_v_state(ui, row);
    draw_last(ui, row + LAST);
}
