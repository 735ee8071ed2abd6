/* SPDX-License-Identifier: MIT */
#include "vm.h"
#include "arch/cpu.h"
#include "arch/gdt.h"
#include "arch/paging.h"
#include "guest_memory.h"

static bool started;
static bool open; /* true while the guest's code area is writable */
static volatile uint32_t ticks;
static uint32_t ticks_max;
static struct vm_exit last;

extern const char translated[]; /* defined in linker.ld */

/* While the area is writable, the code segment ends before it.  The segment
   register is loaded by the IRET that returns to the guest. */
static void set_open(bool now)
{
    const struct range area = {(uint32_t)guest_code,
                               (uint32_t)(guest_code + GUEST_CODE)};

    if (open == now)
        return;
    open = now;
    segments_set_user_end(now ? translated
                              : (const char *)guest_code + GUEST_CODE);
    paging_set_access(area, now ? PAGE_WRITE : PAGE_READ);
}

_Noreturn static void leave(enum vm_exit_reason reason,
                            const struct trap_frame *frame)
{
    last.reason = reason;
    last.frame = *frame;
    last.frame.esp = frame->user_esp;
    user_leave();
}

static void call(const struct trap_frame *frame)
{
    switch (frame->eax) {
    case USER_CALL_DONE:
        leave(VM_EXIT_DONE, frame);
    case USER_CALL_OPEN:
        set_open(true);
        break;
    case USER_CALL_SEAL:
        set_open(false);
        break;
    case USER_CALL_SMASHED:
        leave(VM_EXIT_SMASHED, frame);
    default:
        leave(VM_EXIT_BAD_CALL, frame);
    }
}

static void trap(struct trap_frame *frame)
{
    if (frame->vector == VECTOR_CALL)
        call(frame);
    else if (frame->vector < VECTOR_EXCEPTIONS)
        leave(VM_EXIT_EXCEPTION, frame);
    else if (ticks > ticks_max)
        leave(VM_EXIT_OVERRUN, frame);
}

void vm_start(void)
{
    segments_set_user_end((const char *)guest_code + GUEST_CODE);
    traps_handle_user(trap);
    started = true;
}

bool vm_is_started(void)
{
    return started;
}

void vm_tick(void)
{
    ticks++;
}

struct vm_exit vm_enter(const struct user_registers *registers, uint32_t limit)
{
    uint64_t before = cpu_cycles();

    ticks = 0;
    ticks_max = limit;
    user_enter(registers);
    set_open(false);
    last.cycles = cpu_cycles() - before;
    last.cr2 = cpu_page_fault_address();
    return last;
}
