/* SPDX-License-Identifier: MIT */
#include "demo.h"

#define SHOW_US    20000000u /* each program has this long */
#define STOPPED_US 4000000u  /* but a stopped one no more than this */

static void load(struct demo *demo, bool state)
{
    if (state)
        desk_restore(&demo->desk, &demo->moment, &demo->program);
    else
        desk_load(&demo->desk, &demo->program);
}

/* Loads the next program that can be read. */
static void show_next(struct demo *demo, const struct library *library,
                      uint64_t now)
{
    char sentence[1];

    for (unsigned tries = 0; tries < library->count; tries++) {
        struct text says = text_begin(sentence, sizeof sentence);
        const struct library_file *file = &library->file[demo->next];

        demo->shown = demo->next;
        demo->next = (demo->next + 1) % library->count;
        if (library_read(file, &demo->program, &demo->moment, &says)) {
            load(demo, library_is_state(file));
            desk_set_cs(&demo->desk, true);
            break;
        }
    }
    demo->end = now + SHOW_US;
    demo->ending = false;
}

void demo_start(struct demo *demo, const struct library *library, uint64_t now)
{
    desk_start(&demo->desk, NULL, NULL, SPEED_REAL, now);
    demo->next = 0;
    show_next(demo, library, now);
}

void demo_turn(struct demo *demo, const struct library *library, uint64_t now,
               bool last_of_frame)
{
    desk_turn(&demo->desk, now, last_of_frame);
    if (!desk_runs(&demo->desk) && !demo->ending) {
        demo->ending = true;
        if (demo->end > now + STOPPED_US)
            demo->end = now + STOPPED_US;
    }
    if (now >= demo->end)
        show_next(demo, library, now);
}
