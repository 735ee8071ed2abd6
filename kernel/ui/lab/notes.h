/* SPDX-License-Identifier: MIT */
/* The sentence about the host. */
#ifndef UI_LAB_NOTES_H
#define UI_LAB_NOTES_H

#include "emu/text/strbuf.h"

/* Adds how indirect jumps perform under the hypervisor with this SIGNATURE in
   CPUID; empty: real hardware. */
void lab_host(struct strbuf *text, const char *signature);

#endif
