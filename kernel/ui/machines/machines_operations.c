/* SPDX-License-Identifier: MIT */
#include "machines_operations.h"
#include "emu/guests/operations.h"
#include "machines_table.h"
#include "machines_usage.h"
#include "ui/base/page_switch.h"

#define CAP_STEP 5 /* percent */

/* ---- Machines ---- */

/* Shows why an operation was refused. */
static bool done(struct view *view, bool done)
{
    if (!done)
        view_message(view, "%s", view->guests->refusal);
    machines_forget(machines_of(view));
    return done;
}

void machines_choose(struct view *view, int position)
{
    int last = (int)view->guests->count - 1;
    unsigned i =
        position < 0 ? 0 : (unsigned)(position > last ? last : position);

    machines_of(view)->chosen = machines_number(view, i);
    machines_of(view)->doomed = 0;
}

bool machines_add(struct view *view)
{
    const struct reader *reader = &view->load.file.reader;
    struct machines *machines = machines_of(view);
    unsigned number =
        guests_new(view->guests, &reader->program,
                   reader->is_state ? &reader->snapshot : NULL, machines->now);

    if (!done(view, number != 0))
        return false;
    machines->name[number - 1] = view->load.file.file.name;
    machines->chosen = number;
    return true;
}

void machines_clone(struct view *view)
{
    struct machines *machines = machines_of(view);
    unsigned from = machines->chosen;
    unsigned number = guests_clone(view->guests, from, machines->now);

    if (!done(view, number != 0))
        return;
    machines->name[number - 1] = from == view->guests->focus
                                     ? view->load.name
                                     : machines->name[from - 1];
    machines->chosen = number;
    view_message(view, "Machine %u is a clone of machine %u, and both go on",
                 number, from);
}

/* The machine in focus is stopped and run on its own pages.  If it were paused
   or killed here, they could not run it. */
static bool is_in_focus(struct view *view)
{
    unsigned number = machines_of(view)->chosen;

    if (number != view->guests->focus)
        return false;
    view_message(view, "Machine %u is in focus: F5 on its own pages stops it",
                 number);
    return true;
}

void machines_pause(struct view *view)
{
    struct machines *machines = machines_of(view);
    unsigned number = machines->chosen;

    if (is_in_focus(view))
        return;
    if (guests_get(view->guests, number)->paused)
        done(view, guests_resume(view->guests, number, machines->now));
    else
        done(view, guests_pause(view->guests, number));
}

void machines_kill(struct view *view)
{
    if (!is_in_focus(view))
        done(view, guests_kill(view->guests, machines_of(view)->chosen));
}

void machines_restart(struct view *view)
{
    struct machines *machines = machines_of(view);

    done(view, guests_restart(view->guests, machines->chosen, machines->now));
}

void machines_remove(struct view *view)
{
    struct machines *machines = machines_of(view);
    unsigned number = machines->chosen, position = machines_position(view);

    if (number != view->guests->focus && machines->doomed != number &&
        guests_session(view->guests, number)->entered.unsaved) {
        machines->doomed = number;
        view_message(view,
                     "The program of machine %u is not saved: Del again "
                     "removes it",
                     number);
        return;
    }
    if (done(view, guests_remove(view->guests, number)))
        machines_choose(view, (int)position);
}

/* ---- Settings ---- */

void machines_change_weight(struct view *view, int by)
{
    unsigned number = machines_of(view)->chosen;
    int weight = (int)guests_weight(view->guests, number) + by;

    if (weight >= 1)
        done(view, guests_set_weight(view->guests, number, (unsigned)weight));
}

void machines_change_cap(struct view *view, int by)
{
    struct machines *machines = machines_of(view);
    unsigned cap = guests_cap(view->guests, machines->chosen);
    int percent = (int)(cap > 0 ? cap : 100) + by * CAP_STEP;

    if (percent >= CAP_STEP && percent <= 100)
        done(view, guests_set_cap(view->guests, machines->chosen,
                                  (unsigned)percent, machines->now));
}

void machines_change_speed(struct view *view, int by)
{
    struct machines *machines = machines_of(view);
    const struct session *session =
        guests_session(view->guests, machines->chosen);
    int speed = (int)session->pace.speed + by;

    if (speed >= 0 && speed < SPEEDS)
        done(view, guests_set_speed(view->guests, machines->chosen,
                                    (unsigned)speed, machines->now));
}

void machines_next_engine(struct view *view)
{
    unsigned number = machines_of(view)->chosen, at = 0;
    const struct session *session = guests_session(view->guests, number);

    while (engines[at] != session->engine)
        at++;
    for (unsigned i = 0; engines[i] != NULL; i++) {
        at = engines[at + 1] != NULL ? at + 1 : 0;
        if (guests_set_engine(view->guests, number, engines[at]))
            return;
    }
    done(view, false);
}

/* ---- Focus ---- */

void machines_focus(struct view *view)
{
    struct machines *machines = machines_of(view);
    unsigned before = view->guests->focus, number = machines->chosen;

    const struct guest *guest = guests_get(view->guests, number);

    if (guest->killed) {
        view_message(view, "Machine %u was killed: R restarts it", number);
        return;
    }
    if (guest->paused)
        guests_resume(view->guests, number, machines->now);
    if (!done(view, guests_focus(view->guests, number)))
        return;
    if (number != before) {
        machines->name[before - 1] = view->load.name;
        view->load.name = machines->name[number - 1];
        view->environment.code = guests_get(view->guests, number)->place.area;
        view->refocused = true;
    }
    page_back(view);
}
