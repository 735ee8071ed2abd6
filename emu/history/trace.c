/* SPDX-License-Identifier: MIT */
#include "trace.h"
#include "emu/text/mnemonic.h"

/* Returns true if a Test skips.  This depends on the old A, because the
   flip-flop stays clear with immediate-test and KAC may clear A. */
static bool skips(const struct snapshot *before)
{
    return before->machine.a >> (DIGITS - 1);
}

static void write_effect(struct strbuf *text, const struct snapshot *before,
                         const struct snapshot *after, const struct bar *bar)
{
    const struct machine *machine = &after->machine;

    switch (word_function(bar->instruction)) {
    case JMP:
    case JRP:
        strbuf_add(text, "CI %d", (int)machine->ci);
        break;
    case LDN:
    case SUB:
    case SUB + 1:
        strbuf_add(text, "A %d", (int)machine->a);
        break;
    case STO:
        strbuf_add(text, "%02u %d", bar->action_line,
                   (int)machine->store[bar->action_line]);
        break;
    case CMP:
        strbuf_add(text, skips(before) ? "skips" : "goes on");
        break;
    case STP:
        strbuf_add(text, "stops");
        break;
    }
}

static void write_bar(struct strbuf *text, const struct snapshot *before,
                      const struct snapshot *after, const struct bar *bar)
{
    char instruction[16];
    struct strbuf spelt = strbuf_begin(instruction, sizeof instruction);

    if (bar->hung) {
        strbuf_add(text, "%02u hangs: nothing is fetched", bar->control_line);
        return;
    }
    instruction_write(&spelt, bar->instruction);
    if (before->controls.manual)
        strbuf_add(text, "M  %-6.6s ", instruction);
    else
        strbuf_add(text, "%02u %-6.6s ", bar->control_line, instruction);
    if (word_function(bar->instruction) < CMP)
        strbuf_add(text, "%11d ", (int)bar->operand);
    else
        strbuf_add(text, "%12s", "");
    write_effect(text, before, after, bar);
}

/* Writes what an action changed: the first line, or controls, or A and CI. */
static void write_action(struct strbuf *text, const struct snapshot *before,
                         const struct snapshot *after)
{
    strbuf_add(text, "by hand ");
    for (unsigned line = 0; line < LINES; line++)
        if (before->machine.store[line] != after->machine.store[line]) {
            strbuf_add(text, "%02u %d", line, (int)after->machine.store[line]);
            return;
        }
    if (!controls_are_same(&before->controls, &after->controls))
        strbuf_add(text, "switches and keys");
    else
        strbuf_add(text, "A %d CI %d", (int)after->machine.a,
                   (int)after->machine.ci);
}

void trace_write(struct strbuf *text, const struct snapshot *before,
                 const struct snapshot *after, const struct bar *bar)
{
    strbuf_add(text, "%10llu ",
               (unsigned long long)after->machine.instructions);
    if (bar != NULL)
        write_bar(text, before, after, bar);
    else
        write_action(text, before, after);
}
