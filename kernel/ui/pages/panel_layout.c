/* SPDX-License-Identifier: MIT */
/* Layout of the panel, after section A3.3 of Burton's SSEM Programmer's
   Reference Manual and his answers Q10 to Q22 (2000-01) on how the original
   looked. */
#include "panel_layout.h"
#include "ui/base/monitor.h"

/* Position of the top left button on the long and the short screen. */
#define TYPE_ROW          4
#define TYPE_ROW_SHORT    2
#define TYPE_COLUMN       40
#define TYPE_COLUMN_SHORT 39
#define TYPE_HEIGHT       3
#define TYPE_WIDTH        5

/* PC keys for the typewriter buttons 0 to 31, in four rows of eight. */
static const char type_keys[] = "12345678qwertyuiasdfghjkzxcvbnm,";

#define AT(row, column, row_short, column_short)                               \
    {                                                                          \
        {row, column},                                                         \
        {                                                                      \
            row_short, column_short                                            \
        }                                                                      \
    }

static const struct panel_control others[PANEL_CONTROLS - BUTTONS] = {
    {CONTROL_SWITCH, 0, 'o', "0", AT(22, 40, 9, 40)},
    {CONTROL_SWITCH, 1, 'p', "1", AT(22, 43, 9, 42)},
    {CONTROL_SWITCH, 2, '[', "2", AT(22, 46, 9, 44)},
    {CONTROL_SWITCH, 3, ']', "3", AT(22, 49, 9, 46)},
    {CONTROL_SWITCH, 4, '\\', "4", AT(22, 52, 9, 48)},
    {CONTROL_SWITCH, 13, 'l', "13", AT(22, 57, 9, 51)},
    {CONTROL_SWITCH, 14, ';', "14", AT(22, 60, 9, 54)},
    {CONTROL_SWITCH, 15, '\'', "15", AT(22, 63, 9, 57)},
    {CONTROL_MANUAL, 0, '9', "", AT(22, 69, 9, 61)},
    {CONTROL_ERASE, 0, '0', "", AT(22, 75, 9, 67)},
    {CONTROL_CS, 0, 0, "", AT(30, 41, 9, 74)},
    {CONTROL_MONITOR, MONITOR_C, 0, "C", AT(30, 52, 16, 49)},
    {CONTROL_MONITOR, MONITOR_A, 0, "A", AT(30, 57, 16, 53)},
    {CONTROL_MONITOR, MONITOR_S, 0, "S", AT(30, 62, 16, 57)},
    {CONTROL_MONITOR, MONITOR_M, 0, "M", AT(30, 67, 16, 61)},
    {CONTROL_MONITOR, MONITOR_B, 0, "B", AT(30, 72, 16, 65)},
    {CONTROL_KC, 0, 0, "KC", AT(38, 40, 13, 40)},
    {CONTROL_DEAD, 0, 0, "", AT(38, 44, 13, 44)},
    {CONTROL_STRIP, KLC, '-', "KLC", AT(38, 48, 13, 48)},
    {CONTROL_STRIP, KSC, '=', "KSC", AT(38, 52, 13, 52)},
    {CONTROL_STRIP, KAC, '.', "KAC", AT(38, 56, 13, 56)},
    {CONTROL_DEAD, 0, 0, "KBC", AT(38, 60, 13, 60)},
    {CONTROL_STRIP, KCC, '/', "KCC", AT(38, 64, 13, 64)},
    {CONTROL_DEAD, 0, 0, "KEC", AT(38, 68, 13, 68)},
    {CONTROL_KMC, 0, 0, "KMC", AT(38, 72, 13, 72)},
    {CONTROL_DEAD, 0, 0, "", AT(38, 76, 13, 76)},
};

/* Buttons are numbered down the columns, with five buttons in each. */
static struct panel_control button(unsigned number)
{
    bool connected = number < DIGITS;
    unsigned column = number / 5 * TYPE_WIDTH, row = number % 5;

    return (struct panel_control){
        .kind = connected ? CONTROL_BUTTON : CONTROL_DEAD,
        .number = (uint8_t)number,
        .key = connected ? type_keys[number] : '\0',
        .label = "",
        .place = {{(uint8_t)(TYPE_ROW + row * TYPE_HEIGHT),
                   (uint8_t)(TYPE_COLUMN + column)},
                  {(uint8_t)(TYPE_ROW_SHORT + row),
                   (uint8_t)(TYPE_COLUMN_SHORT + column)}},
    };
}

struct panel_control panel_control_of(unsigned index)
{
    return index < BUTTONS ? button(index) : others[index - BUTTONS];
}

unsigned panel_control_find(char position)
{
    unsigned index = 0;

    while (index < PANEL_CONTROLS &&
           (position == '\0' || panel_control_of(index).key != position))
        index++;
    return index;
}

unsigned panel_control_first(enum panel_control_kind kind)
{
    unsigned index = 0;

    while (panel_control_of(index).kind != kind)
        index++;
    return index;
}

static int distance(int from, int to)
{
    return from < to ? to - from : from - to;
}

/* Returns the distance from FROM to TO, with rows weighing more than columns,
   or INT32_MAX if TO does not lie in the given direction. */
static int32_t cost(const uint8_t from[2], const uint8_t to[2], int rows,
                    int columns)
{
    int down = to[0] - from[0], right = to[1] - from[1];

    if (rows != 0 && down * rows > 0)
        return distance(0, down) * 256 + distance(0, right);
    if (columns != 0 && down == 0 && right * columns > 0)
        return distance(0, right);
    return INT32_MAX;
}

unsigned panel_control_beside(unsigned index, int rows, int columns,
                              bool is_short)
{
    struct panel_control here = panel_control_of(index);
    const uint8_t from[2] = {here.place[is_short].row,
                             here.place[is_short].column};
    int32_t best = INT32_MAX;

    for (unsigned i = 0; i < PANEL_CONTROLS; i++) {
        struct panel_control other = panel_control_of(i);
        const uint8_t to[2] = {other.place[is_short].row,
                               other.place[is_short].column};
        int32_t price = cost(from, to, rows, columns);

        if (price < best) {
            best = price;
            index = i;
        }
    }
    return index;
}
