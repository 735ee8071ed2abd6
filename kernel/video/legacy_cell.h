/* SPDX-License-Identifier: MIT */
/* Adapts character cells to cards older than the VGA. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Returns CELL with the closest attribute that the card supports.  Bright
   backgrounds would blink on a colour card.  A monochrome card shows only
   normal, bright and reversed text, and other attributes may be invisible (IBM
   Monochrome Display Adapter, "Attributes"). */
uint16_t legacy_cell(uint16_t cell, bool mono);
