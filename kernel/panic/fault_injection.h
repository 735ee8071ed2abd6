/* SPDX-License-Identifier: MIT */
/*
 * Things that must not happen, done on purpose: to see that they are noticed,
 * and what is shown then.
 */
#ifndef PANIC_FAULT_INJECTION_H
#define PANIC_FAULT_INJECTION_H

/* Does what the boot option fault= was given, a number of enum fault_kind.
   Returns if nothing came of it, and if it was nothing. */
void inject_fault(unsigned what);

#endif
