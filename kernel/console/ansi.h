/* SPDX-License-Identifier: MIT */
/*
 * Control sequences for a terminal's cursor position and text attributes
 * (ECMA-48 8.3.21 CUP, 8.3.117 SGR; aixterm codes for colours above 7).
 */
#pragma once

#include <stdint.h>

#define ANSI_SIZE      32   /* the longest sequence with its zero */
#define ANSI_UNDEFINED (-1) /* the terminal's attribute is unknown */

/* Each writes a sequence and returns its length. */

/* Moves the cursor to ROW and COLUMN, from 0 to 998. */
unsigned ansi_address(char sequence[ANSI_SIZE], unsigned row, unsigned column);

/* Changes the attribute from NOW, possibly ANSI_UNDEFINED, to WANTED, a PC text
   attribute.  A light background also sets reverse, a bright colour bold and a
   dark one faint, for terminals without colours. */
unsigned ansi_attribute(char sequence[ANSI_SIZE], int now, uint8_t wanted);
