/* SPDX-License-Identifier: MIT */
/*
 * What the threaded engine keeps besides the machine; threaded.c explains it.
 * Others may look, not touch.
 */
#ifndef EMU_ENGINE_THREADED_H
#define EMU_ENGINE_THREADED_H

#include "emu/machine/machine.h"

/* The registers of the Baby.  While a call runs they are registers of the PC;
   here they are as it began or ended. */
struct threaded {
    uint32_t a, ci, pi;
};

#endif
