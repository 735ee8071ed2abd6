/* SPDX-License-Identifier: MIT */
/*
 * What the PC does while nothing is due.
 */
#ifndef PLATFORM_IDLE_H
#define PLATFORM_IDLE_H

#include <stdint.h>

/*
 * Sleeps for at most WAIT microseconds: until an interrupt, a key or a byte,
 * where interrupts come; else for some 2 ms at most, looking for bytes.
 */
void sleep_for(uint32_t wait);

#endif
