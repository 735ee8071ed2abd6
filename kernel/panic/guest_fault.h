/* SPDX-License-Identifier: MIT */
/* Describes what the engine of a killed guest did. */
#pragma once

#include "hypervisor/guest.h"

/* Writes a sentence such as "Page fault: write to 00100000, kernel code, at
   thread+1c". */
void guest_fault_describe(char *text, size_t size, const struct vm_exit *exit);
