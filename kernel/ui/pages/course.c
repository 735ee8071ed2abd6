/* SPDX-License-Identifier: MIT */
#include "course.h"
#include "ui/base/page_draw.h"

#define NAME_COLUMN     2
#define KEYS_COLUMN     36
#define FILE_COLUMN     46
#define EXERCISE_COLUMN 4
#define ROWS            3 /* maximum number of rows per exercise */
#define WIDTH           (PAGE_COLUMNS - 2 * EXERCISE_COLUMN + 2)

const struct topic course[] = {
    {"Kinds of virtual machine", "F4", "emu/machine/machine.h",
     "The program sees an ISA (lines and prepulses): this is a system VM. "
     "What kind of VM provides an ABI, or a language?"},
    {"Emulation", "F4 1 F6", "emu/machine/instruction_set.c",
     "Step, and find the line of prepulse() that performs each beat."},
    {"V(S) and interp()", "F4 E F6", "emu/engine/engine.h",
     "Change the engine during a run. Which way does interp() lead, and "
     "which V(S)? Can two V-states stand for one T-state?"},
    {"Observer", "F4 E F5", "emu/engine/lockstep.h",
     "An observer sees T-states only. What on this page does it not see?"},
    {"Decode and dispatch", "F4 2 M", "emu/engine/switch.c",
     "Which three branches does each pass take? Find them in the listing."},
    {"Threaded code", "F4 3 M", "emu/engine/threaded.c",
     "Make all routines share one dispatch jump, and measure what that "
     "costs."},
    {"Pre-decoding", "F4 4 F6", "emu/engine/predecoded.c",
     "Step through ducks. Which slots become undecoded again, and why so "
     "few?"},
    {"P-code, intermediate code", "F4 4 F6", "emu/engine/predecoded.h",
     "P-code can be sent to another computer. What in a slot cannot?"},
    {"Translation", "F4 5 B", "emu/translator/codegen.c",
     "No LDN is translated to a load and a negation. Where is the negation?"},
    {"Static or dynamic translation", "F4 V",
     "emu/translator/static_discover.c",
     "Compare July and ducks. What can a static translator not know of "
     "ducks?"},
    {"Code discovery", "F4 5 B", "emu/translator/discover.c",
     "At which instruction does a block end, and why there?"},
    {"Code location", "F4 5 B", "emu/translator/block_cache.c",
     "The map table has 32 entries. What would 2^32 addresses need?"},
    {"Staged emulation", "F4 5 B", "emu/translator/block_cache.c",
     "Boot with hot=0 and hot=60000: which blocks are translated, and when?"},
    {"Emulation manager", "F4 5 A", "emu/translator/manager.c",
     "Why does a chained jump not come back to the manager? Follow the "
     "arrows."},
    {"Translation chaining", "F4 5 F5", "emu/translator/chaining.c",
     "An exit is chained only when both blocks exist. Who finds that out?"},
    {"Indirect jump prediction", "F4 5 F5", "emu/translator/prediction.c",
     "Write a subroutine called from two places. Do its returns hit?"},
    {"Stepwise correctness", "F4 L F5", "emu/engine/lockstep.c",
     "Put a bug into an engine. After how many calls does L detect it?"},
    {"Checkpoints and replay", "^B F7", "emu/history/history.h",
     "Going back replays from a checkpoint. What else must be recorded?"},
    {"Migration", "F3 T", "emu/format/snapshot_file.h",
     "Send the state of a run to another PC and restore it. What is lost?"},
    {"Isolation", "F4 L F5", "emu/machine/machine.h",
     "Why can no STO write outside the store, whatever the engine?"},
    {"Efficiency", "F4 M", "emu/check/timed_run.c",
     "Popek and Goldberg: most instructions run directly on the hardware. "
     "Why can no emulator of another ISA be efficient in this sense?"},
    {"Detection by timing", "F4 M", "emu/session/pace.c",
     "A program with a clock could tell the engines apart. Why can no Baby?"},
    {"Type 1 and type 2 hypervisors", "F1", "kernel/main.c",
     "With no OS below, this is type 1. What could main.c leave to an OS?"},
    {"Multiplexing", "^G C", "emu/guests/scheduler.h",
     "Double the weight of one of three machines. What do ask% and got% say?"},
    {"Ways to build a VMM", "^G V", "kernel/hypervisor/guest.h",
     "Here a process emulates each guest. When could the guest itself run?"},
    {"VM entry", "^G V", "kernel/hypervisor/user_mode.S",
     "Which instruction enters the guest, and which registers does it load?"},
    {"VM exit, exit reason", "^G V", "kernel/hypervisor/vm.h",
     "Which exits does a guest ask for, and which are forced on it?"},
    {"VM control block", "^G V", "kernel/hypervisor/guest.h",
     "Compare two machines by the arrow keys. Which addresses differ, and "
     "why?"},
    {"Sensitive and privileged", "^G V V", "kernel/hypervisor/sensitive.h",
     "Which rows break the condition of Popek and Goldberg on this PC?"},
    {"Virtual interrupts", "^G V", "kernel/hypervisor/vm.c",
     "A tick of the timer interrupts a guest and comes to the kernel. If the "
     "guest had a timer, what should the kernel do then?"},
    {"Isolation by the processor", "^G V", "kernel/hypervisor/guest_memory.h",
     "What can a faulty engine destroy at most, and who notices?"},
    {"Encapsulation and limits", "^G C [", "emu/guests/operations.h",
     "A clone copies all that a machine is. What is not copied? How does a cap "
     "differ from a weight?"},
    {"Recursion", "F4", "kernel/ui/lab/notes.c",
     "The lab names the VM that this kernel runs in. Could the Baby run in "
     "itself?"},
    {"Containers", "F1", "kernel/main.c",
     "Containers share one kernel. What would two Babies in containers "
     "share?"},
};
const unsigned course_count = sizeof course / sizeof course[0];

const char course_lacks[] =
    "The Baby has one mode, and no instruction traps. STP stops the whole "
    "machine, so it is sensitive, but it is not privileged: no hypervisor "
    "that runs on a Baby could keep control.";

unsigned course_draw(struct view *view, unsigned row, unsigned page)
{
    unsigned first = page * COURSE_PAGE;

    for (unsigned i = first; i < first + COURSE_PAGE && i < course_count; i++) {
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
