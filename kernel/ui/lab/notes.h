/* SPDX-License-Identifier: MIT */
/* The sentence about the host. */
#pragma once

#include "emu/text/strbuf.h"

/* Adds how indirect jumps perform under the hypervisor with this SIGNATURE in
   CPUID; empty: real hardware. */
void lab_host(struct strbuf *text, const char *signature);
