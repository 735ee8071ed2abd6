/* SPDX-License-Identifier: MIT */
/*
 * Batch: runs programs without an operator and reports on each, for scripts.
 * kernel/README.md, "Batch", documents the report.  A saved state continues its
 * count of instructions, so that report and limit count from the start of its
 * program.
 */
#pragma once

#include "emu/engines.h"
#include "library.h"
#include "options.h"

struct batch {
    struct machine machine;
    const struct engine *engine;
    union engine_state engine_state;
    struct reader reader;     /* of files[next] */
    bool ci5, immediate_test; /* for programs; a state has its own */
    const struct library_file *files;
    struct library_file store; /* the option store= */
    unsigned count;
    unsigned next;     /* index of the next file */
    uint64_t limit;    /* 0: none */
    uint32_t slice;    /* instructions per turn */
    bool whole;        /* the last turn used the whole slice */
    bool reading;      /* files[next] is being read */
    bool is_state;     /* files[next] is a state, not a program */
    unsigned warnings; /* of the reader, for files[next] */
    bool loaded;       /* files[next] is running */
    bool hung;         /* the machine hangs */
    bool failed;       /* a file was unreadable, or there was none */
    struct strbuf out; /* text to send */
    char buffer[16384];
};

/*
 * Prepares to run the first MODULES programs of LIBRARY, or if MODULES is 0 the
 * one that OPTIONS name.  Reports WARNINGS first.  If there is nothing to run
 * or the limit is invalid, adds that to WARNINGS and returns false.
 */
bool batch_start(struct batch *batch, const struct options *options,
                 const struct library *library, unsigned modules,
                 struct code_area *area, struct strbuf *warnings);

/*
 * batch_turn() works for up to 50 ms and leaves its output in batch->out, which
 * the caller sends and empties before the next turn.  It returns false once all
 * files are done; batch->failed is the result.  The caller passes the duration
 * of each turn, in microseconds, to batch_took().
 */
bool batch_turn(struct batch *batch);
void batch_took(struct batch *batch, uint64_t took);
