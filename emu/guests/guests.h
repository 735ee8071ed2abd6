/* SPDX-License-Identifier: MIT */
/*
 * The guests: up to GUESTS_MAX machines that share one PC.
 *
 * A guest is a session of its own.  The one in focus is the session of the
 * console, which the operator sees and operates; focusing another guest moves
 * its session there (operations.h).  Only the guest in focus has a journal and
 * a history.  Guests are numbered from 1.
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
enum vm_exit {
    VM_EXIT_BUDGET,
    VM_EXIT_STOP,
    VM_EXIT_HANG,
    VM_EXIT_BREAKPOINT, /* or another reason for which the session set CS to
                         * Stop
                         */
    VM_EXIT_FAULT,
    VM_EXIT_OVERRUN,
    VM_EXITS
};

struct account {
    uint64_t instructions;
    uint64_t us; /* processor time in microseconds */
    uint64_t exits[VM_EXITS];
};

struct guest {
    bool present;
    bool paused, killed;
    bool shown;      /* true if its tube is on the screen */
    bool ran;        /* true if it has run in this frame */
    bool logs;       /* true if its next slice must log bars for the tube */
    unsigned parent; /* number of the guest of which it is a clone, or 0 */
    struct account account;
    char reason[GUEST_TEXT]; /* why it was killed */

    /* Memory of the guest, which remains when it is removed.  The session of
       the guest in focus is elsewhere.  AREA may be NULL. */
    struct session *session;
    union engine_state *engine_state;
    struct code_area *area;
};

/* Memory of a guest. */
struct guest_memory {
    struct session session;
    union engine_state engine_state;
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

/* Makes SESSION, which must stay where it is, guest 1 and the one in focus.
   The others use SIZE bytes at MEMORY, which is aligned as for uint64_t. */
void guests_start(struct guests *guests, struct session *session, void *memory,
                  size_t size, uint64_t now);

/* Sets the memory for code that the guest of that NUMBER translates to. */
void guests_set_area(struct guests *guests, unsigned number,
                     struct code_area *area);

/* Return the guest, which may be absent, and the session of one present. */
struct guest *guests_get(struct guests *guests, unsigned number);
struct session *guests_session(struct guests *guests, unsigned number);

enum guest_state guests_state(struct guests *guests, unsigned number);
unsigned guests_weight(const struct guests *guests, unsigned number);
/* Returns the cap in percent, or 0 if there is none. */
unsigned guests_cap(const struct guests *guests, unsigned number);
/* Returns the share of the processor that a guest would get, in thousandths,
   if it and all that are running were flat out and had no cap. */
unsigned guests_share(struct guests *guests, unsigned number);

/* ---- Internal to guests/ ---- */

/* Tells the scheduler whether and when the guest can run. */
void guests_schedule(struct guests *guests, unsigned number);
