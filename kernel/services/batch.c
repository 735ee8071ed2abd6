/* SPDX-License-Identifier: MIT */
#include "batch.h"
#include "emu/text/number_format.h"

/* Each turn should take between TURN_US / 2 and TURN_US. */
#define TURN_US     50000u
#define FIRST_SLICE 1024u
#define SLICE_MAX   (1u << 26)
#define CLOCK_TEST  65536u /* a slice this long takes measurable time */
#define READ_SLICE  1024u  /* number of bytes read per turn */

/* Maximum number of warnings reported per file.  Together with an error they
   fit into the output buffer; further warnings are only counted. */
#define WARNINGS_MAX 50

/* Selects the program named in the options.  Returns 0 if there is none. */
static unsigned find_named(struct batch *batch, const struct options *options,
                           const struct library *library,
                           struct strbuf *warnings)
{
    const char *name = options->program;
    int index = library_find(library, name);

    if (name[0] != '\0' && index >= 0) {
        batch->files = &library->file[index];
        return 1;
    }
    if (name[0] == '\0' && options->store[0] != '\0') {
        batch->store = library_store(options->store);
        batch->files = &batch->store;
        return 1;
    }
    strbuf_add_apart(warnings);
    if (name[0] == '\0')
        strbuf_add(warnings, "batch has nothing to run; it needs modules, "
                             "program=NAME or store=TEXT");
    else
        strbuf_add(warnings, "batch: there is no program called \"%s\"", name);
    return 0;
}

bool batch_start(struct batch *batch, const struct options *options,
                 const struct library *library, unsigned modules,
                 struct code_area *area, struct strbuf *warnings)
{
    bool warned = warnings->length > 0;

    *batch = (struct batch){
        .engine = options->engine,
        .ci5 = options->ci5,
        .immediate_test = options->immediate_test,
        .files = library->file,
        .count = modules,
        .limit = options->limit,
        .slice = FIRST_SLICE,
    };
    if (!batch->engine->start(&batch->engine_state, area))
        batch->engine = &engine_reference; /* no memory for translated code */
    translator_set_hot(batch->engine, &batch->engine_state, options->hot);
    translator_limit_work(batch->engine, &batch->engine_state);
    if (options->limit_invalid)
        batch->count = 0;
    else if (modules == 0)
        batch->count = find_named(batch, options, library, warnings);
    batch->failed = batch->count == 0;
    batch->out = strbuf_begin(batch->buffer, sizeof batch->buffer);
    if (warned || batch->failed)
        strbuf_add(&batch->out, "baby: %s boot:0: %s\n",
                   batch->failed ? "error" : "warning", warnings->at);
    return !batch->failed;
}

static const char *name_of(const struct batch *batch)
{
    return batch->files[batch->next].name;
}

static void report_problem(void *context, bool error, unsigned line,
                           const char *sentence)
{
    struct batch *batch = context;

    batch->warnings += !error;
    if (!error && batch->warnings > WARNINGS_MAX)
        return;
    strbuf_add(&batch->out, "baby: %s %s:%u: %s\n", error ? "error" : "warning",
               name_of(batch), line, sentence);
}

static bool load_program(struct batch *batch)
{
    batch->machine.ci5 = batch->ci5;
    batch->machine.immediate_test = batch->immediate_test;
    program_load(&batch->reader.program, &batch->machine);
    batch->hung = false;
    return true;
}

/* Engines ignore the switches, so a state must have them in normal position. */
static bool load_state(struct batch *batch)
{
    const struct snapshot *snapshot = &batch->reader.snapshot;

    if (!controls_are_normal(&snapshot->controls)) {
        report_problem(batch, true, 0,
                       "batch needs the switches in normal position "
                       "(L and F must be 1, MAN and ERASE 0)");
        return false;
    }
    batch->machine = snapshot->machine;
    batch->hung = snapshot->hung;
    return true;
}

static void begin_reading(struct batch *batch)
{
    const struct library_file *file = &batch->files[batch->next];
    const struct reader_report report = {report_problem, batch};

    batch->reading = true;
    batch->warnings = 0;
    reader_start(&batch->reader, file->text, file->size, &report);
}

static void read_more(struct batch *batch)
{
    if (reader_slice(&batch->reader, READ_SLICE))
        return;
    batch->reading = false;
    if (batch->reader.good && batch->warnings > WARNINGS_MAX)
        strbuf_add(&batch->out, "baby: warning %s:0: %u more warnings\n",
                   name_of(batch), batch->warnings - WARNINGS_MAX);
    batch->loaded =
        batch->reader.good &&
        (batch->reader.is_state ? load_state(batch) : load_program(batch));
    if (batch->loaded) {
        batch->engine->state_changed(&batch->engine_state);
    } else {
        batch->failed = true;
        batch->next++;
    }
}

static void report(struct batch *batch, const char *end)
{
    const struct machine *machine = &batch->machine;
    struct strbuf *out = &batch->out;

    strbuf_add(out,
               "baby: batch program=%s engine=%s instructions=%llu end=%s\n",
               name_of(batch), batch->engine->name,
               (unsigned long long)machine->instructions, end);
    strbuf_add(out, "A %d\nCI %u\nPI %u\nTEST %d\n", (int)machine->a,
               (unsigned)machine->ci, (unsigned)machine->pi, machine->test);
    for (unsigned line = 0; line < LINES; line++) {
        strbuf_add(out, "%04u:", line);
        notation_write(out, machine->store[line], NOTATION_DIGITS);
        strbuf_add(out, "\n");
    }
    strbuf_add(out, "baby: end\n");
}

static uint32_t budget_of(const struct batch *batch)
{
    uint64_t left = batch->limit - batch->machine.instructions;

    if (batch->limit == 0 || left > batch->slice)
        return batch->slice;
    return (uint32_t)left;
}

/* Returns why the program has ended, or NULL if it has not. */
static const char *end_of(const struct batch *batch)
{
    if (batch->machine.neon)
        return "stop";
    if (batch->hung)
        return "hung";
    if (batch->limit != 0 && batch->machine.instructions >= batch->limit)
        return "limit";
    return NULL;
}

static void run(struct batch *batch)
{
    const struct breakpoints none = {0};

    if (end_of(batch) == NULL) {
        struct outcome outcome = batch->engine->run(
            &batch->engine_state, &batch->machine, &none, budget_of(batch));

        batch->hung = outcome.status == RUN_HUNG;
        machine_saturate(&batch->machine);
    }
    batch->whole = end_of(batch) == NULL;
    if (batch->whole)
        return;
    report(batch, end_of(batch));
    batch->loaded = false;
    batch->next++;
}

void batch_took(struct batch *batch, uint64_t took)
{
    if (!batch->whole)
        return;
    if (took > TURN_US && batch->slice > FIRST_SLICE)
        batch->slice /= 2;
    else if (took < TURN_US / 2 && batch->slice < SLICE_MAX &&
             (took > 0 || batch->slice < CLOCK_TEST))
        batch->slice *= 2;
}

bool batch_turn(struct batch *batch)
{
    batch->whole = false;
    if (batch->out.length > 0)
        return true;
    if (batch->loaded)
        run(batch);
    else if (batch->reading)
        read_more(batch);
    else if (batch->next < batch->count)
        begin_reading(batch);
    else
        return false;
    return true;
}
