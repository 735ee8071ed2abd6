/* SPDX-License-Identifier: MIT */
/* Tests terminal output with a small terminal emulator. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "console/terminal.h"
#include "console/attributes.h"

#define SECOND      1000000u
#define FRAME_BYTES 230 /* bytes per frame at 115,200 baud */

struct place {
    /* Unicode character, or byte if the terminal is not in UTF-8 mode */
    uint32_t code;
    unsigned front, back;
    bool bold, faint, reverse;
};

/* Properties of the emulated terminal. */
static struct {
    unsigned rows, columns;
    bool utf8;
    bool silent; /* true if the terminal does not answer queries */
} kind;

/* State of the emulated terminal. */
static struct {
    struct place at[CELLS_ROWS_MAX][CELLS_COLUMNS_MAX];
    struct place pen;
    unsigned row, column;
    bool wraps, cursor;
    char sequence[32]; /* bytes received since Esc */
    unsigned length;
    bool inside;
    unsigned following; /* number of UTF-8 continuation bytes expected */
    uint32_t code;
    /* number of characters written and of screens cleared */
    unsigned written, erased;
    unsigned scrolled;
} vt;

static struct terminal terminal;
static struct cells cells;
static uint64_t now;
static size_t total; /* total number of bytes received */

static void reset_pen(void)
{
    vt.pen = (struct place){.code = ' ', .front = 7};
}

/* Fills a row with blanks in the current colour. */
static void erase(unsigned row)
{
    for (unsigned column = 0; column < kind.columns; column++)
        vt.at[row][column] = (struct place){.code = ' ', .back = 4};
}

static void colour(unsigned parameter)
{
    if (parameter == 0)
        reset_pen();
    else if (parameter == 1)
        vt.pen.bold = true;
    else if (parameter == 2)
        vt.pen.faint = true;
    else if (parameter == 7)
        vt.pen.reverse = true;
    else if (parameter >= 30 && parameter <= 37)
        vt.pen.front = parameter - 30;
    else if (parameter >= 40 && parameter <= 47)
        vt.pen.back = parameter - 40;
    else if (parameter >= 90 && parameter <= 97)
        vt.pen.front = parameter - 90 + 8;
    else if (parameter >= 100 && parameter <= 107)
        vt.pen.back = parameter - 100 + 8;
    else
        fail_msg("SGR %u", parameter);
}

static void answer(void)
{
    if (!kind.silent)
        terminal_reply(&terminal, vt.row + 1, vt.column + 1);
}

static unsigned parameters(unsigned numbers[8])
{
    char *at = vt.sequence + 1;
    unsigned count = 0;

    do {
        assert_true(count < 8);
        numbers[count++] = (unsigned)strtoul(at, &at, 10);
    } while (*at++ == ';');
    return count;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static void obey(char final)
{
    unsigned number[8] = {0};
    unsigned count = parameters(number);

    switch (final) {
    case 'H':
        vt.row = least(number[0] > 0 ? number[0] - 1 : 0, kind.rows - 1);
        vt.column = least(number[1] > 0 ? number[1] - 1 : 0, kind.columns - 1);
        break;
    case 'J':
        assert_int_equal(number[0], 2);
        for (unsigned row = 0; row < kind.rows; row++)
            erase(row);
        vt.erased++;
        break;
    case 'm':
        for (unsigned i = 0; i < count; i++)
            colour(number[i]);
        break;
    case 'n':
        assert_int_equal(number[0], 6);
        answer();
        break;
    case 'r':
        vt.row = vt.column = 0;
        break;
    default:
        fail_msg("CSI %s", vt.sequence);
    }
}

static void set_mode(const char *mode)
{
    if (strcmp(mode, "[?7l") == 0 || strcmp(mode, "[?7h") == 0)
        vt.wraps = mode[3] == 'h';
    else if (strcmp(mode, "[?25l") == 0 || strcmp(mode, "[?25h") == 0)
        vt.cursor = mode[4] == 'h';
    else if (strcmp(mode, "[?6l") != 0)
        fail_msg("mode %s", mode);
}

static void take_sequence(char c)
{
    assert_true(vt.length < sizeof vt.sequence - 1);
    vt.sequence[vt.length++] = c;
    vt.sequence[vt.length] = '\0';
    if (vt.length == 1 && (c == '[' || c == '('))
        return;
    if (vt.sequence[0] == '(') {
        assert_int_equal(c, 'B');
    } else {
        assert_int_equal(vt.sequence[0], '[');
        if (c < '@')
            return;
        if (vt.sequence[1] == '?')
            set_mode(vt.sequence);
        else
            obey(c);
    }
    vt.inside = false;
}

/* Displays a character.  Fails if it would make the terminal wrap. */
static void show(uint32_t code)
{
    assert_true(vt.row < kind.rows && vt.column < kind.columns);
    assert_false(vt.wraps);
    vt.at[vt.row][vt.column] = vt.pen;
    vt.at[vt.row][vt.column].code = code;
    vt.written++;
    if (vt.column < kind.columns - 1)
        vt.column++;
}

static void take_character(uint8_t byte)
{
    if (!kind.utf8) {
        assert_true(byte >= ' ');
        show(byte);
    } else if (byte >= 0x80 && byte < 0xC0) {
        assert_true(vt.following > 0);
        vt.code = vt.code << 6 | (byte & 0x3F);
        if (--vt.following == 0)
            show(vt.code);
    } else {
        assert_int_equal(vt.following, 0);
        assert_true(byte < 0xF0);
        vt.following = byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
        vt.code = byte & (byte >= 0xE0 ? 0x0F : 0x1F);
        if (vt.following == 0)
            show(byte);
    }
}

static void take(uint8_t byte)
{
    if (vt.inside) {
        take_sequence((char)byte);
    } else if (byte == 0x1B) {
        vt.inside = true;
        vt.length = 0;
    } else if (byte == '\n' && vt.row == kind.rows - 1) {
        vt.scrolled++;
    } else if (byte == '\r') {
        vt.column = 0;
    } else if (byte != 0x0F) {
        take_character(byte);
    }
}

/* Lets the terminal receive up to LIMIT bytes.  Returns their number. */
static size_t transmit(size_t limit)
{
    const char *bytes;
    size_t count;

    terminal_turn(&terminal, now);
    count = terminal_next(&terminal, &cells, &bytes);
    if (count > limit)
        count = limit;
    for (size_t i = 0; i < count; i++)
        take((uint8_t)bytes[i]);
    terminal_sent(&terminal, count);
    total += count;
    return count;
}

/* Receives all pending output and returns the number of bytes. */
static size_t transmit_all(void)
{
    size_t before = total;

    for (unsigned i = 0; i < 100000; i++)
        if (transmit(SIZE_MAX) == 0 && !terminal.asking)
            return total - before;
        else
            now += 10;
    fail_msg("transmitting never ends");
    return 0;
}

static void connect(unsigned rows, bool utf8, bool silent)
{
    memset(&vt, 0, sizeof vt);
    vt.pen = (struct place){.code = 'x', .front = 3, .back = 5, .bold = true};
    for (unsigned row = 0; row < rows; row++)
        for (unsigned column = 0; column < CELLS_COLUMNS_MAX; column++)
            vt.at[row][column] = vt.pen;
    vt.wraps = vt.cursor = true;
    kind.rows = rows;
    kind.columns = rows > PAGE_ROWS ? CELLS_COLUMNS_MAX : PAGE_COLUMNS;
    kind.utf8 = utf8;
    kind.silent = silent;
}

static void start(unsigned rows, bool utf8)
{
    memset(&terminal, 0, sizeof terminal);
    connect(rows, utf8, false);
    now = SECOND;
    total = 0;
    memset(&cells, 0, sizeof cells);
    cells_set_size(&cells, rows, kind.columns);
    cells_clear(&cells, ATTR_TEXT);
    terminal_start(&terminal, true, now);
    transmit_all();
}

static const struct {
    uint8_t character;
    char ascii;
    uint32_t unicode;
} special[] = {
    {CHAR_LAMP_ON, '*', 0x25CF},
    {CHAR_LAMP_OFF, 'o', 0x25CB},
    {CHAR_POINTER, '>', 0x25BA},
    {CHAR_POINTER_LEFT, '<', 0x25C4},
    {CHAR_UP, '^', 0x2191},
    {CHAR_DOWN, 'v', 0x2193},
    {CHAR_RIGHT, '>', 0x2192},
    {CHAR_LEFT, '<', 0x2190},
    {CHAR_FRAME_TEE_LEFT, '+', 0x2524},
    {CHAR_VERTICAL, '|', 0x2502},
    {CHAR_TOP_RIGHT, '+', 0x2510},
    {CHAR_BOTTOM_LEFT, '+', 0x2514},
    {CHAR_FRAME_TEE_RIGHT, '+', 0x251C},
    {CHAR_HORIZONTAL, '-', 0x2500},
    {CHAR_BOTTOM_RIGHT, '+', 0x2518},
    {CHAR_TOP_LEFT, '+', 0x250C},
    {CHAR_DOT, '.', 0x00B7},
    {CHAR_QUARTER, '.', 0x00B7},
    {CHAR_HALF, '~', '-'},
    {CHAR_THREE_QUARTERS, '-', 0x2500},
    {CHAR_DASH, '-', 0x2501},
    {CHAR_UPPER_HALF, '"', 0x2580},
    {CHAR_LOWER_HALF, '_', 0x2584},
    {CHAR_BOTH_HALVES, '=', 0x2588},
    {CHAR_WIDE_TAIL_SHORT, ' ', 0x2574},
    {CHAR_WIDE_UPPER, '"', 0x2580},
    {CHAR_WIDE_UPPER_TAIL, ' ', 0x2598},
    {CHAR_WIDE_LOWER, '_', 0x2584},
    {CHAR_WIDE_LOWER_TAIL, ' ', 0x2596},
    {CHAR_WIDE, '-', 0x2501},
    {CHAR_WIDE_TAIL, ' ', 0x2578},
};
#define SPECIAL (sizeof special / sizeof special[0])

static uint32_t line_offset(uint8_t character)
{
    bool halves = cells.rows < 50;

    if (character == CHAR_WIDE && halves)
        return kind.utf8 && !kind.silent ? 0x2588 : '=';
    if (character == CHAR_WIDE_TAIL && halves)
        return kind.utf8 && !kind.silent ? 0x258C : ' ';
    for (unsigned i = 0; i < SPECIAL; i++)
        if (special[i].character == character)
            return kind.utf8 && !kind.silent ? special[i].unicode
                                             : (uint32_t)special[i].ascii;
    return character >= ' ' && character <= '~' ? character : '?';
}

/* Converts a PC colour to a terminal colour by swapping red and blue. */
static unsigned swapped(unsigned pc)
{
    return (pc & 8) | (pc & 1) << 2 | (pc & 2) | (pc & 4) >> 2;
}

static void check_place(unsigned row, unsigned column)
{
    const struct place *place = &vt.at[row][column];
    uint16_t cell = cells.at[row][column];
    unsigned front = cell >> 8 & 15, back = cell >> 12;
    unsigned ground = place->reverse ? place->front : place->back;
    unsigned ink = place->reverse ? place->back : place->front;

    if (place->code != line_offset((uint8_t)cell) || ground != swapped(back))
        fail_msg("%u,%u: U+%04X on %u for %04X", row, column,
                 (unsigned)place->code, ground, cell);
    if (place->code == ' ' && (cell & 0xFF) == ' ')
        return;
    bool dark = front == 8 && back == 0;

    if (ink != (dark ? 2 : swapped(front)) || place->faint != dark ||
        place->reverse != (back != 0) ||
        place->bold != ((back != 0 ? back : front) > 8))
        fail_msg("%u,%u: colour %u for %04X", row, column, ink, cell);
}

static void check(void)
{
    for (unsigned row = 0; row < cells.rows; row++)
        for (unsigned column = 0; column < cells.columns; column++)
            check_place(row, column);
    assert_false(vt.cursor);
    assert_false(vt.inside);
}

static uint32_t seed;

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(seed >> 4) * limit >> 28);
}

static uint8_t random_attribute(void)
{
    static const uint8_t looks[] = {
        0x08,        0x02,     0x07,          0x0A,
        0x0E,        0x0F,     ATTR_LABEL,    ATTR_STRONG,
        ATTR_CURSOR, ATTR_BAR, ATTR_SELECTED, ATTR_WARN,
    };

    return random_below(8) == 0 ? (uint8_t)random_below(256)
                                : looks[random_below(sizeof looks)];
}

static uint8_t random_character(void)
{
    switch (random_below(4)) {
    case 0:
        return ' ';
    case 1:
        return special[random_below(SPECIAL)].character;
    case 2:
        return (uint8_t)(1 + random_below(255));
    default:
        return (uint8_t)('a' + random_below(26));
    }
}

/* Changes single cells or runs of cells, and sometimes the whole screen. */
static void change(void)
{
    unsigned row = random_below(cells.rows),
             column = random_below(cells.columns);

    switch (random_below(12)) {
    case 0:
        cells_clear(&cells, random_attribute());
        break;
    case 1:
    case 2:
        cells_fill(&cells, row, column, random_below(80), random_character(),
                   random_attribute());
        break;
    case 3:
        cells_fill(&cells, row, column, 80, ' ', ATTR_TEXT);
        break;
    default:
        cells_put(&cells, row, column, random_character(), random_attribute());
        break;
    }
    terminal_changed(&terminal);
}

/* All changes must be displayed in the end, even if the port is slow. */
static void test_random_cells(void **state)
{
    (void)state;
    static const unsigned rows[] = {24, 50, 60};

    for (unsigned i = 0; i < 18; i++) {
        start(rows[i % 3], i & 1);
        seed = i;
        for (unsigned j = 0; j < 400; j++) {
            for (unsigned changes = random_below(30); changes > 0; changes--)
                change();
            for (unsigned sips = random_below(20); sips > 0; sips--)
                transmit(1 + random_below(100));
            if (j % 4 == 0) {
                transmit_all();
                check();
            }
        }
    }
}

static void test_every_character(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        start(i & 1 ? 50 : 24, i & 2);
        for (unsigned c = 1; c < 256; c++)
            cells_put(&cells, c / 16, c % 16, (uint8_t)c, ATTR_TEXT);
        for (unsigned c = 0; c < 256; c++)
            cells_put(&cells, c / 16, 20 + c % 16, 'x', (uint8_t)c);
        terminal_changed(&terminal);
        transmit_all();
        check();
    }
}

/* Each kind of digit must be shown as a different ASCII character. */
static void test_the_tube_in_ascii(void **state)
{
    static const uint8_t four[] = {CHAR_DOT, CHAR_UPPER_HALF, CHAR_LOWER_HALF,
                                   CHAR_BOTH_HALVES};

    (void)state;
    start(24, false);
    for (unsigned i = 0; i < 4; i++)
        cells_put(&cells, 0, i, four[i], ATTR_TEXT);
    cells_put(&cells, 0, 4, CHAR_DASH, ATTR_TEXT);
    terminal_changed(&terminal);
    transmit_all();
    for (unsigned i = 0; i < 5; i++)
        for (unsigned j = 0; j < i; j++)
            assert_int_not_equal(vt.at[0][i].code, vt.at[0][j].code);
}

/* Only cells that have changed may be sent. */
static void test_only_what_changed(void **state)
{
    (void)state;
    start(50, true);
    assert_false(terminal_has_more(&terminal));
    terminal_changed(&terminal);
    assert_int_equal(transmit_all(), 0);
    /* A new foreground colour makes no difference to a blank cell. */
    cells_clear(&cells, ATTR_STRONG);
    terminal_changed(&terminal);
    assert_int_equal(transmit_all(), 0);
    vt.written = vt.erased = 0;
    cells_put(&cells, 10, 10, CHAR_DASH, ATTR_TEXT);
    cells_put(&cells, 40, 79, 'x', ATTR_TEXT);
    terminal_changed(&terminal);
    transmit_all();
    check();
    assert_int_equal(vt.written, 2);
    assert_int_equal(vt.erased, 0);
}

/* Returns the number of bytes sent to display a text in the current colour. */
static size_t cost(unsigned row, unsigned column, const char *text)
{
    cells_text(&cells, row, column, ATTR_TEXT, text);
    terminal_changed(&terminal);
    return transmit_all();
}

static void test_bytes_per_change(void **state)
{
    (void)state;
    start(50, true);
    cost(0, 0, "a");
    assert_int_equal(cost(0, 1, "b"), 1);
    /* writing blanks is shorter than moving the cursor */
    assert_int_equal(cost(0, 4, "c"), 3);
    assert_int_equal(cost(1, 0, "d"), 5);   /* ESC [ 2 H */
    assert_int_equal(cost(1, 8, "e"), 7);   /* ESC [ 2 ; 9 H */
    assert_int_equal(cost(11, 19, "f"), 9); /* ESC [ 1 2 ; 2 0 H */
    assert_int_equal(cost(11, 18, "g"), 9);
    assert_int_equal(cost(3, 0, "a whole word"), 4 + 12);
    /* Selecting a new colour of the same brightness takes five bytes. */
    cells_put(&cells, 3, 12, '!', ATTR_STRONG);
    terminal_changed(&terminal);
    assert_int_equal(transmit_all(), 5 + 1);
    check();
}

/* Half a frame must be enough to send a line of 32 digits that all change. */
static void test_cost_of_a_line(void **state)
{
    (void)state;
    start(50, true);
    for (unsigned i = 0; i < 4; i++) {
        cells_fill(&cells, 10, 4, 32, i & 1 ? CHAR_DOT : CHAR_DASH, 0x0A);
        terminal_changed(&terminal);
        assert_in_range(transmit_all(), 64, FRAME_BYTES / 2);
        check();
    }
}

/* Writing to the last column must not make the terminal wrap or scroll. */
static void test_last_column(void **state)
{
    (void)state;
    for (unsigned rows = 24; rows <= 50; rows += 26) {
        start(rows, true);
        for (unsigned row = 0; row < rows; row++)
            cells_fill(&cells, row, 0, 80, (uint8_t)('a' + row % 26),
                       ATTR_TEXT);
        terminal_changed(&terminal);
        transmit_all();
        check();
        assert_int_equal(vt.scrolled, 0);
    }
}

/* Rows that change all the time must not prevent other rows from being sent. */
static void test_no_row_starves(void **state)
{
    (void)state;
    start(50, true);
    cells_fill(&cells, 45, 0, 80, '=', ATTR_BAR);
    for (unsigned i = 0; i < 1000; i++) {
        cells_fill(&cells, 3, 0, 80, i & 1 ? '1' : '0', ATTR_TEXT);
        cells_fill(&cells, 5, 0, 80, i & 1 ? '0' : '1', ATTR_TEXT);
        terminal_changed(&terminal);
        transmit(16);
        if (vt.at[45][79].code == '=')
            return;
    }
    fail_msg("row 45 was never drawn");
}

/* Intermediate frames that have not been sent must be skipped. */
static void test_no_old_frames(void **state)
{
    (void)state;
    start(24, false);
    for (unsigned i = 0; i < 1000; i++) {
        cells_put(&cells, 5, 5, (uint8_t)('a' + i % 26), ATTR_TEXT);
        terminal_changed(&terminal);
    }
    assert_in_range(transmit_all(), 1, 30);
    check();
}

static void test_answers(void **state)
{
    static const unsigned rows[] = {24, 25, 50, 60};

    (void)state;
    for (unsigned i = 0; i < 8; i++) {
        start(rows[i / 2], i & 1);
        assert_int_equal(terminal.rows, rows[i / 2]);
        assert_int_equal(terminal.utf8, i & 1);
        check();
    }
}

/* A terminal that does not answer must receive ASCII after a timeout. */
static void test_no_answer(void **state)
{
    (void)state;
    start(24, true);
    connect(24, true, true);
    cells_put(&cells, 0, 0, CHAR_DOT, ATTR_TEXT);
    terminal_start(&terminal, true, now);
    while (transmit(SIZE_MAX) > 0)
        ;
    assert_true(terminal.asking);
    assert_int_equal(vt.written, 1);
    now += TERMINAL_TIMEOUT_US - 1;
    assert_int_equal(transmit(SIZE_MAX), 0);
    now += 1;
    assert_true(transmit(SIZE_MAX) > 0);
    transmit_all();
    assert_int_equal(terminal.rows, 0);
    assert_false(terminal.utf8);
    check();
}

/* The timeout must start when the query has been sent, even on a slow line. */
static void test_slow_line(void **state)
{
    (void)state;
    start(24, true);
    kind.silent = true;
    terminal_start(&terminal, true, now);
    while (transmit(1) > 0)
        now += SECOND / 120;
    assert_true(terminal.asking);
    terminal_reply(&terminal, 2, 2);
    terminal_reply(&terminal, 24, 80);
    kind.silent = false;
    transmit_all();
    assert_true(terminal.utf8);
    check();
}

static void test_late_answer(void **state)
{
    (void)state;
    start(50, true);
    connect(50, true, true);
    for (unsigned i = 0; i < SPECIAL; i++)
        cells_put(&cells, 7, i, special[i].character, ATTR_TEXT);
    terminal_start(&terminal, true, now);
    transmit_all();
    check();
    kind.silent = false;
    terminal_reply(&terminal, 2, 2);
    vt.written = 0;
    transmit_all();
    check();
    assert_in_range(vt.written, SPECIAL - 3, SPECIAL);
    terminal_reply(&terminal, 2, 3);
    kind.utf8 = false;
    transmit_all();
    check();
    terminal_reply(&terminal, 40, 80);
    assert_int_equal(terminal.rows, 40);
}

static void test_start_again(void **state)
{
    (void)state;
    start(24, true);
    cells_text(&cells, 3, 3, ATTR_STRONG, "something");
    terminal_changed(&terminal);
    transmit_all();
    connect(24, true, false);
    terminal_start(&terminal, true, now);
    transmit_all();
    check();
}

/* If the terminal is not queried, it must be redrawn immediately. */
static void test_start_without_query(void **state)
{
    (void)state;
    start(50, true);
    cells_fill(&cells, 3, 3, 20, CHAR_DASH, ATTR_STRONG);
    connect(50, true, false);
    terminal_start(&terminal, false, now);
    while (transmit(SIZE_MAX) > 0)
        ;
    check();
    assert_int_equal(terminal.rows, 50);
}

static void test_other_rows(void **state)
{
    (void)state;
    start(50, true);
    for (unsigned i = 0; i < 4; i++) {
        for (unsigned row = 0; row < cells.rows; row++)
            cells_fill(&cells, row, 0, 80, 'x', ATTR_TEXT);
        terminal_changed(&terminal);
        transmit(100 * i);
        transmit_all();
        check();
        cells_set_size(&cells, cells.rows == 50 ? 24 : 50, PAGE_COLUMNS);
        cells_clear(&cells, ATTR_TEXT);
        cells_text(&cells, 2, 2, ATTR_TEXT, "other");
        terminal_changed(&terminal);
        transmit_all();
        check();
        if (cells.rows == 24)
            assert_int_equal(vt.at[30][5].code, ' ');
    }
}

/* Leaving must reset the terminal and move the cursor to the last row. */
static void test_leave_terminal(void **state)
{
    (void)state;
    start(24, true);
    cells_text(&cells, 3, 3, ATTR_STRONG, "something");
    terminal_changed(&terminal);
    transmit(9);
    assert_true(terminal_is_sending(&terminal));
    terminal_leave(&terminal);
    transmit_all();
    assert_false(terminal_has_more(&terminal));
    terminal_changed(&terminal);
    assert_false(terminal_has_more(&terminal));
    assert_int_equal(transmit_all(), 0);
    assert_false(vt.inside);
    assert_true(vt.cursor && vt.wraps);
    assert_false(vt.pen.bold || vt.pen.reverse);
    assert_int_equal(vt.row, 23);
    assert_int_equal(vt.column, 0);
    assert_int_equal(vt.scrolled, 1);
    terminal_start(&terminal, true, now);
    transmit_all();
    check();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_cells),
        cmocka_unit_test(test_every_character),
        cmocka_unit_test(test_the_tube_in_ascii),
        cmocka_unit_test(test_only_what_changed),
        cmocka_unit_test(test_bytes_per_change),
        cmocka_unit_test(test_cost_of_a_line),
        cmocka_unit_test(test_last_column),
        cmocka_unit_test(test_no_row_starves),
        cmocka_unit_test(test_no_old_frames),
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_no_answer),
        cmocka_unit_test(test_slow_line),
        cmocka_unit_test(test_late_answer),
        cmocka_unit_test(test_start_again),
        cmocka_unit_test(test_start_without_query),
        cmocka_unit_test(test_other_rows),
        cmocka_unit_test(test_leave_terminal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
