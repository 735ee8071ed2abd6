/* SPDX-License-Identifier: MIT */
/*
 * The whole state of the Manchester Baby (SSEM) as of June 1948.
 *
 * Store, accumulator and control, Williams-Kilburn tubes in the machine, are
 * words here.  Digit 0, the least significant, is at the left of the tube and
 * is bit 0.  All arithmetic is modulo 2^32: carries out of digit 31 are lost
 * (Burton, SSEM Programmer's Reference Manual, sections 2.1 to 2.4).
 *
 * In the lecture's words this struct is the T-state: the state of the target
 * machine, without anything an engine needs to execute it.  Two machines
 * share nothing.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define LINES        32  /* lines of the store, 0 at the top */
#define DIGITS       32  /* digits of a line, 0 at the left */
#define BAR_DIGITS   144 /* digit periods of a bar: 4 beats of 36 */
#define FUNCTION_BIT 13  /* first of the function digits, 13-15 */

/* The functions; the machine decodes 5 as 4 (Reference Manual 2.5, table). */
enum function {
    JMP = 0, /* CI := S */
    JRP = 1, /* CI := CI + S */
    LDN = 2, /* A := -S */
    STO = 3, /* S := A */
    SUB = 4, /* A := A - S */
    CMP = 6, /* skip the next instruction if A is negative */
    STP = 7, /* stop, and light the neon */
};

struct machine {
    uint32_t store[LINES];
    uint32_t a;  /* accumulator */
    uint32_t ci; /* control instruction: number of the line last obeyed */
    uint32_t pi; /* present instruction, as fetched */
    bool test;   /* test flip-flop: the next prepulse adds 2 to CI, not 1 */
    bool neon;   /* stop lamp: blocks prepulses until KC is pressed */

    /* Compatibility switches; both false is the machine of 1948. */
    bool ci5;            /* CI has five digits, as in SIMH */
    bool immediate_test; /* Test adds 1 to CI at once, as most simulators do */

    /* Counts, at most COUNT_MAX after machine_saturate(). */
    uint64_t prepulses;    /* all of them, hung and manual ones included */
    uint64_t instructions; /* instructions obeyed */
};

/* The maximum of both counts.  Positions in the history are numbered above
   it, within 64 bits. */
#define COUNT_MAX (UINT64_MAX / 2)

/* Limits the counts to COUNT_MAX.  Returns whether that changed them; if so,
   prepulses can no longer be identified by their count. */
bool machine_saturate(struct machine *machine);

/*
 * Sets the whole state to zero, counts included, except the compatibility
 * switches.  No source records the contents of the tubes at switch-on.
 */
void machine_clear(struct machine *machine);

/* KCC: sets CI, PI and A to zero; store, flip-flop and neon do not change. */
void machine_clear_control(struct machine *machine);

/* The value of CI after the next prepulse has incremented it. */
static inline uint32_t machine_next_control(const struct machine *machine)
{
    uint32_t control = machine->ci + (machine->test ? 2 : 1);

    return machine->ci5 ? control & (LINES - 1) : control;
}

/* The line number in digits 0-4 of WORD: 0 to 31. */
static inline unsigned word_line(uint32_t word)
{
    return word & (LINES - 1);
}

/* The function in digits 13-15 of WORD: 0 to 7. */
static inline unsigned word_function(uint32_t word)
{
    return (word >> FUNCTION_BIT) & 7;
}
