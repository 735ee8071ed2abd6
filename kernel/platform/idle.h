/* SPDX-License-Identifier: MIT */
/* Puts the PC to sleep while there is nothing to do. */
#pragma once

#include <stdint.h>

/* Sleeps until the next interrupt if timer interrupts work.  Otherwise polls
   for input, for WAIT microseconds or 2 ms, whichever is shorter. */
void sleep_for(uint32_t wait);
