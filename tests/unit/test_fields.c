/* SPDX-License-Identifier: MIT */
/* Tests that every field of every page has room for its widest value, on both
   screen sizes, by comparing the screen with the machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "ui/debugger/timeline.h"
#include "ui/lab/store_view.h"
#include "ui/lab/lab.h"
#include "ui/base/status.h"
#include "extremes.h"
#include "emu/text/mnemonic.h"
#include "emu/text/si.h"
#include "emu/history/trace.h"
#include "emu/session/engine_use.h"
#include "ui/debugger/debugger_state.h"
#include "ui/base/explain.h"
#include "ui/base/page_switch.h"

static bool is_empty(unsigned row, unsigned column)
{
    return column >= PAGE_COLUMNS ||
           (uint8_t)ui.view.cells.at[row][column] == ' ';
}

/* Checks that a field shows exactly EXPECTED and is followed by a blank. */
static void field(unsigned row, unsigned column, unsigned width,
                  const char *expected)
{
    const char *is = squeeze(part(row, column, width));

    if (strcmp(is, expected) == 0 && is_empty(row, column + width))
        return;
    print_screen();
    fail_msg("row %u, column %u: \"%s\", not \"%s\"", row, column, is,
             expected);
}

static void draw(void)
{
    ui.view.changed = true;
    turn();
    check_grid();
}

/* Returns WORD as the listing shows it, as an instruction or a number. */
static const char *listed(uint32_t word, bool instruction)
{
    static char line[40];
    struct strbuf text = strbuf_begin(line, sizeof line);

    if (instruction)
        instruction_write(&text, word);
    strbuf_add(&text, "%s%d", instruction ? " " : "", (int)word);
    return line;
}

static void check_counts(void)
{
    const struct layout *layout = ui.view.layout;

    if (layout->rate != layout->status) {
        field(layout->status, 1, 78,
              WIDEST_COUNT " instructions " WIDEST_TIME " of machine time");
        field(layout->rate, 1, 78, "18.4 P/s, 26.6 T x 1948");
    } else {
        field(layout->status, 1, 78,
              WIDEST_COUNT " instructions " WIDEST_TIME " 26.6 T x 1948");
    }
}

/* Draws the status row, because the rate is not shown on a stopped machine. */
static void check_status(void)
{
    cells_fill(&ui.view.cells, ui.view.layout->status, 0, PAGE_COLUMNS, ' ',
               ATTR_TEXT);
    cells_fill(&ui.view.cells, ui.view.layout->rate, 0, PAGE_COLUMNS, ' ',
               ATTR_TEXT);
    ui.view.message[0] = '\0';
    fill(1);
    status_draw_around(&ui.view);
    check_counts();
}

static void check_words(void)
{
    char line[PAGE_COLUMNS + 1];
    struct strbuf text = strbuf_begin(line, sizeof line);

    explain_last(&text, &ui.view.session);
    assert_true(text.length < PAGE_COLUMNS - 1);
    strcpy(line, squeeze(line));
    field(ui.view.layout->words, 1, PAGE_COLUMNS - 1, line);
}

static void check_listing(unsigned filling)
{
    for (unsigned line = 0; line < LINES; line++) {
        bool odd = line % 2;
        unsigned row = ui.view.layout->store + line;
        unsigned column = LISTING_COLUMN;

        if (ui.view.layout->halves) {
            row = ui.view.layout->store + line / 2;
            column = NARROW_COLUMN + (odd ? LISTING_NARROW : 0);
        }
        char number[4];

        snprintf(number, sizeof number, "%02u", line);
        assert_string_equal(squeeze(part(row, column + 1, 2)), number);
        /* An executed word is shown as an instruction. */
        assert_string_equal(
            squeeze(part(row, column + 4, WORD_WIDTH)),
            listed(word_of(filling), filling > 0 || line == 31));
    }
}

static void check_registers(unsigned filling)
{
    unsigned row = ui.view.layout->registers, column = LISTING_COLUMN + 4;

    field(row, column, WORD_WIDTH, "-2147483648");
    field(row + 1, column, WORD_WIDTH, "-2147483648");
    field(row + 2, column, WORD_WIDTH, listed(word_of(filling), true));
}

/* The full note must be shown below the listing. */
static void check_notes(void)
{
    const struct layout *layout = ui.view.layout;

    if (layout->halves) {
        assert_string_equal(part(layout->note, 61, 18), "31: a note of 63  ");
        assert_string_equal(part(layout->note + 1, 61, 18),
                            "characters:       ");
        assert_string_equal(part(layout->note + 2, 61, 19),
                            "123456789       ...");
        return;
    }
    field(layout->note, 1, 78, "Line 31: " NOTE);
    for (unsigned line = 0; line < LINES; line++)
        assert_string_equal(part(layout->store + line, 61, 19),
                            "a note of 63 char..");
}

static void test_editor(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++)
        for (unsigned filling = 0; filling < FILLINGS; filling++) {
            start(sizes[i]);
            fill(filling);
            ui.view.line = 31;
            ui.view.entry.focus = FOCUS_TUBE;
            draw();
            check_listing(filling);
            check_registers(filling);
            check_notes();
            check_tube();
            check_words();
            check_status();
        }
}

/* Neither the cursor nor a breakpoint may hide any text of the listing. */
static void test_listing_with_marks(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        fill(4);
        ui.view.session.run_control.breakpoints.obeying = UINT32_MAX;
        for (unsigned line = 0; line < LINES; line++) {
            ui.view.line = line;
            ui.view.entry.focus = FOCUS_LISTING;
            draw();
            check_listing(4);
        }
    }
}

/* Marks beside the listing must not look like hexadecimal digits. */
static void test_marks_beside_digits(void **state)
{
    (void)state;
    start(24);
    fill(4);
    ui.view.notation = NOTATION_HEXADECIMAL;
    draw();
    for (unsigned line = 0; line < LINES; line++)
        field(ui.view.layout->store + line / 2,
              NARROW_COLUMN + 4 + (line % 2 ? LISTING_NARROW : 0),
              WORD_WIDTH - 1, "STO 31 0x8000601F");
    ui.view.notation_1951 = true;
    draw();
    field(ui.view.layout->store, NARROW_COLUMN + 4, WORD_WIDTH - 1,
          "a,31 0x8000601F");
}

static void test_panel_and_tube(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++)
        for (unsigned filling = 0; filling < FILLINGS; filling++) {
            start(sizes[i]);
            press(KEY_TAB);
            assert_int_equal(ui.view.page, PAGE_PANEL);
            fill(filling);
            draw();
            check_tube();
            check_words();
            ui.view.session.last.hung = true;
            draw();
            check_words();
            check_status();
            page_open(&ui.view, PAGE_LARGE);
            fill(filling);
            ui.view.session.controls.manual = ui.view.session.last.manual =
                true;
            draw();
            check_words();
            check_status();
        }
}

static void test_title(void **state)
{
    static const char *const states[] = {"STOPPED", "STOP", "HUNG"};
    struct library_file module =
        file("long", "; 123456789 123456789 123456789 123456789 123456789 "
                     "123456789 123456789 123456789\n1 STP\n");

    (void)state;
    for (unsigned i = 0; i < SIZES; i++)
        for (unsigned speed = 0; speed < SPEEDS; speed++)
            for (unsigned is = 0; is < 3; is++) {
                char right[40];

                start_with(sizes[i], "", &module, 1);
                pace_set(&ui.view.session.pace, speed);
                ui.view.session.entered.unsaved = true;
                ui.view.session.machine.neon = is == 1;
                ui.view.session.hung = is == 2;
                draw();
                field(0, 14, 40, "123456789 123456789 123456789 123456.. *");
                snprintf(right, sizeof right, "%s ? %s", states[is],
                         speeds[speed].label);
                field(0, 55, 25, right);
            }
}

/* Checks that a field shows NUMBER * 1000^POWER with an SI prefix. */
static void si_field(unsigned row, unsigned column, unsigned width,
                     uint64_t number, int power, enum si_unit unit)
{
    char buffer[20];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    strbuf_add_si(&text, number, power, unit);
    field(row, column, width, buffer);
}

/* Returns the timing of an engine with RATE instructions per second. */
static struct timing timing_of(uint64_t rate, uint64_t cycles_for_1000)
{
    struct timing timing = {rate, 1000000000, 0};

    if (rate > 1000000000)
        timing = (struct timing){rate / 1000, 1000000, 0};
    timing.cycles = timing.instructions * cycles_for_1000 / 1000;
    return timing;
}

/* The benchmark must have room for very high and very low rates. */
static void test_rates(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++)
        for (uint64_t rate = 1000000; rate <= 1000000000000000; rate *= 10) {
            unsigned row = (sizes[i] == 50 ? 3 : 2) + ENGINE_switch;
            char expected[20];
            struct strbuf text;

            start(sizes[i]);
            press(KEY_F4);
            memset(ui.lab.timing, 0, sizeof ui.lab.timing);
            ui.lab.measuring = false;
            ui.lab.timing[LAB_CURRENT][ENGINE_switch] =
                ui.lab.timing[LAB_JULY][ENGINE_switch] =
                    timing_of(1, 999999999000);
            ui.lab.timing[LAB_CURRENT][ENGINE_threaded] =
                ui.lab.timing[LAB_JULY][ENGINE_threaded] = timing_of(rate, 340);
            draw();
            field(row, 14, 12, "1 /s");
            field(row, 30, 8, "1.00 G");
            field(row, 39, 10, "2.10 Ms");
            field(row, 50, 7, "x1.00");
            si_field(row + 1, 14, 12, rate, 0, SI_PER_SECOND);
            field(row + 1, 30, 8, "0.34");
            si_field(row + 1, 39, 10, 2097154000000000 / rate, -3, SI_SECONDS);
            expected[0] = 'x';
            text = strbuf_begin(expected + 1, sizeof expected - 1);
            strbuf_add_si(&text, 1000 * rate, -1, SI_PURE);
            field(row + 1, 50, 7, expected);
        }
}

static void test_lab_heading(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        press(KEY_F4);
        ui.lab.measuring = false;
        ui.lab.in_lockstep = true;
        ui.lab.lockstep.calls = UINT32_MAX;
        draw();
        field(sizes[i] == 50 ? 2 : 1, 51, 28, "4294967295 calls in lockstep");
    }
}

/* Checks the registers and counts in the right pane, and the list of lines. */
static void check_t_state(unsigned row, unsigned filling)
{
    char decode[40];
    struct strbuf text = strbuf_begin(decode, sizeof decode);

    field(row, 43, 16, "A -2147483648");
    field(row + 1, 43, 16, "CI -2147483648");
    strbuf_add(&text, "PI %d", (int)word_of(filling));
    field(row + 2, 43, 16, decode);
    assert_string_equal(squeeze(part(row + 7, 43, 37)),
                        "fetch CI 4294967295 selects line");
    text = strbuf_begin(decode, sizeof decode);
    strbuf_add(&text, "31: %d", (int)word_of(filling));
    field(row + 8, 52, 28, decode);
    text = strbuf_begin(decode, sizeof decode);
    strbuf_add(&text,
               "decode function %u, line %u: ", word_function(word_of(filling)),
               word_line(word_of(filling)));
    instruction_write(&text, word_of(filling));
    field(row + 9, 43, 37, decode);
}

static void check_effect(unsigned row)
{
    char expected[PAGE_COLUMNS + 1], shown[PAGE_COLUMNS + 1] = "";
    struct strbuf text = strbuf_begin(expected, sizeof expected);

    explain_effect(&text, &ui.view.session);
    for (unsigned i = 0; i < 3; i++) {
        strcat(shown, squeeze(part(row + i, 52, 28)));
        strcat(shown, " ");
    }
    strcpy(shown, squeeze(shown));
    assert_string_equal(shown, expected);
}

static void check_lab_lines(unsigned row, unsigned rows, unsigned filling)
{
    for (unsigned i = 0; i < rows; i++) {
        char expected[16];
        struct strbuf text = strbuf_begin(expected, sizeof expected);

        instruction_write(&text, word_of(filling));
        if (filling == 0)
            field(row + i, 6, 11, "-2147483648");
        else
            field(row + i, 6, 11, expected);
        field(row + i, 18, 7, "never");
    }
}

static void open_lab(unsigned rows, unsigned filling)
{
    start(rows);
    press(KEY_F4);
    ui.lab.measuring = false;
    fill(filling);
}

static void test_lab_states(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++)
        for (unsigned filling = 0; filling < FILLINGS; filling++) {
            unsigned row = sizes[i] == 50 ? 11 : 8;
            struct predecoded *predecoded =
                &ui.view.session.engine_state->predecoded;

            open_lab(sizes[i], filling);
            predecoded->last = predecoded->target = predecoded->slot + 31;
            predecoded->stale = 0;
            predecoded->a = predecoded->lap = 0x80000000;
            predecoded->decodings = UINT32_MAX;
            draw();
            check_t_state(row, filling);
            check_effect(row + 10);
            check_lab_lines(row, sizes[i] == 50 ? 32 : 13, filling);
            field(row, 61, 18, "a -2147483648");
            field(row + 1, 61, 18, "lap -2147483648");
            field(row + 3, 61, 18, "decoded 4294967295");
            predecoded->decodings = UINT64_MAX;
            draw();
            field(row + 3, 61, 18, "decoded 18.4 E");
            check_status();
        }
}

/* Pretends that every line has been translated. */
static void translate_all(void)
{
    static uint8_t code[64];
    static struct code_area area = {.at = code, .size = sizeof code};
    struct translator *translator = &ui.view.session.engine_state->translator;

    memset(translator, 0, sizeof *translator);
    ui.view.session.engine = &engine_translator;
    translator->area = &area;
    translator->hot_threshold = 65535;
    translator->rest.credit = INT32_MIN;
    translator->rest.left = 1 << 24;
    translator->count.translations = translator->count.invalidations =
        translator->count.rests = UINT32_MAX;
    for (unsigned line = 0; line < LINES; line++)
        translator->arrivals[line] = 65534;
    translator->blocks[31] = (struct block){
        .live = true,
        .entry = 31,
        .lines = 1u << 31,
        .length = 32,
        .size = 65535,
        .entered = UINT32_MAX,
        .made = UINT64_MAX,
    };
    for (unsigned i = 0; i < MANAGER_ARROWS; i++)
        translator->manager.arrows[i] = UINT64_MAX;
    translator->exits_used = EXITS;
    for (unsigned i = 0; i < EXITS; i++)
        translator->exits[i] = (struct block_exit){
            .kind = i < EXITS - 1 ? EXIT_CHAIN : EXIT_INDIRECT,
            .block = i < EXITS - 2 ? BLOCKS : 31,
            .target = 31,
            .cost = BUDGET_NEVER,
            .linked = i < EXITS - 1,
            .line = 30,
            .operand = 31,
        };
    translator->predictions[0] = (struct prediction){
        .all_hits = UINT32_MAX,
        .all_misses = UINT32_MAX,
    };
    for (unsigned i = 0; i < GUESSES; i++)
        translator->predictions[0].guesses[i] = (struct guess){
            .target = 31, .key = 1u << 31, .all_hits = UINT32_MAX};
}

static void expect_hit_table(unsigned row)
{
    ui.view.session.engine_state->translator.exits[EXITS - 1].line = 31;
    cells_clear(&ui.view.cells, ATTR_TEXT);
    lab_draw(&ui.view);
    field(row, 45, 12, "if [31] is");
    field(row, 58, 11, "go to");
    field(row, 70, 10, "hits");
    field(row + 1, 45, 12, "-2147483648");
    field(row + 1, 58, 11, "line 31");
    field(row + 1, 70, 10, "4.29 G");
    field(row + 5, 45, 12, "else, missed");
    field(row + 5, 58, 11, "map table");
    field(row + 5, 70, 10, "4.29 G");
}

/* Each count must be drawn beside its name, and inside the pane. */
static void check_manager(unsigned row)
{
    ui.lab.pane = LAB_MANAGER;
    cells_clear(&ui.view.cells, ATTR_TEXT);
    lab_draw(&ui.view);
    field(row - 1, 43, 36, "emulation manager SPC line 1");
    field(row + 1, 46, 30, "chained 18.4 E");
    field(row + 4, 46, 30, "to manager 18.4 E spent 18.4 E");
    field(row + 5, 43, 33, "map table hit 18.4 E");
    field(row + 6, 46, 30, "miss 18.4 E short 18.4 E");
    field(row + 7, 50, 11, "yes 18.4 E");
    field(row + 8, 46, 30, "no 18.4 E done 18.4 E");
    field(row + 9, 43, 33, "interpret to map table 18.4 E");
    field(row + 10, 44, 32, "calls 18.4 E rest 18.4 E");
}

static void test_lab_translator(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        bool is_short = sizes[i] == 24;
        unsigned row = is_short ? 8 : 11, lines = is_short ? 13 : 32;

        open_lab(sizes[i], 4);
        ui.view.line = 31;
        translate_all();
        cells_clear(&ui.view.cells, ATTR_TEXT);
        lab_draw(&ui.view);
        field(row, 61, 18, "credit -2147483648");
        field(row + 1, 61, 18, "rest left 16777216");
        field(row + 2, 61, 18, "made 4294967295");
        field(row + 3, 61, 18, "lost 4294967295");
        field(row + 4, 61, 18, "rests 4294967295");
        ui.view.session.engine_state->translator.blocks[31].code = 9999999;
        lab_lines_draw(&ui.view, row, lines);
        field(row + lines - 1, 26, 16, "block at 9999999");
        ui.view.session.engine_state->translator.blocks[31].code = 0;
        field(row + lines - 2, 26, 16, "65534 of 65535");
        ui.lab.pane = LAB_ENGINE;
        cells_clear(&ui.view.cells, ATTR_TEXT);
        lab_draw(&ui.view);
        row += is_short ? 0 : 13;
        field(row, 43, 37, "1 block, 1 of 2 exits chained");
        field(row + 1, 43, 37, "predicted: 4.29 G hit, 4.29 G missed");
        field(row + 2, 43, 37, "line 31 block: length 32, 65535");
        field(row + 3, 43, 37, "bytes");
        field(row + 4, 43, 37, "translated at 18446744073709551615,");
        field(row + 5, 43, 37, "entered 4294967295 times");
        field(row + 6, 43, 37, "exit 254 chain to 31, chained");
        field(row + 7, 43, 37, "exit 255 indirect to 31: 4.29 G hit,");
        field(row + 8, 43, 37, "4.29 G missed");
        /* With the widest values, 25 rows have no room for the hit table. */
        if (!is_short)
            expect_hit_table(row + 8);
        check_manager(row);
        status_draw_around(&ui.view);
    }
}

#define DEBUG_LINES(rows) ((rows) == 50 ? 5u : 4u)
#define DEBUG_COUNT(rows) ((rows) == 50 ? 32u : 15u)

static void open_debugger(unsigned rows, unsigned filling)
{
    start(rows);
    type_one('b', true);
    assert_int_equal(ui.view.page, PAGE_DEBUG);
    fill(filling);
    ui.view.line = 31;
}

static void test_debug_listing(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++)
        for (unsigned filling = 0; filling < FILLINGS; filling++) {
            unsigned registers = sizes[i] == 50 ? 38 : 19;
            char expected[PAGE_COLUMNS];
            struct strbuf text = strbuf_begin(expected, sizeof expected);

            open_debugger(sizes[i], filling);
            ui.view.session.machine.ci = 30;
            draw();
            for (unsigned row = 0; row < DEBUG_COUNT(sizes[i]) - 2; row++)
                field(DEBUG_LINES(sizes[i]) + row, 8, WORD_WIDTH,
                      listed(word_of(filling), filling > 0));
            ui.view.session.machine.ci = 0x80000000;
            draw();
            strbuf_add(&text, "A -2147483648 CI -2147483648 PI ");
            instruction_write(&text, word_of(filling));
            field(registers, 1, 78, expected);
            check_words();
            check_status();
        }
}

static void test_debug_comparison(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned first = DEBUG_LINES(sizes[i]);
        unsigned registers = sizes[i] == 50 ? 38 : 19;
        struct machine *then = &ui.debugger.debug.position.snapshot.machine;

        open_debugger(sizes[i], 8);
        ui.debugger.debug.view = DEBUG_COMPARE;
        ui.debugger.debug.compared = COMPARED_POSITION;
        *then = ui.view.session.machine;
        for (unsigned line = 0; line < LINES; line++)
            then->store[line] = word_of(4);
        draw();
        field(first - 1, 33, 47, "after " WIDEST_COUNT ": 32 differ");
        for (unsigned row = first; row < first + DEBUG_COUNT(sizes[i]); row++) {
            char now_is[32];

            snprintf(now_is, sizeof now_is, "now %d", (int)word_of(8));
            field(row, 36, WORD_WIDTH, listed(word_of(4), true));
            field(row, 55, 24, now_is);
        }
        field(registers, 1, 42, "A -2147483648 CI -2147483648 PI STP");
        field(registers, 44, 36, "A -2147483648 CI -2147483648");
        ui.view.session.machine.pi = word_of(4);
        draw();
        field(registers, 1, 42, "A -2147483648 CI -2147483648 PI STO 31");
        field(registers, 44, 36, "A -2147483648 CI -2147483648");
    }
}

static void test_debug_profile(void **state)
{
    static const struct {
        uint64_t count;
        const char *shown;
    } counts[] = {{99999999, "99999999"},
                  {100000000, "100000k"},
                  {UINT32_MAX, "4294967k"},
                  {UINT64_MAX, "18446744T"}};

    (void)state;
    for (unsigned i = 0; i < SIZES; i++)
        for (unsigned j = 0; j < sizeof counts / sizeof counts[0]; j++) {
            unsigned first = DEBUG_LINES(sizes[i]);
            struct profile *profile = &ui.debugger.debug.profile;

            open_debugger(sizes[i], 4);
            ui.debugger.debug.view = DEBUG_PROFILE;
            ui.debugger.debug.profiled = true;
            for (unsigned line = 0; line < LINES; line++)
                profile->obeyed[line] = profile->read[line] =
                    profile->written[line] = counts[j].count;
            draw();
            for (unsigned row = first; row < first + DEBUG_COUNT(sizes[i]);
                 row++) {
                field(row, 8, WORD_WIDTH, listed(word_of(4), true));
                assert_int_equal(attribute_at(row, 27), ATTR_CURSOR);
                assert_int_equal(attribute_at(row, 31), ATTR_CURSOR);
                assert_int_not_equal(attribute_at(row, 32), ATTR_CURSOR);
                field(row, 33, 14, counts[j].shown);
                field(row, 48, 11, counts[j].shown);
                field(row, 60, 11, counts[j].shown);
            }
        }
}

/* A count too wide for the trace must be visibly truncated. */
static void test_debug_trace(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++)
        for (uint64_t count = 1; count < UINT64_MAX / 10; count *= 10) {
            char expected[32];
            unsigned row;

            start(sizes[i]);
            type_one('b', true);
            ui.view.session.machine.instructions = 9 * count - 1;
            ui.view.session.machine.store[24] =
                ui.view.session.machine.store[1] = 0x80000000 | LDN << 13 | 24;
            draw();
            press(KEY_F6);
            snprintf(expected, sizeof expected, "%llu",
                     (unsigned long long)(9 * count));
            if (count > 1000000000)
                snprintf(expected, sizeof expected, "..%08llu",
                         (unsigned long long)(9 * count % 100000000));
            row = DEBUG_LINES(sizes[i]) + 1;
            field(row, 33, 10, expected);
            field(row, 44, 36, "01 LDN 24 -2147467240 A 2147467240");
        }
}

static void test_debug_time(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        open_debugger(sizes[i], 4);
        draw();
        field(1, 1, 78,
              "After instruction " WIDEST_COUNT " back to 0; actions: 1");
        for (unsigned step = 0; step < 2; step++)
            press(KEY_F6);
        press(KEY_F7);
        ui.history.at.snapshot.machine.instructions =
            ui.history.last.snapshot.machine.instructions = UINT64_MAX;
        debug_time_draw(&ui.view, 1);
        ui.history.checkpoints[0].position.snapshot.machine.instructions =
            UINT64_MAX;
        cells_fill(&ui.view.cells, 1, 0, PAGE_COLUMNS, ' ', ATTR_TEXT);
        debug_time_draw(&ui.view, 1);
        field(1, 1, 79, "After instruction " WIDEST_COUNT " of " WIDEST_COUNT);
        ui.history.seek.advance = NULL;
    }
}

/* Breakpoints that do not fit in their row must be replaced by dots. */
static void test_debug_stops(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned row = sizes[i] == 50 ? 40 : 20;
        struct run_control *run_control = &ui.view.session.run_control;

        open_debugger(sizes[i], 4);
        run_control->counts[0] = run_control->counts[1] = UINT64_MAX;
        draw();
        field(row, 1, 78,
              "Break: after 18446744073709551615; after 18446744073709551615");
        for (unsigned j = 0; j < COUNT_BREAKPOINTS; j++)
            run_control->counts[j] = UINT64_MAX - j;
        draw();
        if (sizes[i] == 50) {
            assert_string_equal(squeeze(part(row, 1, 79)),
                                "Break: after 18446744073709551615; after "
                                "18446744073709551614; after");
            row++;
        }
        const char *last = squeeze(part(row, 8, 72));

        assert_string_equal(last + strlen(last) - 3, "...");
        assert_null(strpbrk(last + strlen(last) - 4, "0123456789"));
        run_control->breakpoints.obeying = run_control->breakpoints.reading =
            run_control->breakpoints.writing = UINT32_MAX;
        run_control->breakpoints.when =
            BREAK_ON_NEGATIVE | BREAK_ON_ZERO | BREAK_ON_LEAVING;
        draw();
        last = squeeze(part(row, 8, 72));
        assert_string_equal(last + strlen(last) - 3, "...");
        assert_null(strpbrk(last + strlen(last) - 4, "0123456789"));
    }
}

static void test_debug_number(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        open_debugger(sizes[i], 4);
        type("18446744073709551615");
        field(ui.view.layout->note_entry, 1, 78,
              "18446744073709551615 G: go to, A: break after, P: profile "
              "from, C: compare");
        type("a");
        assert_int_equal(ui.view.session.run_control.counts[0], UINT64_MAX);
    }
}

static void test_system_info(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start(sizes[i]);
        system_info_open(&ui.view);
        fill(4);
        ui.view.session.pace.speed = 4;
        cells_clear(&ui.view.cells, ATTR_TEXT);
        system_info_draw(&ui.view);
        field((unsigned)find("executed  "), 15, 62,
              WIDEST_COUNT " instructions " WIDEST_TIME);
        field((unsigned)find("speed  "), 15, 62,
              "8.5 us digits; 18.4 P/s, 26.6 T x 1948");
    }
}

static void test_caption(void **state)
{
    struct library_file module =
        file("long", "; 123456789 123456789 123456789 123456789 1234567\n"
                     "; by 456789 123456789 123456789 123456789 1234567\n"
                     "1 STP\n");

    (void)state;
    for (unsigned i = 0; i < SIZES; i++) {
        start_with(sizes[i], "kiosk=60", &module, 1);
        assert_int_equal(ui.view.page, PAGE_DEMO);
        row_shows(ui.view.layout->registers + (sizes[i] == 50),
                  " 123456789 123456789 1234567..  by 456789 123456789 "
                  "123456789 123456789 1234567 ");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_editor),
        cmocka_unit_test(test_listing_with_marks),
        cmocka_unit_test(test_marks_beside_digits),
        cmocka_unit_test(test_panel_and_tube),
        cmocka_unit_test(test_title),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_lab_heading),
        cmocka_unit_test(test_lab_states),
        cmocka_unit_test(test_lab_translator),
        cmocka_unit_test(test_debug_listing),
        cmocka_unit_test(test_debug_comparison),
        cmocka_unit_test(test_debug_profile),
        cmocka_unit_test(test_debug_trace),
        cmocka_unit_test(test_debug_time),
        cmocka_unit_test(test_debug_stops),
        cmocka_unit_test(test_debug_number),
        cmocka_unit_test(test_system_info),
        cmocka_unit_test(test_caption),
    };

    return cmocka_run_group_tests(tests, console_read_programs,
                                  console_free_programs);
}
