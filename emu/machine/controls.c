/* SPDX-License-Identifier: MIT */
#include "controls.h"

const struct controls controls_normal = {.stat = STATICISOR};

bool controls_are_normal(const struct controls *controls)
{
    return controls->stat == STATICISOR && !controls->manual &&
           !controls->erase && controls->typewriter == 0 &&
           controls->strip == 0;
}

bool controls_are_same(const struct controls *one, const struct controls *other)
{
    return one->stat == other->stat && one->manual == other->manual &&
           one->erase == other->erase && one->typewriter == other->typewriter &&
           one->strip == other->strip && one->kac_dead == other->kac_dead &&
           one->erase_corrupts == other->erase_corrupts &&
           one->holds_control == other->holds_control;
}

/* Returns the digit of the button held, or 0 if none or several are held. */
static uint32_t button(const struct controls *controls)
{
    uint32_t held = controls->typewriter;

    return (held & (held - 1)) == 0 ? held : 0;
}

uint32_t controls_erases(const struct controls *controls)
{
    if (controls->strip & KLC)
        return UINT32_MAX;
    return controls->erase ? button(controls) : 0;
}

uint32_t controls_writes(const struct controls *controls)
{
    if (controls->erase || controls->strip & KLC)
        return 0;
    return button(controls);
}
