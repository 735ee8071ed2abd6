/* SPDX-License-Identifier: MIT */
/* Engines that do what no engine may do, to test that the hypervisor kills
   them, for the faults "guest-*" of the boot option fault=. */
#pragma once

#include "emu/engine/engine.h"

/* Returns the engine for a fault of enum fault_kind, or NULL if the fault is
   none of a guest. */
const struct engine *wild_engine(unsigned kind);
