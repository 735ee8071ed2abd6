/* SPDX-License-Identifier: MIT */
#include "debugger_state.h"
#include "emu/text/number.h"
#include <string.h>

struct debug *debug_of(const struct view *view)
{
    struct debugger *debugger = view->state[PAGE_DEBUG];
    struct debug *debug = &debugger->debug;

    if (debug->load != view->load.count) {
        memset(debug, 0, sizeof *debug);
        debug->load = view->load.count;
    }
    return debug;
}

struct trace_export *trace_of(const struct view *view)
{
    struct debugger *debugger = view->state[PAGE_DEBUG];

    return &debugger->trace;
}

bool debug_take_number(struct view *view, uint64_t *number)
{
    struct span digits = {debug_of(view)->number,
                          strlen(debug_of(view)->number)};
    bool any = number_read_count(digits, number);

    debug_of(view)->number[0] = '\0';
    return any;
}
