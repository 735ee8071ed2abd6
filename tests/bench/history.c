/* SPDX-License-Identifier: MIT */
/* Measures how much recording the history slows down the translator at full
   speed, and how long a step back takes after a long run.  It runs on the host
   with the kernel's own objects, including the console. */
#define _DEFAULT_SOURCE
#include "host.h"
#include "services/option_parser.h"
#include "ui/ui.h"
#include <string.h>

#define ROUNDS    41
#define ROUND_US  60000
#define MEMORY    (8 << 20)   /* history size in bytes on a PC with 64 MB */
#define FAR       2000000000u /* length of the long run in instructions */
#define BACK_RUNS 7
#define BACK_MORE 10

/* Endless programs.  The first is also in emu/check/bench_programs.c. */
static const struct {
    const char *name, *text;
} programs[] = {
    {"mix", "1 LDN 20\n2 SUB 16\n3 STO 21\n4 LDN 21\n5 STO 20\n6 CMP\n"
            "7 JMP 17\n8 LDN 22\n9 SUB 18\n10 STO 22\n11 CMP\n12 JRP 16\n"
            "13 SUB 16\n14 STO 23\n15 JMP 17\n16 NUM 1\n18 NUM 3\n"
            "20 NUM -65536\n22 NUM 7\n"},
    {"rewrite", "1 LDN 4\n2 SUB 6\n3 STO 4\n4 LDN 7\n5 JMP 0\n6 NUM -32783\n"
                "7 NUM 1\n8 NUM 2\n"},
};
#define PROGRAMS (sizeof programs / sizeof *programs)

static uint64_t microseconds(void)
{
    return host_nanoseconds() / 1000;
}

/* A console with its own code areas and history memory. */
struct pc {
    struct ui ui;
    union engine_state engine_state;
    struct code_area code, history_code;
    uint64_t *memory;
};

static void make(struct pc *pc)
{
    pc->code = host_area();
    pc->history_code = host_area();
    pc->memory = malloc(MEMORY);
    if (pc->memory == NULL)
        exit(2);
    memset(pc->memory, 0, MEMORY);
}

static void boot(struct pc *pc, unsigned program, bool history)
{
    struct options options;
    char warning[80];
    struct strbuf warnings = strbuf_begin(warning, sizeof warning);
    struct ui *ui = &pc->ui;

    memset(ui, 0, sizeof *ui);
    ui->view.environment.engine_state = &pc->engine_state;
    ui->view.environment.code = &pc->code;
    ui->view.environment.history_code = &pc->history_code;
    ui->view.environment.memory = pc->memory;
    ui->view.environment.memory_size = history ? MEMORY : 0;
    library_add(&ui->view.library, programs[program].name,
                programs[program].text, strlen(programs[program].text));
    options_read(&options, "engine=translator speed=max", &warnings);
    ui_start(ui, (struct screen_sizes){.page = {PAGE_ROWS, PAGE_COLUMNS}},
             &options, 1, "", warning, "", microseconds());
}

static void turn(struct ui *ui)
{
    bool drawn;

    while (ui_more(ui, microseconds()))
        continue;
    ui_turn(ui, microseconds(), &drawn);
}

static void press(struct ui *ui, enum key key)
{
    ui_event(ui, &(struct event){.key = key, .down = true, .tap = true});
}

static void type(struct ui *ui, const char *text, bool control)
{
    for (; *text != '\0'; text++)
        ui_event(ui, &(struct event){.key = KEY_CHARACTER,
                                     .character = *text,
                                     .position = *text,
                                     .control = control,
                                     .down = true,
                                     .tap = true});
}

/* Returns the speed of the machine in instructions per microsecond. */
static double speed(struct ui *ui)
{
    uint64_t start = microseconds(),
             from = ui->view.session.machine.instructions;

    while (microseconds() - start < ROUND_US)
        turn(ui);
    return (double)(ui->view.session.machine.instructions - from) /
           (double)(microseconds() - start);
}

/* Alternates between the consoles so that other load affects both equally. */
static void measure_cost(struct pc *with, struct pc *without, unsigned program)
{
    double ratios[ROUNDS], rates[ROUNDS];

    boot(with, program, true);
    boot(without, program, false);
    press(&with->ui, KEY_F5);
    press(&without->ui, KEY_F5);
    speed(&with->ui);
    speed(&without->ui);
    for (unsigned i = 0; i < ROUNDS; i++) {
        rates[i] = speed(&with->ui);
        ratios[i] = rates[i] / speed(&without->ui);
    }
    printf("%-8s %8.0f million/s with history, x %.3f of without\n",
           programs[program].name, host_median(rates, ROUNDS),
           host_median(ratios, ROUNDS));
}

/* Waits for a seek to finish and returns the milliseconds since START. */
static double search_from(struct ui *ui, uint64_t start)
{
    while (session_is_seeking(&ui->view.session))
        turn(ui);
    return (double)(microseconds() - start) / 1000;
}

static double step_back(struct ui *ui)
{
    uint64_t start = microseconds();

    press(ui, KEY_F7);
    return search_from(ui, start);
}

static double go_to(struct ui *ui, uint32_t instruction)
{
    uint64_t start = microseconds();
    char number[24];

    snprintf(number, sizeof number, "%ug", (unsigned)instruction);
    type(ui, number, false);
    return search_from(ui, start);
}

static void is_at(const struct ui *ui, uint64_t instructions)
{
    if (ui->view.session.machine.instructions == instructions)
        return;
    fprintf(stderr, "history: at the wrong instruction\n");
    exit(1);
}

/* Runs at least FAR instructions.  Returns the number executed. */
static uint64_t run_far(struct ui *ui)
{
    press(ui, KEY_F5);
    while (ui->view.session.machine.instructions < FAR)
        turn(ui);
    press(ui, KEY_F5);
    return ui->view.session.machine.instructions;
}

static void print_back(const char *what, double *values, unsigned count)
{
    double usual = host_median(values, count);

    printf("  %s %.2f ms (%.2f)", what, usual, values[count - 1]);
}

static void measure_back(struct pc *pc, unsigned program)
{
    double first[BACK_RUNS], more[BACK_RUNS * BACK_MORE], half[BACK_RUNS];
    struct ui *ui = &pc->ui;
    unsigned count = 0;

    for (unsigned i = 0; i < BACK_RUNS; i++) {
        boot(pc, program, true);
        type(ui, "b", true);
        uint64_t far = run_far(ui);

        first[i] = step_back(ui);
        is_at(ui, far - 1);
        for (unsigned j = 0; j < BACK_MORE; j++)
            more[count++] = step_back(ui);
        is_at(ui, far - 1 - BACK_MORE);
        half[i] = go_to(ui, FAR / 2 + i);
        is_at(ui, FAR / 2 + i);
    }
    printf("%-8s back from %u:", programs[program].name, FAR);
    print_back("F7", first, BACK_RUNS);
    print_back("F7 again", more, count);
    print_back("halfway", half, BACK_RUNS);
    puts("");
}

int main(void)
{
    static struct pc with, without;

    make(&with);
    make(&without);
    for (unsigned i = 0; i < PROGRAMS; i++)
        measure_cost(&with, &without, i);
    for (unsigned i = 0; i < PROGRAMS; i++)
        measure_back(&with, i);
    return 0;
}
