/* SPDX-License-Identifier: MIT */
/* Stack protector symbols, needed to link the kernel's objects on a host. */
#include <stdint.h>
#include <stdlib.h>

#define STACK_MARK 0xFF0A0D00u

_Noreturn void __stack_chk_fail(void);
extern const uint32_t __stack_chk_guard;

const uint32_t __stack_chk_guard = STACK_MARK;

void __stack_chk_fail(void)
{
    abort();
}
