/* SPDX-License-Identifier: MIT */
/* State of the threaded engine, declared here so that the lab can show it. */
#pragma once

#include "emu/machine/machine.h"

/* Registers of the Baby, valid only between calls of run(). */
struct threaded {
    uint32_t a, ci, pi;
};
