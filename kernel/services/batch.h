/* SPDX-License-Identifier: MIT */
/*
 * Runs programs one after another without an operator and reports on each,
 * for scripts.  README, "Batch", shows the form of the report.
 *
 * A state is run on from where it was saved; its count goes on too, so that
 * report and limit count from the beginning of its program.
 */
#ifndef SERVICES_BATCH_H
#define SERVICES_BATCH_H

#include "emu/engines.h"
#include "library.h"
#include "options.h"

struct batch {
    struct machine machine;
    const struct engine *engine;
    union engine_state engine_state;
    struct reader reader;     /* of the file `next` */
    bool ci5, immediate_test; /* as the options say; a state has its own */
    const struct library_file *files;
    struct library_file store; /* that the options name */
    unsigned count;
    unsigned next;     /* file to be loaded next */
    uint64_t limit;    /* 0: none */
    uint32_t slice;    /* instructions in a turn .. */
    bool whole;        /* .. and the last turn obeyed as many */
    bool reading;      /* it is being read .. */
    bool is_state;     /* .. and is a state */
    unsigned warnings; /* that the reader had for it */
    bool loaded;       /* a program is under way .. */
    bool hung;         /* .. but nothing was fetched the last time */
    bool failed;       /* one could not be read, or there was none */
    struct strbuf out; /* what is to be sent */
    char buffer[16384];
};

/*
 * Makes ready to run the first MODULES programs of LIBRARY, or where that is
 * 0 the one that OPTIONS name.  What COMPLAINTS holds is reported first.
 * False: there is nothing to run, or the limit was not understood; COMPLAINTS
 * says so, and the report will be that error alone.
 */
bool batch_start(struct batch *batch, const struct options *options,
                 const struct library *library, unsigned modules,
                 struct code_area *area, struct strbuf *warnings);

/*
 * Does up to 50 ms of work, where the caller says with batch_took() how many
 * microseconds the last turn TOOK.  What it has to say is left in batch->out,
 * which the caller sends and empties before the next turn.  False: all is
 * done, and batch->failed says how.
 */
bool batch_turn(struct batch *batch);
void batch_took(struct batch *batch, uint64_t took);

#endif
