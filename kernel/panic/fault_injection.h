/* SPDX-License-Identifier: MIT */
/* Triggers the faults of the boot option fault=, to test the panic path. */
#pragma once

/* Triggers the given fault.  Returns if nothing catches it. */
void inject_fault(unsigned kind);
