/* SPDX-License-Identifier: MIT */
/* Draws the machine's T-state and the engine's V-state side by side, with the
   source and target program counters (SPC and TPC), and the fetch, decode and
   execute phases of the last instruction below them. */
#include "states.h"
#include "emu/text/mnemonic.h"
#include "emu/text/si.h"
#include "query.h"
#include "ui/base/explain.h"
#include "ui/base/page_draw.h"

#define T_RIGHT (LAB_RIGHT + 15) /* last column of the T-state values */
#define V_LEFT  (LAB_RIGHT + 18)
#define V_RIGHT (PAGE_COLUMNS - 2)
#define LAST    7 /* rows from the states to the last instruction */

#define LAST_COLUMN (LAB_RIGHT + 9) /* column of the result of each phase */
#define LAST_WIDTH  (LAB_RIGHT_WIDTH - 9)

static void value(struct view *view, unsigned row, unsigned left,
                  unsigned right, const char *name, const char *what)
{
    cells_text(&view->cells, row, left, ATTR_LABEL, name);
    cells_text_right(&view->cells, row, right, ATTR_TEXT, what);
}

static void number(struct view *view, unsigned row, unsigned left,
                   unsigned right, const char *name, int word)
{
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add(&text, "%d", word);
    value(view, row, left, right, name, buffer);
}

static void t_number(struct view *view, unsigned row, const char *name,
                     int word)
{
    number(view, row, LAB_RIGHT, T_RIGHT, name, word);
}

static void v_number(struct view *view, unsigned row, const char *name,
                     int word)
{
    number(view, row, V_LEFT, V_RIGHT, name, word);
}

/* Draws all digits of a 32-bit count, but only three digits of a larger one. */
static void v_count(struct view *view, unsigned row, const char *name,
                    uint64_t count)
{
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add_count(&text, count, UINT32_MAX);
    value(view, row, V_LEFT, V_RIGHT, name, buffer);
}

static void draw_t_state(struct view *view, unsigned row)
{
    const struct machine *machine = &view->session.machine;
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    t_number(view, row, "A", (int)machine->a);
    t_number(view, row + 1, "CI", (int)machine->ci);
    t_number(view, row + 2, "PI", (int)machine->pi);
    t_number(view, row + 3, "flip-flop", machine->test);
    t_number(view, row + 4, "neon", machine->neon);
    strbuf_add(&text, "line %u", word_line(machine_next_control(machine)));
    value(view, row + 5, LAB_RIGHT, T_RIGHT, "SPC", buffer);
}

static void no_v_state(struct view *view, unsigned row)
{
    cells_text(&view->cells, row, V_LEFT, ATTR_LABEL, "T-state only");
}

static void threaded(struct view *view, unsigned row)
{
    const struct threaded *threaded = &view->session.engine_state->threaded;

    v_number(view, row, "a", (int)threaded->a);
    v_number(view, row + 1, "ci", (int)threaded->ci);
    v_number(view, row + 2, "pi", (int)threaded->pi);
}

static void predecoded(struct view *view, unsigned row)
{
    const struct predecoded *predecoded =
        &view->session.engine_state->predecoded;
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    if (predecoded->last == NULL || predecoded->stale == UINT32_MAX) {
        cells_text(&view->cells, row, V_LEFT, ATTR_LABEL, "not started");
        return;
    }
    v_number(view, row, "a", (int)predecoded->a);
    v_number(view, row + 1, "lap", (int)predecoded->lap);
    v_number(view, row + 2, "last slot",
             (int)(predecoded->last - predecoded->slot));
    v_count(view, row + 3, "decoded", predecoded->decodings);
    strbuf_add(&text, "slot %u",
               (unsigned)(predecoded->target - predecoded->slot));
    value(view, row + 5, V_LEFT, V_RIGHT, "TPC", buffer);
}

static void translator(struct view *view, unsigned row)
{
    const struct translator *translator =
        &view->session.engine_state->translator;
    uint32_t next = machine_next_control(&view->session.machine);
    const struct block *block = NULL;
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    v_number(view, row, "credit", translator->rest.credit);
    v_count(view, row + 1, "rest left", translator->rest.left);
    v_count(view, row + 2, "made", translator->count.translations);
    v_count(view, row + 3, "lost", translator->count.invalidations);
    v_count(view, row + 4, "rests", translator->count.rests);
    if (next < LINES && translator->rest.left == 0)
        block = lab_block_at(view, next);
    if (block != NULL)
        strbuf_add(&text, "at %u", (unsigned)block->code);
    else
        strbuf_add(&text, "interpreted");
    value(view, row + 5, V_LEFT, V_RIGHT, "TPC", buffer);
}

static void draw_v_state(struct view *view, unsigned row)
{
    const struct engine *engine = view->session.engine;

    if (engine == &engine_threaded)
        threaded(view, row);
    else if (engine == &engine_predecoded)
        predecoded(view, row);
    else if (lab_translates(view))
        translator(view, row);
    else
        no_v_state(view, row);
}

/* Draws the fetch phase in up to two rows.  Returns the row below it. */
static unsigned draw_fetch(struct view *view, unsigned row)
{
    const struct last *last = &view->session.last;
    char buffer[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    if (last->manual)
        strbuf_add(&text, "nothing in Man mode");
    else
        strbuf_add(&text, "CI %u selects line %u: %d", (unsigned)last->ci,
                   word_line(last->ci), (int)last->word);
    return page_prose(view, row, 2, LAST_COLUMN, LAST_WIDTH, ATTR_TEXT, buffer);
}

static void draw_decode(struct view *view, unsigned row)
{
    uint32_t word = view->session.last.word;
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    instruction_write(&text, word);
    page_text(view, row, LAST_COLUMN, ATTR_TEXT, "function %u, line %u: %s",
              word_function(word), word_line(word), buffer);
}

static void draw_execute(struct view *view, unsigned row)
{
    char sentence[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(sentence, sizeof sentence);

    explain_effect(&text, &view->session);
    page_prose(view, row, 3, LAST_COLUMN, LAST_WIDTH, ATTR_STRONG, sentence);
}

static void draw_last(struct view *view, unsigned row)
{
    const struct last *last = &view->session.last;
    bool obeyed = last->valid && !last->hung;
    unsigned decode = row + 1;

    cells_text(&view->cells, row, LAB_RIGHT, ATTR_LABEL, "fetch");
    if (obeyed)
        decode = draw_fetch(view, row);
    else if (last->valid)
        cells_text(&view->cells, row, LAST_COLUMN, ATTR_STRONG,
                   "hung: nothing was fetched");
    cells_text(&view->cells, decode, LAB_RIGHT, ATTR_LABEL, "decode");
    cells_text(&view->cells, decode + 1, LAB_RIGHT, ATTR_LABEL, "execute");
    if (!obeyed)
        return;
    draw_decode(view, decode);
    draw_execute(view, decode + 1);
}

/* Draws which way V(S) and interp() lead, in ROW below both states. */
static void draw_directions(struct view *view, unsigned row)
{
    cells_text(&view->cells, row, LAB_RIGHT, ATTR_LABEL, "V(S) on loading");
    cells_put(&view->cells, row, V_LEFT - 2, CHAR_RIGHT, ATTR_LABEL);
    cells_put(&view->cells, row, V_LEFT, CHAR_LEFT, ATTR_LABEL);
    cells_text(&view->cells, row, V_LEFT + 2, ATTR_LABEL, "interp() on exit");
}

void lab_states_draw(struct view *view, unsigned row)
{
    cells_text(&view->cells, row - 1, LAB_RIGHT, ATTR_LABEL, "T-state");
    cells_text(&view->cells, row - 1, V_LEFT, ATTR_LABEL, "V-state");
    draw_directions(view, row + LAST - 1);
    draw_t_state(view, row);
    draw_v_state(view, row);
    draw_last(view, row + LAST);
}
