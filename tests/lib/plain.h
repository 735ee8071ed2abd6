/* SPDX-License-Identifier: MIT */
/* A second, independent implementation of the instruction step.  It supports
   only normal controls and no options. */
#pragma once

#include "emu/engine/engine.h"

/* Executes one instruction, using arithmetic instead of branches. */
static inline void plain_step(struct machine *m)
{
    m->prepulses++;
    m->ci += 1u + m->test;
    m->test = false;
    m->neon = false;

    unsigned gate = m->ci >> 13 & 7;
    if (gate > 1)
        return;
    m->pi = m->store[m->ci & 31] + gate * m->pi;
    m->instructions++;

    unsigned f = m->pi >> 13 & 7;
    uint32_t *s = &m->store[m->pi & 31];
    if (f < 2)
        m->ci = f * m->ci + *s;
    if (f == 2)
        m->a = (uint32_t) - (int64_t)*s;
    if (f == 3)
        *s = m->a;
    if (f == 4 || f == 5)
        m->a += ~*s + 1;
    m->test = f == 6 && (m->a & 0x80000000);
    m->neon = f == 7;
}

/* Equivalent of an engine's run() without breakpoints. */
static inline struct outcome plain_run(struct machine *machine, uint32_t budget)
{
    uint64_t before = machine->instructions;
    uint32_t obeyed = 0;

    while (obeyed < budget && !machine->neon) {
        plain_step(machine);
        if (machine->instructions == before + obeyed)
            return (struct outcome){obeyed, RUN_HUNG};
        obeyed++;
    }
    return (struct outcome){obeyed, machine->neon ? RUN_STOP : RUN_BUDGET};
}
