/* SPDX-License-Identifier: MIT */
/* The state of the trace to the data port (trace_export.h). */
#pragma once

#include "emu/history/history.h"

#define TRACER_STEPS 1000  /* of the past, sent by one command */
#define TRACER_AHEAD 1000u /* maximum of steps not yet sent, when live */

struct trace_export {
    bool live;          /* trace each step from now on */
    uint64_t end;       /* the last step to send; unless live */
    struct position at; /* start of the next step to send */
    uint32_t begun;     /* number of the traced history (history.begun) */
    bool head_due;      /* a heading is to be sent */
    bool jump_due;      /* the row of a jump in history is to be sent */
    bool cut;           /* the last row was sent only in part */
    uint64_t moved;     /* time of the last progress, in us */
    size_t size;        /* bytes in `bytes` */
    size_t sent;        /* how many of them have been sent */
    char bytes[2048];
};
