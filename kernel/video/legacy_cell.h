/* SPDX-License-Identifier: MIT */
/*
 * Cells for cards older than the VGA, whose attributes differ.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Returns CELL with the closest attribute that such a card supports.  On a
   colour card bright backgrounds would blink.  A monochrome card (MONO) shows
   only normal, bright and reversed; other attributes may be invisible (IBM
   Monochrome Display Adapter, "Attributes"). */
uint16_t legacy_cell(uint16_t cell, bool mono);
