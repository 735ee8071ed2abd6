/* SPDX-License-Identifier: MIT */
#include "entry_cost.h"
#include "arch/cpu.h"

#define TRIES       16
#define LIMIT_TICKS 10

USER_CODE static void leave(void)
{
    user_call(USER_CALL_DONE);
}

static uint64_t measure(const struct guest_space *guest)
{
    const struct user_registers registers = guest_registers(leave);
    uint64_t before = cpu_cycles();

    guest_use(guest);
    vm_enter(&registers, LIMIT_TICKS);
    return cpu_cycles() - before;
}

uint64_t entry_cost(const struct guest_space *guest,
                    const struct guest_space *from)
{
    uint64_t least = UINT64_MAX;

    for (unsigned i = 0; i < TRIES; i++) {
        guest_use(from);
        uint64_t cycles = measure(guest);

        if (cycles < least)
            least = cycles;
    }
    return least;
}
