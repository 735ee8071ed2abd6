/* SPDX-License-Identifier: MIT */
/*
 * Rest periods.  A self-modifying program may cost more to translate than the
 * code gains.  So translations are charged to a credit, which grows with the
 * instructions executed in translated code.  Without credit the translator
 * rests, each time for longer, and the fallback engine runs the program.
 */
#pragma once

#include "state.h"

/* Restores the credit, and ends a rest. */
void rest_reset(struct translator *translator);

/* Charges WORK translated instructions, unless translations are free. */
void rest_charge(struct translator *translator, int32_t work);

/* Credits instructions executed in translated code. */
void rest_earn(struct translator *translator, uint32_t instructions);

/* Returns true during a rest.  Starts a new rest if no credit is left. */
bool rest_is_due(struct translator *translator);
