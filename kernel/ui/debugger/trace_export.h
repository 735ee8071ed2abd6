/* SPDX-License-Identifier: MIT */
/*
 * The trace on its way to COM1: a row for each step of history, as
 * emu/history/trace.h has it.  The rows are made a few at a time, as COM1 takes
 * them; a machine that is traced as it goes waits for it.
 */
#ifndef UI_DEBUGGER_TRACE_EXPORT_H
#define UI_DEBUGGER_TRACE_EXPORT_H

#include "emu/history/history.h"

#define TRACER_STEPS 1000  /* that can be sent afterwards .. */
#define TRACER_AHEAD 1000u /* .. or that the machine may be ahead of COM1 */

struct trace_export {
    bool live;          /* each step that is taken, until told otherwise .. */
    uint64_t end;       /* .. or, where it is not, steps up to this one */
    struct position at; /* the steps before this are sent */
    uint32_t begun;     /* of which history, as that counts */
    bool heads, leaps;  /* a head is to come first, or that it went elsewhere */
    bool cut;           /* .. after a row that was not sent to its end */
    uint64_t moved;     /* when COM1 last took a byte, or had none to take */
    size_t size, sent;  /* of `bytes` */
    char bytes[2048];
};

#endif
