/* SPDX-License-Identifier: MIT */
#include "course.h"

#define NAME_COLUMN     2
#define KEYS_COLUMN     36
#define FILE_COLUMN     46
#define EXERCISE_COLUMN 4
#define ROWS            3 /* maximum rows of an exercise */
#define WIDTH           (CELLS_COLUMNS - 2 * EXERCISE_COLUMN + 2)

const struct topic course[] = {
    {"Kinds of virtual machine", "F4", "emu/machine/machine.h",
     "What lies above sees lines and prepulses, an ISA: a system VM. What "
     "would be above an ABI, or a language's?"},
    {"Emulation", "F4 1 F6", "emu/machine/instruction_set.c",
     "Step, and name the line of prepulse() that each beat of the bar is."},
    {"Threaded code", "F4 2 M", "emu/engine/threaded.c",
     "Give all routines one common jump, and measure what it costs here."},
    {"Pre-decoding", "F4 3 F6", "emu/engine/predecoded.c",
     "Load ducks and step: which slots go back to undecoded, and why so few?"},
    {"Translation", "F4 4 B", "emu/translator/codegen.c",
     "No LDN became a load and a negation. Where has the negation gone?"},
    {"Code discovery", "F4", "emu/translator/discover.c",
     "Which lines are both code and data? Could one know without running it?"},
    {"Code location", "F4 4", "emu/translator/block_cache.c",
     "The map has 32 entries for 32 lines. What would 2^32 addresses need?"},
    {"Chaining", "F4 4 F5", "emu/translator/chaining.c",
     "Once chained a block is no longer counted as it is run. Why not?"},
    {"Indirect jumps", "F4 4 F5", "emu/translator/chaining.c",
     "Write a subroutine called from two places. Do its returns hit or miss?"},
    {"Hot code", "F4 4 B", "emu/translator/translator.c",
     "Boot with hot=0 and hot=60000: which blocks are made, and when?"},
    {"T-state, V-state, interp", "F4 E F6", "emu/engine/engine.h",
     "Change engines in mid-run. What must interp() have done for that?"},
    {"Stepwise correctness", "F4 L F5", "emu/engine/lockstep.c",
     "Put a fault into an engine. After how many calls does L show it?"},
    {"Checkpoints and replay", "^B F7", "emu/history/history.h",
     "Nothing is undone: it is obeyed again. What must be kept for that?"},
    {"Migration", "F3 T", "emu/format/snapshot_file.h",
     "Send a run's state, restore it on another PC. What stays behind?"},
    {"Efficient, isolated, duplicate", "F4 M L", "emu/check/timed_run.c",
     "M shows the first, L the last. Why can no STO write outside the store?"},
    {"Type 1 and type 2", "F1", "kernel/main.c",
     "No system lies below: a type 1. What would main.c leave to one?"},
};
const unsigned course_count = sizeof course / sizeof course[0];

const char course_lacks[] =
    "A Baby has one mode and no privilege, so no sensitive instruction can "
    "be trapped; and no system whose processes containers could keep apart.";

unsigned course_draw(struct view *view, unsigned row, unsigned first,
                     unsigned end)
{
    for (unsigned i = first; i < end; i++) {
        const struct topic *topic = &course[i];

        cells_text(&view->cells, row, NAME_COLUMN, ATTR_STRONG, topic->name);
        cells_text(&view->cells, row, KEYS_COLUMN, ATTR_STRONG, topic->keys);
        cells_text(&view->cells, row, FILE_COLUMN, ATTR_TEXT, topic->file);
        row = page_prose(view, row + 1, ROWS, EXERCISE_COLUMN, WIDTH, ATTR_TEXT,
                         topic->exercise);
        row += view->layout->step - 1;
    }
    return row;
}

void course_draw_lacks(struct view *view, unsigned row)
{
    page_prose(view, row, ROWS, NAME_COLUMN, WIDTH, ATTR_LABEL, course_lacks);
}
