/* SPDX-License-Identifier: MIT */
/*
 * The store in the lab: each line, whether it turned out to be an instruction
 * or a number (code discovery), and what the engine made of it.
 */
#include "emu/text/mnemonic.h"
#include "lab_internal.h"

#define MARK         4 /* of the line of CI */
#define WORD_COLUMN  6
#define USE_COLUMN   18
#define KEEPS_COLUMN 26

/* What the engine itself knows to have been obeyed, besides what was seen. */
static uint32_t obeyed_by(const struct desk *desk)
{
    if (desk->engine == &engine_predecoded)
        return desk->engine_state.predecoded.obeyed;
    if (desk->engine == &engine_translator &&
        !desk->engine_state.translator.changed)
        return desk->engine_state.translator.seen;
    return 0;
}

/* Lines that the instructions in LINES act on. */
static uint32_t operands_of(const struct machine *machine, uint32_t lines)
{
    uint32_t operands = 0;

    for (unsigned line = 0; line < LINES; line++) {
        uint32_t word = machine->store[line];

        if (lines >> line & 1 && word_function(word) < CMP)
            operands |= 1u << word_line(word);
    }
    return operands;
}

void lab_discover(struct desk *desk)
{
    uint32_t found = obeyed_by(desk);

    desk->obeyed |= found;
    desk->accessed |= operands_of(&desk->machine, found);
}

static void draw_word(struct ui *ui, unsigned row, unsigned line)
{
    char buffer[16];
    struct text text = text_begin(buffer, sizeof buffer);
    uint32_t word = ui->desk.machine.store[line];
    bool control = word_line(ui->desk.machine.ci) == line;

    if (ui->desk.obeyed >> line & 1 || !(ui->desk.numbers >> line & 1))
        instruction_write(&text, word);
    else
        text_add(&text, "%d", (int)word);
    cells_text(&ui->cells, row, WORD_COLUMN, control ? LOOK_STRONG : LOOK_TEXT,
               buffer);
}

static void draw_use(struct ui *ui, unsigned row, unsigned line)
{
    static const char *const uses[] = {"never", "obeyed", "data", "both"};
    unsigned obeyed = ui->desk.obeyed >> line & 1;
    unsigned data = ui->desk.accessed >> line & 1;
    unsigned use = obeyed + 2 * data;

    cells_text(&ui->cells, row, USE_COLUMN, use == 0 ? LOOK_LABEL : LOOK_TEXT,
               uses[use]);
}

/* ---- what engines keep of a line ---- */

static void keeps_slot(struct text *text, const struct desk *desk,
                       unsigned line)
{
    static const char *const names[] = {"jmp", "jrp", "ldn", "sto",
                                        "sub", "sub", "cmp", "stp"};
    const struct predecoded *predecoded = &desk->engine_state.predecoded;
    const struct slot *slot = &predecoded->slot[line];
    uint32_t word = desk->machine.store[line];

    if (predecoded->machine == NULL || predecoded->stale >> line & 1 ||
        slot->routine == predecoded->undecoded || slot->operand == NULL)
        text_add(text, "undecoded");
    else if (word_function(word) >= CMP)
        text_add(text, "%s", names[word_function(word)]);
    else
        text_add(text, "%s, &S[%u]", names[word_function(word)],
                 (unsigned)(slot->operand - desk->machine.store));
}

/* The map table; where there is no block yet, how hot the line is. */
static void keeps_map(struct text *text, const struct ui *ui, unsigned line)
{
    const struct translator *translator = &ui->desk.engine_state.translator;
    uint32_t lines = 0, operands = 0;

    for (unsigned entry = 0; entry < LINES; entry++) {
        if (!lab_has_block(ui, entry))
            continue;
        lines |= translator->blocks[entry].lines;
        operands |= translator->blocks[entry].operands;
    }
    if (lab_has_block(ui, line))
        text_add(text, "block at %u", (unsigned)translator->blocks[line].code);
    else if (lines >> line & 1)
        text_add(text, "in a block");
    else if (operands >> line & 1)
        text_add(text, "a constant");
    else if (translator->changed || translator->arrivals[line] == 0)
        text_add(text, "-");
    else if (translator->arrivals[line] >= translator->hot)
        text_add(text, "hot");
    else
        text_add(text, "%u of %u", (unsigned)translator->arrivals[line],
                 (unsigned)translator->hot);
}

static void draw_keeps(struct ui *ui, unsigned row, unsigned line)
{
    char buffer[20];
    struct text text = text_begin(buffer, sizeof buffer);

    if (ui->desk.engine == &engine_predecoded)
        keeps_slot(&text, &ui->desk, line);
    else if (lab_translates(ui))
        keeps_map(&text, ui, line);
    cells_text(&ui->cells, row, KEEPS_COLUMN, LOOK_TEXT, buffer);
}

static void draw_line(struct ui *ui, unsigned row, unsigned line)
{
    bool control = word_line(ui->desk.machine.ci) == line;

    page_text(ui, row, 1, line == ui->line ? LOOK_CURSOR : LOOK_LABEL, "%02u",
              line);
    if (control && ui->desk.last.valid)
        cells_put(&ui->cells, row, MARK, CHAR_POINTER, LOOK_STRONG);
    draw_word(ui, row, line);
    draw_use(ui, row, line);
    draw_keeps(ui, row, line);
}

void lab_lines_draw(struct ui *ui, unsigned row, unsigned rows)
{
    const char *keeps = ui->desk.engine == &engine_predecoded ? "slot"
                        : lab_translates(ui)                  ? "map table"
                                                              : "";

    cells_text(&ui->cells, row - 1, 1, LOOK_LABEL, "line word");
    cells_text(&ui->cells, row - 1, USE_COLUMN, LOOK_LABEL, "use");
    cells_text(&ui->cells, row - 1, KEEPS_COLUMN, LOOK_LABEL, keeps);
    for (unsigned i = 0; i < rows; i++)
        draw_line(ui, row + i, page_line(ui, rows, i));
}
