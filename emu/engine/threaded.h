/* SPDX-License-Identifier: MIT */
/*
 * V-state of the threaded engine (threaded.c), for the lab to display.
 */
#pragma once

#include "emu/machine/machine.h"

/* The registers of the Baby before and after a call; during a call they are in
   registers of the PC. */
struct threaded {
    uint32_t a, ci, pi;
};
