/* SPDX-License-Identifier: MIT */
#include "course.h"
#include "ui/base/page_draw.h"

#define NAME_COLUMN     2
#define KEYS_COLUMN     36
#define FILE_COLUMN     46
#define EXERCISE_COLUMN 4
#define ROWS            3 /* maximum number of rows per exercise */
#define WIDTH           (CELLS_COLUMNS - 2 * EXERCISE_COLUMN + 2)

const struct topic course[] = {
    {"Kinds of virtual machine", "F4", "emu/machine/machine.h",
     "The program sees an ISA (lines and prepulses): this is a system VM. "
     "What kind of VM provides an ABI, or a language?"},
    {"Emulation", "F4 1 F6", "emu/machine/instruction_set.c",
     "Step, and find the line of prepulse() that performs each beat."},
    {"Decode and dispatch", "F4 2 M", "emu/engine/switch.c",
     "Which three branches does each pass take? Find them in the listing."},
    {"Threaded code", "F4 3 M", "emu/engine/threaded.c",
     "Make all routines share one dispatch jump, and measure what that costs."},
    {"Pre-decoding", "F4 4 F6", "emu/engine/predecoded.c",
     "Step through ducks. Which slots become undecoded again, and why so few?"},
    {"Translation", "F4 5 B", "emu/translator/codegen.c",
     "No LDN is translated to a load and a negation. Where is the negation?"},
    {"Code discovery", "F4 V", "emu/translator/static_discover.c",
     "Compare July and ducks. What can a static translator not know of ducks?"},
    {"Code location", "F4 5", "emu/translator/block_cache.c",
     "The map has 32 entries for 32 lines. What would 2^32 addresses need?"},
    {"Chaining", "F4 5 F5", "emu/translator/chaining.c",
     "Executions of a chained block are no longer counted. Why not?"},
    {"Indirect jumps", "F4 5 F5", "emu/translator/prediction.c",
     "Call a subroutine from two places. Select the line of its return: which "
     "operand does the chain of ifs compare first?"},
    {"Hot code", "F4 5 B", "emu/translator/translator.c",
     "Boot with hot=0 and hot=60000: which blocks are translated, and when?"},
    {"T-state, V-state and interp()", "F4 E F6", "emu/engine/engine.h",
     "Switch engines during a run. What must interp() do before that?"},
    {"Stepwise correctness", "F4 L F5", "emu/engine/lockstep.c",
     "Put a bug into an engine. After how many calls does L detect it?"},
    {"Checkpoints and replay", "^B F7", "emu/history/history.h",
     "Going back replays from a checkpoint. What else must be recorded?"},
    {"Migration", "F3 T", "emu/format/snapshot_file.h",
     "Send the state of a run to another PC and restore it. What is lost?"},
    {"An efficient, isolated duplicate", "F4 M L", "emu/check/timed_run.c",
     "M shows how efficient the VM is, and L that it is a duplicate. "
     "Why can no STO write outside the store?"},
    {"Type 1 and type 2 hypervisors", "F1", "kernel/main.c",
     "With no OS below, this is type 1. What could main.c leave to an OS?"},
};
const unsigned course_count = sizeof course / sizeof course[0];

const char course_lacks[] =
    "With a single mode, the Baby has no sensitive instruction that traps. "
    "It has no operating system, so containers have no processes to isolate.";

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
