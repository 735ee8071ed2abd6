/* SPDX-License-Identifier: MIT */
#include "exception.h"
#include "platform/memory_protection.h"
#include "symbols.h"
#include <stddef.h>

/* Page-fault error code (Intel SDM vol. 3, "Page-Fault Exception"). */
#define ERROR_WRITE 2u

/* Exceptions (Intel SDM vol. 3, "Exception and Interrupt Reference"; from 28
   on, AMD64 Architecture Programmer's Manual vol. 2, "Vectors"). */
static const char *const names[VECTOR_EXCEPTIONS] = {
    [0] = "#DE Divide error",
    [1] = "#DB Debug",
    [VECTOR_NMI] = "NMI Nonmaskable interrupt",
    [3] = "#BP Breakpoint",
    [4] = "#OF Overflow",
    [5] = "#BR BOUND range exceeded",
    [VECTOR_INVALID_OPCODE] = "#UD Invalid opcode",
    [7] = "#NM Device not available",
    [VECTOR_DOUBLE_FAULT] = "#DF Double fault",
    [9] = "Coprocessor segment overrun",
    [10] = "#TS Invalid TSS",
    [11] = "#NP Segment not present",
    [12] = "#SS Stack-segment fault",
    [13] = "#GP General protection",
    [VECTOR_PAGE_FAULT] = "#PF Page fault",
    [16] = "#MF x87 floating-point error",
    [17] = "#AC Alignment check",
    [18] = "#MC Machine check",
    [19] = "#XM SIMD floating-point exception",
    [20] = "#VE Virtualization exception",
    [21] = "#CP Control protection",
    [28] = "#HV Hypervisor injection",
    [29] = "#VC VMM communication",
    [30] = "#SX Security exception",
};

const char *exception_name(uint32_t vector)
{
    if (vector >= VECTOR_EXCEPTIONS)
        return "Unexpected interrupt";
    return names[vector] != NULL ? names[vector] : "Reserved exception";
}

static const char *access_of(const struct trap_frame *frame, uint32_t cr2)
{
    if (frame->error & ERROR_WRITE)
        return "write to";
    return cr2 == frame->eip ? "execution at" : "read from";
}

void exception_add_access(struct strbuf *text, const struct trap_frame *frame,
                          uint32_t cr2)
{
    strbuf_add(text, "%s %08x, %s", access_of(frame, cr2), (unsigned)cr2,
               memory_protection_name(cr2));
}

void exception_add_place(struct strbuf *text, uint32_t eip)
{
    struct symbol function;

    if (symbol_find(&function, eip))
        strbuf_add(text, "%s+%x", function.name,
                   (unsigned)(eip - function.start));
    else
        strbuf_add(text, "%08x, %s", (unsigned)eip,
                   memory_protection_name(eip));
}
