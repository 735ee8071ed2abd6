/* SPDX-License-Identifier: MIT */
/*
 * Fault injection for the boot option fault=: triggers each failure that the
 * protections and the panic path must catch.
 */
#pragma once

/* Triggers KIND, an enum fault_kind.  Returns if KIND is FAULT_NONE or nothing
   caught the fault. */
void inject_fault(unsigned kind);
