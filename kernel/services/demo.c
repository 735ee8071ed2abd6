/* SPDX-License-Identifier: MIT */
#include "demo.h"

#define SHOW_US    20000000u /* time for which each program is shown */
#define STOPPED_US 4000000u  /* time for which a stopped program is shown */

static void show(struct demo *demo, uint64_t now)
{
    const struct library_reader *read = &demo->reading;

    library_read_info(&read->file, &demo->info);
    if (read->reader.is_state)
        session_restore(&demo->session, &read->reader.snapshot,
                        &read->reader.program);
    else
        session_load(&demo->session, &read->reader.program);
    session_set_cs(&demo->session, true);
    demo->tries = 0;
    demo->end = now + SHOW_US;
    demo->stopped = false;
}

static void begin_next(struct demo *demo, const struct library *library)
{
    library_start(&demo->reading, &library->file[demo->next]);
    demo->next = (demo->next + 1) % library->count;
}

/* Reads a slice of the next program.  If no program in the library can be read,
   waits before the next attempt. */
static void read_next(struct demo *demo, const struct library *library,
                      uint64_t now)
{
    size_t bytes = LIBRARY_SLICE;

    if (!reader_is_active(&demo->reading.reader)) {
        begin_next(demo, library);
        bytes = LIBRARY_FIRST_SLICE;
    }
    if (library_slice(&demo->reading, bytes))
        return;
    if (demo->reading.reader.good)
        show(demo, now);
    else if (++demo->tries % library->count == 0)
        demo->end = now + SHOW_US;
}

void demo_start(struct demo *demo, const struct library *library, uint64_t now)
{
    session_start(&demo->session, NULL, &demo->engine_state, NULL, NULL,
                  SPEED_REAL, now);
    demo->reading.reader.stage = READER_DONE;
    demo->info.title[0] = '\0';
    demo->next = 0;
    demo->tries = 0;
    demo->end = now;
    demo->stopped = false;
    if (library->count > 0)
        read_next(demo, library, now);
}

void demo_turn(struct demo *demo, const struct library *library, uint64_t now,
               bool last_of_frame)
{
    session_turn(&demo->session, now, last_of_frame);
    if (!session_runs(&demo->session) && !demo->stopped) {
        demo->stopped = true;
        if (demo->end > now + STOPPED_US)
            demo->end = now + STOPPED_US;
    }
    if (now >= demo->end && library->count > 0)
        read_next(demo, library, now);
}
