/* SPDX-License-Identifier: MIT */
/*
 * Control sequences for terminals (ECMA-48 8.3.21 CUP, 8.3.117 SGR; aixterm).
 */
#pragma once

#include <stdint.h>

#define ANSI_SIZE      32   /* maximum length, including the NUL */
#define ANSI_UNDEFINED (-1) /* the terminal's current attribute is unknown */

/* Writes the sequence that moves the cursor and returns its length.  ROW and
   COLUMN range from 0 to 998. */
unsigned ansi_address(char sequence[ANSI_SIZE], unsigned row, unsigned column);

/* Writes the sequence that changes the attribute from NOW (or ANSI_UNDEFINED)
   to WANTED and returns its length.  For terminals without colour, a background
   also sets reverse, bright colours set bold, and dark grey sets faint. */
unsigned ansi_attribute(char sequence[ANSI_SIZE], int now, uint8_t wanted);
