/* SPDX-License-Identifier: MIT */
/* Exceptions of the processor in words. */
#pragma once

#include "arch/traps.h"
#include "emu/text/strbuf.h"

/* Returns the name of an exception, such as "#UD Invalid opcode". */
const char *exception_name(uint32_t vector);

/* Adds what a page fault did, such as "write to 00100000, kernel code".  CR2 is
   the address of the fault. */
void exception_add_access(struct strbuf *text, const struct trap_frame *frame,
                          uint32_t cr2);

/* Adds the function and the offset of the address EIP in it, or else a
   description of the memory there. */
void exception_add_place(struct strbuf *text, uint32_t eip);
