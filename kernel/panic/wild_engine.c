/* SPDX-License-Identifier: MIT */
/*
 * The engines execute in ring 3, so all that they call and read, except for
 * what is to fault, is in the memory of ring 3.  As in fault_injection.c, jumps
 * that a segment limit must catch are far calls, and there are near ones for
 * Bochs.
 */
#include "wild_engine.h"
#include "far_call.h"
#include "fault_injection.h"
#include "hypervisor/guest_memory.h"
#include "hypervisor/user_mode.h"
#include "services/option_table.h"
#include "services/options.h"

#define FAR_RETURN 0xCB
#define FILL       0x55
#define NO_CALL    1000 /* not in enum user_call */
#define DEEP       1000000u

#define EFLAGS_STEP   (1u << 8)  /* a trap after each instruction */
#define EFLAGS_NESTED (1u << 14) /* IRET is to switch to another task */
#define EFLAGS_CHECK  (1u << 18) /* unaligned accesses trap, if CR0 agrees */

/* A routine that is inlined into code of ring 3, or else belongs to it. */
#define INLINE static inline __attribute__((always_inline))
#define CODE   __attribute__((noinline)) USER_CODE static

INLINE void write_to(const void *address)
{
    *(volatile uint8_t *)(uintptr_t)address = FAR_RETURN;
}

INLINE void read_from(const void *address)
{
    (void)*(const volatile uint8_t *)address;
}

INLINE void call_near(const void *address)
{
    __asm__ volatile("call *%0" : : "r"(address) : "memory");
}

INLINE void set_flags(uint32_t flags)
{
    __asm__ volatile("pushfl\n\t"
                     "orl %0, (%%esp)\n\t"
                     "popfl"
                     :
                     : "ri"(flags)
                     : "memory", "cc");
}

USER_CODE static bool start(void *state, struct code_area *area)
{
    (void)state;
    (void)area;
    return true;
}

USER_CODE static void line_written(void *state, const struct machine *machine,
                                   unsigned line)
{
    (void)state;
    (void)machine;
    (void)line;
}

USER_CODE static void state_changed(void *state)
{
    (void)state;
}

/* What each engine does when it runs.  STATE is its V-state. */

CODE void fault_read(void *state)
{
    (void)state;
    read_from(option_table);
}

CODE void fault_write(void *state)
{
    (void)state;
    write_to(&option_table[0].name);
}

CODE void fault_call(void *state)
{
    (void)state;
    call_near((const void *)(uintptr_t)inject_fault);
}

CODE void fault_null(void *state)
{
    /* The compiler must not see that the address is 0. */
    __asm__("xorl %0, %0" : "=r"(state));
    read_from(state);
}

CODE void fault_call_null(void *state)
{
    __asm__("xorl %0, %0" : "=r"(state));
    call_near(state);
}

CODE void fault_code(void *state)
{
    (void)state;
    write_to((const void *)(uintptr_t)state_changed);
}

CODE void fault_constant(void *state)
{
    (void)state;
    write_to(&engine_reference);
}

CODE void fault_sealed(void *state)
{
    (void)state;
    write_to(guest_code);
}

CODE void fault_data(void *state)
{
    write_to(state);
    far_call(state);
}

CODE void fault_data_near(void *state)
{
    write_to(state);
    call_near(state);
}

CODE void fault_open(void *state)
{
    (void)state;
    user_call(USER_CALL_OPEN);
    write_to(guest_code);
    far_call(guest_code);
}

CODE void fault_open_near(void *state)
{
    (void)state;
    user_call(USER_CALL_OPEN);
    write_to(guest_code);
    call_near(guest_code);
}

/* The addition after the recursive call prevents a tail call. */
CODE unsigned recurse(unsigned depth)
{
    volatile unsigned here = depth;

    return depth == 0 ? here : recurse(depth - 1) + here;
}

CODE void fault_stack(void *state)
{
    (void)state;
    recurse(DEEP);
}

CODE void fault_smash(void *state)
{
    volatile char buffer[16];
    unsigned size = 2 * sizeof buffer;

    (void)state;
    __asm__("" : "+r"(size)); /* the compiler must not see the size */
    for (unsigned i = 0; i < size; i++)
        buffer[i] = FILL;
}

CODE void fault_hang(void *state)
{
    volatile unsigned forever = 1;

    (void)state;
    while (forever)
        continue;
}

CODE void fault_opcode(void *state)
{
    (void)state;
    __asm__ volatile("ud2");
}

CODE void fault_divide(void *state)
{
    (void)state;
    __asm__ volatile("divl %0" : : "r"(0), "a"(1), "d"(0) : "cc");
}

CODE void fault_cli(void *state)
{
    (void)state;
    __asm__ volatile("cli");
}

CODE void fault_port(void *state)
{
    (void)state;
    __asm__ volatile("outb %%al, $0x80" : : "a"(0));
}

/* The vector of the timer. */
CODE void fault_int(void *state)
{
    (void)state;
    __asm__ volatile("int $0x20");
}

CODE void fault_step(void *state)
{
    (void)state;
    set_flags(EFLAGS_STEP);
}

CODE void fault_number(void *state)
{
    (void)state;
    user_call((enum user_call)NO_CALL);
}

/* Calls with registers that the kernel must not keep. */
CODE void fault_registers(void *state)
{
    (void)state;
    set_flags(EFLAGS_NESTED | EFLAGS_CHECK);
    __asm__ volatile("std\n\t"
                     "movl %0, %%ds\n\t"
                     "movl %0, %%es\n\t"
                     "movl %0, %%fs\n\t"
                     "movl %0, %%gs\n\t"
                     "movl $4, %%esp\n\t"
                     "int %1"
                     :
                     : "r"(0), "i"(VECTOR_CALL), "a"(NO_CALL)
                     : "memory", "cc");
}

/* Its budget is never that large. */
CODE void fault_result(void *state)
{
    (void)state;
}

#define RUN(name)                                                              \
    USER_CODE static struct outcome run_##name(                                \
        void *state, struct machine *machine,                                  \
        const struct breakpoints *breakpoints, uint32_t budget)                \
    {                                                                          \
        (void)breakpoints;                                                     \
        (void)budget;                                                          \
        fault_##name(state);                                                   \
        machine->a++;                                                          \
        return (struct outcome){UINT32_MAX, RUN_BUDGET};                       \
    }
#define RUN_OF(number, name, option) RUN(name)
GUEST_FAULTS(RUN_OF)

#define ENGINE_OF(number, label, option)                                       \
    [FAULT_GUEST_##number - FAULT_GUEST_READ] = {                              \
        .name = (option),                                                      \
        .state_size = sizeof(uint32_t),                                        \
        .start = start,                                                        \
        .run = run_##label,                                                    \
        .line_written = line_written,                                          \
        .state_changed = state_changed,                                        \
    },

USER_CONSTANT static const struct engine wild_engines[] = {
    GUEST_FAULTS(ENGINE_OF)};

const struct engine *wild_engine(unsigned kind)
{
    if (kind < FAULT_GUEST_READ || kind >= FAULTS)
        return NULL;
    return &wild_engines[kind - FAULT_GUEST_READ];
}
