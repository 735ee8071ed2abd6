/* SPDX-License-Identifier: MIT */
/*
 * Fault injection for the boot option fault=: triggers each failure that the
 * protections and the panic path must catch.
 */
#ifndef PANIC_FAULT_INJECTION_H
#define PANIC_FAULT_INJECTION_H

/* Triggers KIND, an enum fault_kind.  Returns if KIND is FAULT_NONE or nothing
   caught the fault. */
void inject_fault(unsigned kind);

#endif
