/* SPDX-License-Identifier: MIT */
/* The state of the trace to the port for data (trace_export.h). */
#ifndef UI_DEBUGGER_TRACE_STATE_H
#define UI_DEBUGGER_TRACE_STATE_H

#include "emu/history/history.h"

#define TRACER_STEPS 1000  /* that can be sent afterwards */
#define TRACER_AHEAD 1000u /* that the machine may be ahead of the port */

struct trace_export {
    bool live;          /* trace each step from now on */
    uint64_t end;       /* otherwise: steps up to this one */
    struct position at; /* the next step to be sent starts here */
    uint32_t begun;     /* number of the history, history.begun */
    bool heads, leaps;  /* a heading, or a jump in history, is to be sent */
    bool cut;           /* the last row was not sent to its end */
    uint64_t moved;     /* time of the last progress */
    size_t size, sent;  /* of `bytes` */
    char bytes[2048];
};

#endif
