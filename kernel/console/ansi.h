/* SPDX-License-Identifier: MIT */
/*
 * Control sequences that move a terminal's cursor and set what it writes in
 * (ECMA-48 8.3.21 CUP, 8.3.117 SGR; colours above 7 as aixterm has them).
 */
#ifndef CONSOLE_ANSI_H
#define CONSOLE_ANSI_H

#include <stdint.h>

#define ANSI_SIZE      32   /* of the longest, the ending zero included */
#define ANSI_UNDEFINED (-1) /* an attribute that nobody knows */

/* Writes into SEQUENCE what puts the cursor at ROW and COLUMN, both from 0 and
   below 999.  Returns how many bytes it has. */
unsigned ansi_address(char sequence[ANSI_SIZE], unsigned row, unsigned column);

/*
 * Writes what makes the attribute NOW, which may be undefined, into WANTED, a
 * PC text attribute.  What lies on a light ground is reversed too, what is
 * bright is bold and what is dark faint, so that a terminal without colours
 * tells them apart.
 */
unsigned ansi_attribute(char sequence[ANSI_SIZE], int now, uint8_t wanted);

#endif
