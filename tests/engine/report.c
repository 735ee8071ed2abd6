/* SPDX-License-Identifier: MIT */
#include "report.h"
#include "emu/text/mnemonic.h"
#include <stdio.h>
#include <string.h>

#define REPEATS 2000u /* maximum number of repeated calls */

static void print_instruction(const struct machine *before)
{
    unsigned line = word_line(machine_next_control(before));
    uint32_t word = before->store[line];
    char buffer[20];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    instruction_write(&text, word);
    printf("line %02u: %s (%08x)\n", line, buffer, (unsigned)word);
}

static void print_state(const struct machine *machine)
{
    printf("A %08x  CI %08x  PI %08x  flip-flop %d\n", (unsigned)machine->a,
           (unsigned)machine->ci, (unsigned)machine->pi, machine->test);
}

void report_left(const struct machine *before, const char *engine,
                 const char *what)
{
    printf("%s left an instruction of this exercise to the reference.\n%s, ",
           engine, what);
    print_instruction(before);
    printf("before: ");
    print_state(before);
}

/* Prints the report without the lines of the store that are equal. */
static void print_report(const struct lockstep *lockstep)
{
    char buffer[5000];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    lockstep_report(lockstep, &text);
    for (char *row = strtok(buffer, "\n"); row != NULL;
         row = strtok(NULL, "\n"))
        if (strncmp(row, "line", 4) != 0 || row[strlen(row) - 1] == '*')
            puts(row);
}

/* Finds the shortest call that differs: starts the engine anew and calls it
   with a budget of 1, 2, and so on.  If none differs, LOCKSTEP is unchanged. */
static void narrow(struct lockstep *lockstep, struct code_area *area)
{
    const struct lockstep whole = *lockstep;
    uint32_t budget = whole.budget < REPEATS ? whole.budget : 0;

    for (uint32_t i = 1; i <= budget; i++)
        if (lockstep_start(lockstep, whole.engine, whole.state, area,
                           &whole.before, &whole.breakpoints) &&
            !lockstep_call(lockstep, i))
            return;
    *lockstep = whole;
}

void report_difference(struct lockstep *lockstep, struct code_area *area,
                       const char *what)
{
    struct machine before;
    uint32_t last;

    if (lockstep->budget > 1)
        narrow(lockstep, area);
    last = lockstep->expected_outcome.instructions;
    before = lockstep->before;
    if (last > 1)
        engine_reference.run(NULL, &before, &lockstep->breakpoints, last - 1);
    printf("%s and the reference differ (*).\n%s, ", lockstep->engine->name,
           what);
    if (last > 1)
        printf("instruction %u of a call, ", (unsigned)last);
    print_instruction(&before);
    print_report(lockstep);
}
