/* SPDX-License-Identifier: MIT */
/*
 * Idles the PC while nothing is due.
 */
#pragma once

#include <stdint.h>

/*
 * Waits for at most WAIT microseconds.  Halts until an interrupt if the timer's
 * interrupts work, else polls for a key or a byte for at most 2 ms.
 */
void sleep_for(uint32_t wait);
