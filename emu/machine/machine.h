/* SPDX-License-Identifier: MIT */
/*
 * Complete state of the Manchester Baby (SSEM) as of June 1948.
 *
 * The store, accumulator and control, which were Williams-Kilburn tubes, are
 * represented as words.  Digit 0, the least significant, is at the left of the
 * tube and in bit 0 of the word.  All arithmetic is modulo 2^32: carries out of
 * digit 31 are lost (Burton, SSEM Programmer's Reference Manual, 2.1 to 2.4).
 *
 * This is the state of the target machine (T-state).  The private state of each
 * engine (V-state) is kept separately.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define LINES        32  /* lines in the store, numbered from the top */
#define DIGITS       32  /* digits in a line, numbered from the left */
#define BAR_DIGITS   144 /* length of a bar in digit periods (4 beats of 36) */
#define FUNCTION_BIT 13  /* lowest of the three function digits */

/* Functions.  The machine decodes function 5 as 4 (Reference Manual 2.5). */
enum function {
    JMP = 0, /* CI := S */
    JRP = 1, /* CI := CI + S */
    LDN = 2, /* A := -S */
    STO = 3, /* S := A */
    SUB = 4, /* A := A - S */
    CMP = 6, /* skip the next instruction if A is negative */
    STP = 7, /* stop and light the neon */
};

struct machine {
    uint32_t store[LINES];
    uint32_t a;  /* accumulator */
    uint32_t ci; /* control instruction, the last line executed */
    uint32_t pi; /* present instruction, the last word fetched */
    bool test;   /* test flip-flop, set if the next instruction is skipped */
    bool neon;   /* stop lamp, lit from STP until KC is pressed */

    /* Compatibility switches, both false on the 1948 machine. */
    bool ci5;            /* true if CI has five digits, as in SIMH */
    bool immediate_test; /* true if CMP increments CI, as in most simulators */

    /* Counters, which machine_saturate() limits to COUNT_MAX. */
    uint64_t prepulses;    /* prepulses, including hung and manual ones */
    uint64_t instructions; /* instructions executed */
};

/* Maximum value of the counters, so that history positions fit in 64 bits. */
#define COUNT_MAX (UINT64_MAX / 2)

/* Limits the counters to COUNT_MAX.  Returns true if the limit was exceeded, in
   which case prepulses can no longer be identified by their number. */
bool machine_saturate(struct machine *machine);

/* Clears the machine except for its compatibility switches.  The contents of
   the tubes at power-on are not recorded in any source. */
void machine_clear(struct machine *machine);

/* Clears CI, PI and A, as KCC does.  The flip-flop and neon are unchanged. */
void machine_clear_control(struct machine *machine);

/* Returns the value of CI after the next prepulse has incremented it. */
static inline uint32_t machine_next_control(const struct machine *machine)
{
    uint32_t control = machine->ci + (machine->test ? 2 : 1);

    return machine->ci5 ? control & (LINES - 1) : control;
}

/* Returns the line number in digits 0-4 of a word. */
static inline unsigned word_line(uint32_t word)
{
    return word & (LINES - 1);
}

/* Returns the function in digits 13-15 of a word. */
static inline unsigned word_function(uint32_t word)
{
    return (word >> FUNCTION_BIT) & 7;
}

/* Returns the function of a word as it is written: 4 for 5, which also
   subtracts. */
static inline unsigned word_written_function(uint32_t word)
{
    return word_function(word) == SUB + 1 ? SUB : word_function(word);
}
