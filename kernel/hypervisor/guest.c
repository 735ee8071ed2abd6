/* SPDX-License-Identifier: MIT */
#include "guest.h"
#include "drivers/clock.h"
#include <string.h>

#define EFLAGS_FIXED 2u
#define TICK_US      (1000000u / CLOCK_TICKS)

/* The entry point in ring 3. */
USER_CODE static void execute(void)
{
    engine_call_execute(&guest_data.call.call);
    user_call(USER_CALL_DONE);
}

USER_CODE static void open_code(struct code_area *area)
{
    (void)area;
    user_call(USER_CALL_OPEN);
}

USER_CODE static void seal_code(struct code_area *area)
{
    (void)area;
    user_call(USER_CALL_SEAL);
}

/* Copies CALL and all that it refers to into the guest's memory. */
static void copy_in(const struct engine_call *call)
{
    struct space_call *inside = &guest_data.call;

    inside->call = *call;
    inside->machine = *call->machine;
    inside->breakpoints = *call->breakpoints;
    inside->area =
        (struct code_area){guest_code, GUEST_CODE, open_code, seal_code};
    inside->call.state = &guest_data.engine_state;
    inside->call.machine = &inside->machine;
    inside->call.breakpoints = &inside->breakpoints;
    inside->call.area = call->area != NULL ? &inside->area : NULL;
}

/* A bool that the guest wrote may be any byte. */
static bool is_bool(const bool *value)
{
    return *(const uint8_t *)value <= true;
}

/* Returns whether the guest returned a run that CALL allows. */
static bool is_possible_run(const struct engine_call *call)
{
    const struct machine *before = call->machine,
                         *now = &guest_data.call.machine;
    struct outcome outcome = guest_data.call.call.outcome;
    uint64_t bars =
        (uint64_t)outcome.instructions + (outcome.status == RUN_HUNG);

    return is_bool(&now->test) && is_bool(&now->neon) &&
           (uint32_t)outcome.status <= RUN_BREAKPOINT &&
           outcome.instructions <= call->budget &&
           now->instructions - before->instructions == outcome.instructions &&
           now->prepulses - before->prepulses == bars &&
           now->neon == (outcome.status == RUN_STOP);
}

static bool is_possible(const struct engine_call *call)
{
    if (call->function == ENGINE_RUN)
        return is_possible_run(call);
    return call->function != ENGINE_START ||
           is_bool(&guest_data.call.call.started);
}

/* Copies the results.  The options of the machine are not the engine's. */
static void copy_out(struct engine_call *call)
{
    const struct engine_call *inside = &guest_data.call.call;
    struct machine *machine = call->machine;
    bool ci5 = machine->ci5, immediate_test = machine->immediate_test;

    call->started = inside->started;
    call->outcome = inside->outcome;
    call->lines_used = inside->lines_used;
    if (call->function != ENGINE_RUN)
        return;
    *machine = guest_data.call.machine;
    machine->ci5 = ci5;
    machine->immediate_test = immediate_test;
}

/* The word at the top is where a return address would be. */
struct user_registers guest_registers(void (*code)(void))
{
    return (struct user_registers){
        .eip = (uint32_t)code,
        .esp = (uint32_t)(guest_data.stack + GUEST_STACK - sizeof(uint32_t)),
        .eflags = EFLAGS_FIXED,
    };
}

static uint32_t ticks_of(uint32_t us)
{
    return us / TICK_US + 1;
}

static void log_entry(struct guest_space *guest, const struct engine_call *call)
{
    const struct outcome *outcome = &guest_data.call.call.outcome;
    bool ran =
        guest->last.reason == VM_EXIT_DONE && call->function == ENGINE_RUN;

    guest->log[guest->entries % GUEST_LOG] = (struct guest_entry){
        .function = call->function,
        .budget = call->budget,
        .executed = ran ? outcome->instructions : 0,
        .status = ran ? outcome->status : RUN_BUDGET,
        .reason = guest->last.reason,
        .cycles = guest->last.cycles,
    };
}

static void run(struct guest_space *guest, const struct engine_call *call)
{
    const struct user_registers registers = guest_registers(execute);

    guest->entries++;
    guest->last = vm_enter(&registers, ticks_of(call->limit_us));
    if (guest->last.reason == VM_EXIT_DONE && !is_possible(call))
        guest->last.reason = VM_EXIT_WRONG;
    guest->exits[guest->last.reason]++;
    log_entry(guest, call);
}

static bool enter(struct engine_space *space, struct engine_call *call)
{
    struct guest_space *guest = (struct guest_space *)(void *)space;

    guest_use(guest);
    copy_in(call);
    run(guest, call);
    if (guest->last.reason == VM_EXIT_DONE) {
        copy_out(call);
        return true;
    }
    memset(&guest_data.engine_state, 0, sizeof guest_data.engine_state);
    space->overran = guest->last.reason == VM_EXIT_OVERRUN;
    guest->describe(space->fault, sizeof space->fault, &guest->last);
    return false;
}

static void show(struct engine_space *space)
{
    guest_use((const struct guest_space *)(const void *)space);
}

/* Replaces SIZE bytes at PLACE by the pages at NEXT.  Returns where they end.
 */
static uint32_t replace(const struct guest_space *guest, const void *place,
                        size_t size, uint32_t next)
{
    for (uint32_t i = 0; i < size; i += MEMORY_PAGE)
        paging_space_replace(guest->memory, (uint32_t)place + i, next + i);
    return next + size;
}

/* The guard page is replaced as well, but stays unmapped. */
static void make_space(const struct guest_space *guest)
{
    uint32_t next = guest->memory + PAGING_SPACE;

    memset((void *)guest->memory, 0, GUEST_MEMORY);
    paging_space_make(guest->memory);
    next = replace(guest, guest_code, GUEST_CODE, next);
    replace(guest, &guest_data, sizeof guest_data, next);
}

void guest_start(struct guest_space *guest, uint32_t memory,
                 guest_describe *describe)
{
    *guest = (struct guest_space){
        .space = {.enter = enter, .show = show},
        .describe = describe,
        .memory = memory,
    };
    if (memory != 0)
        make_space(guest);
}

uint32_t guest_physical(const struct guest_space *guest, const void *at)
{
    uint32_t address = (uint32_t)at, code = (uint32_t)guest_code;

    if (guest->memory == 0)
        return address;
    if (address - code < GUEST_CODE)
        return guest->memory + PAGING_SPACE + (address - code);
    return guest->memory + PAGING_SPACE + GUEST_CODE +
           (address - (uint32_t)&guest_data);
}

void guest_use(const struct guest_space *guest)
{
    paging_space_use(guest->memory);
}
