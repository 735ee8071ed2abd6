/* SPDX-License-Identifier: MIT */
#define FUNCTIONS 0xFFu
#include "interpreter.h"
