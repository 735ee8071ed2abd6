/* SPDX-License-Identifier: MIT */
#define FUNCTIONS (1u << JMP | 1u << JRP | 1u << STP)
#include "interpreter.h"
