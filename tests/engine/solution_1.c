/* SPDX-License-Identifier: MIT */
#define FUNCTIONS (1u << STP)
#include "interpreter.h"
