/* SPDX-License-Identifier: MIT */
/* State of the trace export (see trace_export.h). */
#pragma once

#include "emu/history/history.h"

#define TRACER_STEPS 1000  /* number of past steps sent by one command */
#define TRACER_AHEAD 1000u /* maximum number of unsent steps when live */

struct trace_export {
    bool live;          /* true while a live trace is running */
    uint64_t end;       /* step at which to stop sending */
    struct position at; /* position before the next step to send */
    uint32_t begun;     /* history.begun of the history being traced */
    bool head_due;      /* true if a heading must be sent */
    bool jump_due;      /* true if a jump in history must be reported */
    bool cut;           /* true if the last row was only partly sent */
    uint64_t moved;     /* time of the last progress in microseconds */
    size_t size;        /* number of bytes in the buffer */
    size_t sent;        /* number of bytes already sent */
    char bytes[2048];
};
