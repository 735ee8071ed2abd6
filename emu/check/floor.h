/* SPDX-License-Identifier: MIT */
/*
 * The floor: the shortest time in which a sample program can be executed,
 * derived from what must be done and from how often this processor can do it.
 *
 * A processor stores, loads and jumps at the same time.  So a program that
 * needs S stores, L loads and J taken branches takes at least the longest of
 * S / (stores per second), L / (loads per second) and J / (jumps per second),
 * however good the rest of the code is.  There are two floors, for two classes
 * of engines:
 *
 * FLOOR_STORES    Every engine that performs every Store: each STO is one store
 *                 of one word.  Loads are not counted, as an engine can keep
 *                 each word as a constant or in a register: the programs change
 *                 at most four lines in a pass.  Branches are not counted, as
 *                 they repeat after at most two passes, so that unrolling
 *                 removes them.  "loop"
 *                 stores nothing, so it has no such floor: its result can be
 *                 computed without executing it.
 * FLOOR_DISPATCH  Every engine that dispatches every instruction, which all our
 *                 interpreters do: each instruction is one load, of its word or
 *                 its slot, and one taken branch, to its routine.  An operand
 *                 is one load more, as its line number is data, and only memory
 *                 can be indexed by data.  JMP, JRP, LDN and SUB have one.
 *
 * The floors ignore latency, arithmetic and the counting of instructions, so a
 * real engine is slower: most instructions of a pass wait for A or for a word
 * just stored.  The floors also assume that a store writes one line, as on the
 * i386; a wider store could write two.  A
 * rate is the fastest of some loops (baseline/rates.S), in which all accesses
 * hit the first-level cache and all jumps are predicted.
 */
#pragma once

#include "bench_programs.h"

enum floor { FLOOR_STORES, FLOOR_DISPATCH, FLOORS };
enum operation { OPERATION_STORE, OPERATION_LOAD, OPERATION_JUMP, OPERATIONS };

/* What a class of engines must do in PASS instructions, a pass of the loop. */
struct floor_needs {
    uint8_t pass;
    uint8_t operations[OPERATIONS];
};

extern const struct floor_needs floor_needs[FLOORS][SAMPLES];

/* Names of the classes, and of the operations in the plural. */
extern const char *const floor_names[FLOORS];
extern const char *const operation_names[OPERATIONS];

/* Returns the maximum number of instructions per second if the processor makes
   RATES operations of each kind per second, and sets *DECIDES to the operation
   that decides.  Returns 0 if nothing is needed or its rate is unknown. */
uint64_t floor_rate(const struct floor_needs *needs,
                    const uint64_t rates[OPERATIONS], unsigned *decides);
