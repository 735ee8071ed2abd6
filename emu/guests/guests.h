/* SPDX-License-Identifier: MIT */
/*
 * The guests: up to GUESTS_MAX machines that share one PC.
 *
 * A guest is a session of its own.  The one in focus is the session of the
 * console, which the operator sees and operates.  To bring another guest into
 * focus, guests_focus() exchanges the two sessions.  Only the guest in focus
 * has a journal and a history.  Guests are numbered from 1.
 *
 * In the terms of virtual machines, this is the VMM's table of control blocks.
 * A VM entry is a call of a guest's engine with a budget, and a VM exit the
 * return from it, with the exact T-state (multiplex.h).
 */
#pragma once

#include "emu/session/session.h"
#include "scheduler.h"

#define GUESTS_MAX   SCHEDULER_MAX
#define GUEST_WEIGHT 8u /* weight of a new guest */
#define GUEST_TEXT   96

enum guest_state {
    GUEST_RUNNING,
    GUEST_PAUSED,  /* by the operator of the guests */
    GUEST_STOPPED, /* by STP, a breakpoint or CS */
    GUEST_HUNG,
    GUEST_KILLED, /* by the operator, or because of a fault or an overrun */
};

/* Why a call of a guest ended.  The caller reports the last two. */
enum guest_exit {
    GUEST_EXIT_BUDGET,
    GUEST_EXIT_STOP,
    GUEST_EXIT_HANG,
    GUEST_EXIT_BREAKPOINT, /* or another reason for which the session set CS to
                            * Stop
                            */
    GUEST_EXIT_FAULT,
    GUEST_EXIT_OVERRUN,
    GUEST_EXITS
};

struct account {
    uint64_t instructions;
    uint64_t us; /* processor time in microseconds */
    uint64_t exits[GUEST_EXITS];
};

/* Memory of a guest.  The session of the guest in focus is elsewhere. */
struct guest_place {
    struct session *session;
    struct engine_space *space; /* where its engine runs; NULL if here */
    union engine_state *engine_state;
    struct code_area *area; /* for translated code, may be NULL */
};

struct guest {
    bool present;
    bool paused, killed; /* by the operator */
    bool shown;          /* true if its tube is on the screen */
    bool ran;            /* true if it has run in this frame */
    bool logs;           /* true if its next slice must log bars for the tube */
    unsigned parent;     /* number of the guest of which it is a clone, or 0 */
    struct account account;
    char reason[GUEST_TEXT]; /* why it was killed */

    struct guest_place place; /* remains when the guest is removed */
};

/* What the last call was, for guests_account(). */
struct guest_call {
    unsigned number; /* of the guest that ran, or 0 */
    bool scheduled;  /* true if the scheduler chose it */
    bool learns;     /* true if its duration says how large a call may be */
};

struct guests {
    struct guest guest[GUESTS_MAX]; /* number 1 is the first */
    struct session *session;        /* of the guest in focus */
    struct session first;           /* memory of guest 1 */
    unsigned focus, count;
    unsigned capacity; /* number of guests for which there is memory */
    struct scheduler scheduler;
    struct guest_call call;
    char refusal[GUEST_TEXT]; /* why the last operation was refused */
};

/* Bytes of a guest whose engine runs here */
#define GUEST_SIZE (sizeof(struct session) + sizeof(union engine_state))

/* Divides SIZE bytes at MEMORY, which is aligned as for uint64_t, into places
   for at most MOST guests whose engines run here.  Returns their number. */
unsigned guests_divide(struct guest_place *places, unsigned most, void *memory,
                       size_t size);

/* Makes SESSION, which must stay where it is, guest 1 and the one in focus.
   The others use the first COUNT of PLACES. */
void guests_start(struct guests *guests, struct session *session,
                  const struct guest_place *places, unsigned count,
                  uint64_t now);

/* Makes the engine's memory that of the guest in focus, so that its state can
   be read.  Another guest may have run since. */
void guests_show_focus(struct guests *guests);

/* Returns the number of a guest with a program that is not saved, or 0. */
unsigned guests_unsaved(struct guests *guests);

/* Returns why the guest was killed, which is valid in that state. */
const char *guests_reason(struct guests *guests, unsigned number);

/* Return the guest, which may be absent, and the session of one present. */
struct guest *guests_get(struct guests *guests, unsigned number);
struct session *guests_session(struct guests *guests, unsigned number);

enum guest_state guests_state(struct guests *guests, unsigned number);
unsigned guests_weight(const struct guests *guests, unsigned number);
/* Returns the cap in percent, or 0 if there is none. */
unsigned guests_cap(const struct guests *guests, unsigned number);
/* Returns true if the guest runs flat out, and so competes for the processor.
 */
bool guests_competes(struct guests *guests, unsigned number);
/* Returns the share that its weight gives to a guest if it competes, in
   thousandths of the time of all that do. */
unsigned guests_share(struct guests *guests, unsigned number);

/* ---- Internal to guests/ ---- */

/* Tells the scheduler whether and when the guest can run. */
void guests_schedule(struct guests *guests, unsigned number);
