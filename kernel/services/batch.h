/* SPDX-License-Identifier: MIT */
/*
 * Batch mode: runs programs without an operator and reports on each of them.
 * Documented in kernel/README.md, "Batch".  A saved state keeps its instruction
 * count, which is included in the report and the limit.
 */
#pragma once

#include "emu/engines.h"
#include "library.h"
#include "options.h"

struct batch {
    struct machine machine;
    const struct engine *engine;
    union engine_state engine_state;
    struct reader reader;     /* reader for files[next] */
    bool ci5, immediate_test; /* options for programs; states have their own */
    const struct library_file *files;
    struct library_file store; /* program given by the store= option */
    unsigned count;
    unsigned next;     /* index of the current file */
    uint64_t limit;    /* maximum instructions per program, or 0 if unlimited */
    uint32_t slice;    /* number of instructions per turn */
    bool whole;        /* true if the last turn used the whole slice */
    bool reading;      /* true while files[next] is being read */
    unsigned warnings; /* number of warnings for files[next] */
    bool loaded;       /* true while files[next] is running */
    bool hung;         /* true if the machine is hung */
    bool failed;       /* true if a file was unreadable or there was none */
    struct strbuf out; /* output to be sent */
    char buffer[16384];
};

/* Prepares to run the first MODULES programs of LIBRARY or, if MODULES is 0,
   the program named by the options.  Reports WARNINGS first.  Returns false,
   with the reason in WARNINGS, if nothing can be run. */
bool batch_start(struct batch *batch, const struct options *options,
                 const struct library *library, unsigned modules,
                 struct code_area *area, struct strbuf *warnings);

/* Works for up to 50 ms and leaves its output in batch->out, which the caller
   must send and empty before the next turn.  Returns false once all files are
   done; batch->failed is then the result.  The caller must pass the duration of
   each turn, in microseconds, to batch_took(). */
bool batch_turn(struct batch *batch);
void batch_took(struct batch *batch, uint64_t took);
