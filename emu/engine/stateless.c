/* SPDX-License-Identifier: MIT */
#include "engine.h"

bool stateless_start(void *state, struct code_area *area)
{
    (void)state;
    (void)area;
    return true;
}

void stateless_edited(void *state, const struct machine *machine, unsigned line)
{
    (void)state;
    (void)machine;
    (void)line;
}

void stateless_changed(void *state)
{
    (void)state;
}
