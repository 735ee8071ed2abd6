/* SPDX-License-Identifier: MIT */
/*
 * At 115,200 baud, only 230 bytes can be sent per frame.  The cursor is
 * therefore moved by an address or by rewriting the cells on the way, whichever
 * is shorter.  Rows are drawn round-robin, so that a row that changes all the
 * time does not starve the others.
 */
#include "terminal.h"
#include "ansi.h"
#include "charset.h"
#include <string.h>

#define PROBE_ROW 2 /* for UTF-8; a reply for row 1 would look like F3 */

/* Resets the scrolling region and origin mode, selects ASCII, and turns off
   wrapping at the last column and the cursor. */
#define SET_UP "\x1B[r\x1B[?6l\x1B(B\x0F\x1B[?7l\x1B[?25l"
#define CLEAR  "\x1B[m\x1B[2J"
/* Prints a middle dot, then queries the cursor and the bottom right corner. */
#define ASK      "\x1B[2;1H\xC2\xB7\x1B[6n\x1B[999;999H\x1B[6n"
#define MAKE_WAY "\x1B[m\x1B[?7h\x1B[?25h\x1B[999;1H\r\n"

#define UNKNOWN CELLS_COLUMNS_MAX /* a column right of all others */
#define NOTHING 0x0000            /* a value that no cell has */
#define ENOUGH  48 /* bytes to buffer at once; a cell takes up to 32 */

/* Returns the visible part of CELL.  A blank has no visible foreground. */
static uint16_t seen(uint16_t cell)
{
    return (cell & 0xFF) == ' ' ? cell & 0xF0FF : cell;
}

static bool differs(const struct terminal *terminal, const struct cells *cells,
                    unsigned row, unsigned column)
{
    return seen(terminal->shown[row][column]) != seen(cells->at[row][column]);
}

/* Marks everything as unknown, because terminals clear to different colours. */
static void forget_all(struct terminal *terminal)
{
    memset(terminal->shown, NOTHING, sizeof terminal->shown);
    terminal->column = UNKNOWN;
    terminal->attribute = ANSI_UNDEFINED;
}

static void put(struct terminal *terminal, char c)
{
    terminal->bytes[terminal->size++] = c;
}

static void put_text(struct terminal *terminal, const char *text)
{
    while (*text != '\0')
        put(terminal, *text++);
}

static void put_cell(struct terminal *terminal, uint16_t cell)
{
    char glyph[GLYPH_SIZE];

    glyph_write(glyph, (uint8_t)cell, terminal->utf8, terminal->grid.rows);
    put_text(terminal, glyph);
}

static bool fits(const struct terminal *terminal, uint16_t cell)
{
    int attribute = cell >> 8;

    if ((cell & 0xFF) == ' ')
        return terminal->attribute >= 0 &&
               terminal->attribute >> 4 == attribute >> 4;
    return terminal->attribute == attribute;
}

static void set_attribute(struct terminal *terminal, uint16_t cell)
{
    if (fits(terminal, cell))
        return;
    char sequence[ANSI_SIZE];

    ansi_attribute(sequence, terminal->attribute, (uint8_t)(cell >> 8));
    put_text(terminal, sequence);
    terminal->attribute = cell >> 8;
}

/* Returns true if rewriting cells up to COLUMN takes fewer than LIMIT bytes. */
static bool is_short_way(const struct terminal *terminal, const uint16_t *cells,
                         unsigned column, unsigned limit)
{
    char glyph[GLYPH_SIZE];
    unsigned cost = 0;

    for (unsigned i = terminal->column; i < column && cost < limit; i++) {
        if (!fits(terminal, cells[i]))
            return false;
        cost += glyph_write(glyph, (uint8_t)cells[i], terminal->utf8,
                            terminal->grid.rows);
    }
    return cost < limit;
}

static void move(struct terminal *terminal, const struct cells *cells,
                 unsigned row, unsigned column)
{
    const uint16_t *way = cells->at[row];
    char address[ANSI_SIZE];
    unsigned cost = ansi_address(address, row, column);

    if (terminal->row == row && terminal->column <= column &&
        is_short_way(terminal, way, column, cost)) {
        for (; terminal->column < column; terminal->column++)
            put_cell(terminal, way[terminal->column]);
        return;
    }
    put_text(terminal, address);
    terminal->row = row;
    terminal->column = column;
}

/* Finds the next cell that has changed, starting from the last one found. */
static bool find(struct terminal *terminal, const struct cells *cells)
{
    for (unsigned i = 0; i <= cells->rows; i++) {
        unsigned row = terminal->look_row;
        unsigned *column = &terminal->look_column;

        if (memcmp(terminal->shown[row], cells->at[row],
                   sizeof cells->at[row]) != 0)
            for (; *column < cells->columns; ++*column)
                if (differs(terminal, cells, row, *column))
                    return true;
        *column = 0;
        terminal->look_row = (row + 1) % cells->rows;
    }
    terminal->changed = false;
    return false;
}

static void draw(struct terminal *terminal, const struct cells *cells,
                 unsigned row, unsigned column)
{
    uint16_t wanted = cells->at[row][column];

    move(terminal, cells, row, column);
    set_attribute(terminal, wanted);
    put_cell(terminal, wanted);
    terminal->column++;
    terminal->shown[row][column] = wanted;
}

static void follow_grid(struct terminal *terminal, const struct cells *cells)
{
    if (terminal->grid.rows == cells->rows &&
        terminal->grid.columns == cells->columns)
        return;
    terminal->grid = (struct cells_size){cells->rows, cells->columns};
    terminal->look_row = 0;
    terminal->look_column = 0;
    put_text(terminal, CLEAR);
    forget_all(terminal);
}

static void draw_some(struct terminal *terminal, const struct cells *cells)
{
    follow_grid(terminal, cells);
    while (terminal->size < ENOUGH && find(terminal, cells))
        draw(terminal, cells, terminal->look_row, terminal->look_column);
}

static bool has_bytes(const struct terminal *terminal)
{
    return terminal->sent < terminal->size;
}

bool terminal_is_sending(const struct terminal *terminal)
{
    return has_bytes(terminal) || terminal->words != NULL;
}

static void send_words(struct terminal *terminal)
{
    put_text(terminal, terminal->words);
    terminal->words = NULL;
}

void terminal_start(struct terminal *terminal, bool ask, uint64_t now)
{
    terminal->words = ask ? SET_UP ASK : SET_UP;
    terminal->asking = ask;
    terminal->asked = now;
    terminal->left = false;
    terminal->grid = (struct cells_size){0, 0};
    terminal->changed = true;
}

void terminal_leave(struct terminal *terminal)
{
    terminal->words = MAKE_WAY;
    terminal->asking = false;
    terminal->left = true;
}

void terminal_changed(struct terminal *terminal)
{
    terminal->changed = true;
}

/* Sets the encoding.  If it changes, all non-ASCII characters are redrawn. */
static void set_utf8(struct terminal *terminal, bool utf8)
{
    if (terminal->utf8 == utf8)
        return;
    terminal->utf8 = utf8;
    for (unsigned row = 0; row < CELLS_ROWS_MAX; row++)
        for (unsigned column = 0; column < CELLS_COLUMNS_MAX; column++)
            if (glyph_is_special((uint8_t)terminal->shown[row][column]))
                terminal->shown[row][column] = NOTHING;
    terminal->changed = true;
}

void terminal_reply(struct terminal *terminal, unsigned row, unsigned column)
{
    if (row == PROBE_ROW && column == 2) {
        set_utf8(terminal, true);
    } else if (row == PROBE_ROW) {
        set_utf8(terminal, false);
    } else {
        terminal->rows = row;
        terminal->columns = column;
        terminal->asking = false;
    }
}

void terminal_turn(struct terminal *terminal, uint64_t now)
{
    if (!terminal->asking)
        return;
    if (terminal_is_sending(terminal)) {
        terminal->asked = now;
    } else if (now >= terminal->asked + TERMINAL_TIMEOUT_US) {
        set_utf8(terminal, false);
        terminal->rows = 0;
        terminal->asking = false;
    }
}

bool terminal_has_more(const struct terminal *terminal)
{
    return terminal_is_sending(terminal) ||
           (terminal->changed && !terminal->asking && !terminal->left);
}

size_t terminal_next(struct terminal *terminal, const struct cells *cells,
                     const char **bytes)
{
    if (!has_bytes(terminal)) {
        terminal->size = terminal->sent = 0;
        if (terminal->words != NULL)
            send_words(terminal);
        else if (terminal_has_more(terminal))
            draw_some(terminal, cells);
    }
    *bytes = terminal->bytes + terminal->sent;
    return terminal->size - terminal->sent;
}

void terminal_sent(struct terminal *terminal, size_t count)
{
    terminal->sent += count;
}
