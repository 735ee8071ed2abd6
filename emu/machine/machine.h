/* SPDX-License-Identifier: MIT */
/*
 * The Manchester Baby (SSEM) as it stood in June 1948: its whole state.
 *
 * Store, accumulator and control are Williams-Kilburn tubes; here they are
 * words.  Digit 0, the least significant, is at the left on the tube and is
 * bit 0 here.  All arithmetic is modulo 2^32: carries out of digit 31 vanish
 * (Burton, SSEM Programmer's Reference Manual, sections 2.1 to 2.4).
 *
 * This struct is the T-state of the emulation lecture: what the target
 * machine is, and nothing about how an engine runs it.  Two machines share
 * nothing.
 */
#ifndef EMU_MACHINE_MACHINE_H
#define EMU_MACHINE_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#define LINES        32  /* lines of the store, 0 at the top */
#define DIGITS       32  /* digits of a line, 0 at the left */
#define BAR_DIGITS   144 /* digit periods a bar takes: 4 beats of 36 */
#define FUNCTION_BIT 13  /* digits 13-15 of an instruction: its function */

/* The functions; 5 is decoded as 4 (Reference Manual 2.5, table). */
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
    uint32_t ci; /* control instruction: the line last obeyed */
    uint32_t pi; /* present instruction, as fetched */
    bool test;   /* test flip-flop: the next prepulse adds 2 to CI */
    bool neon;   /* stop lamp: no prepulse passes until KC is pressed */

    /* Compatibility with other simulators; both false in 1948's machine. */
    bool ci5;            /* CI is kept to five digits, as SIMH does */
    bool immediate_test; /* Test adds 1 to CI at once, as most others do */

    /* Both end at COUNT_MAX; machine_saturate() sees to it. */
    uint64_t prepulses;    /* every one: hung and manual ones too */
    uint64_t instructions; /* instructions obeyed */
};

/* What the counts of prepulses and instructions end at.  The numbers of all
   positions in history are above it, and fit 64 bits. */
#define COUNT_MAX (UINT64_MAX / 2)

/* Brings counts that a call took beyond COUNT_MAX back to it.  True: it did,
   and from here on prepulses cannot be told apart by their count. */
bool machine_saturate(struct machine *machine);

/*
 * All of the state to zero, the counts too; the compatibility switches stay.
 * What the real tubes held at switch-on nobody wrote down.
 */
void machine_clear(struct machine *machine);

/* KCC: CI, PI and A to zero; store, flip-flop and neon are left. */
void machine_clear_control(struct machine *machine);

/* CI as the next prepulse will make it. */
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

#endif
