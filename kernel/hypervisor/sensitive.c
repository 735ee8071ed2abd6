/* SPDX-License-Identifier: MIT */
#include "sensitive.h"
#include "guest.h"
#include <string.h>

#define LIMIT_TICKS 10

/* What an instruction does that causes no trap. */
#define DOES_NOTHING SENSITIVE_IGNORED
#define READS        SENSITIVE_READS

/* name, instruction, what it does in the kernel, what it does without a trap */
#define INSTRUCTIONS(ROW)                                                      \
    ROW(cli, "cli", "disables interrupts", DOES_NOTHING)                       \
    ROW(sti, "sti", "enables interrupts", DOES_NOTHING)                        \
    ROW(hlt, "hlt", "halts the processor", DOES_NOTHING)                       \
    ROW(write_cr0, "mov cr0, eax", "turns off paging", DOES_NOTHING)           \
    ROW(read_cr0, "mov eax, cr0", "reads whether paging is on", READS)         \
    ROW(in, "in", "reads from a device", READS)                                \
    ROW(out, "out", "writes to a device", DOES_NOTHING)                        \
    ROW(lgdt, "lgdt", "replaces the segments", DOES_NOTHING)                   \
    ROW(popf, "popf", "changes the interrupt flag", DOES_NOTHING)              \
    ROW(pushf, "pushf", "reads the interrupt flag", READS)                     \
    ROW(sgdt, "sgdt", "reads where the segments are", READS)                   \
    ROW(sidt, "sidt", "reads where the interrupt table is", READS)             \
    ROW(sldt, "sldt", "reads the selector of the local table", READS)          \
    ROW(str, "str", "reads the selector of the task", READS)                   \
    ROW(smsw, "smsw", "reads part of CR0", READS)                              \
    ROW(lar, "lar", "reads the privilege level of a segment", READS)           \
    ROW(verr, "verr", "reads whether a segment is readable", READS)            \
    ROW(cs, "mov ax, cs", "reads the privilege level", READS)

#define DECLARE(label, name, what, silent) void sensitive_##label(void);
INSTRUCTIONS(DECLARE)

static const struct instruction {
    void (*code)(void);
    const char *name, *what;
    enum sensitive_result silent; /* the result if there is no trap */
} instructions[] = {
#define DESCRIBE(label, name, what, silent)                                    \
    {sensitive_##label, name, what, silent},
    INSTRUCTIONS(DESCRIBE)};

_Static_assert(sizeof instructions / sizeof instructions[0] == SENSITIVE_ROWS,
               "every instruction has a row");

static void run(const struct instruction *instruction,
                struct sensitive_row *row)
{
    const struct user_registers registers = guest_registers(instruction->code);
    struct vm_exit exit = vm_enter(&registers, LIMIT_TICKS);
    bool traps = exit.reason != VM_EXIT_DONE;

    *row = (struct sensitive_row){
        .name = instruction->name,
        .what = instruction->what,
        .result = traps ? SENSITIVE_TRAPS : instruction->silent,
        .detail = traps ? exit.frame.vector : exit.frame.edx,
    };
}

bool sensitive_run(struct sensitive_row rows[SENSITIVE_ROWS])
{
    if (!vm_is_started())
        return false;
    for (unsigned i = 0; i < SENSITIVE_ROWS; i++)
        run(&instructions[i], &rows[i]);
    return true;
}
