/* SPDX-License-Identifier: MIT */
/*
 * What hands do to the desk: switches of 1948, and lines as one edits them
 * today.
 */
#include "undo.h"
#include "emu/text/mnemonic.h"
#include <string.h>

void desk_set_switch(struct desk *desk, unsigned digit, bool down)
{
    uint32_t bit = 1u << digit;

    desk_begin(desk);
    deed_change(desk, DEED_STAT, 0, bit, down ? bit : 0);
}

void desk_set_manual(struct desk *desk, bool manual)
{
    desk_begin(desk);
    deed_change(desk, DEED_MANUAL, 0, 1, manual);
}

void desk_set_erase(struct desk *desk, bool erase)
{
    desk_begin(desk);
    deed_change(desk, DEED_ERASE, 0, 1, erase);
}

void desk_set_cs(struct desk *desk, bool run)
{
    deed_happened(desk, DEED_CS, desk->cs, run);
    desk->cs = run;
    if (run) {
        desk->stopping.from = desk->machine.prepulses;
        desk->stopping.cause = STOPPED_NOT;
    } else {
        desk->stopping.goal = 0;
    }
}

bool desk_make_normal(struct desk *desk)
{
    desk_hold(desk, 0, 0);
    if (controls_are_normal(&desk->controls))
        return false;
    desk_begin(desk);
    deed_change(desk, DEED_STAT, 0, UINT32_MAX, STATICISOR);
    deed_change(desk, DEED_MANUAL, 0, 1, false);
    deed_change(desk, DEED_ERASE, 0, 1, false);
    return true;
}

static void tap_key(struct desk *desk, enum strip key)
{
    desk_hold(desk, desk->typewriter, desk->strip | key);
    desk_hold(desk, desk->typewriter, desk->strip & ~key);
}

void desk_clear_control(struct desk *desk)
{
    tap_key(desk, KCC);
}

void desk_clear_store(struct desk *desk)
{
    tap_key(desk, KSC);
}

struct line desk_line(const struct desk *desk, unsigned line)
{
    struct line content = {
        .word = desk->machine.store[line],
        .number = desk->numbers >> line & 1,
    };

    if (desk->noted >> line & 1)
        memcpy(content.note, desk->note[line], NOTE_SIZE);
    return content;
}

void desk_set_line(struct desk *desk, unsigned line, const struct line *content)
{
    uint32_t bit = 1u << line;

    deed_change(desk, DEED_LINE, line, UINT32_MAX, content->word);
    deed_change(desk, DEED_NUMBERS, 0, bit, content->number ? bit : 0);
    deed_note(desk, line, content->note);
}

void desk_set_digits(struct desk *desk, unsigned line, uint32_t digits,
                     uint32_t word)
{
    uint32_t bit = 1u << line;

    deed_change(desk, DEED_LINE, line, digits, word);
    word = desk->machine.store[line];
    deed_change(desk, DEED_NUMBERS, 0, bit,
                instruction_is_number(word) ? bit : 0);
}
