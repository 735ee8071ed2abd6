/* SPDX-License-Identifier: MIT */
/* Describes the host that the kernel runs on. */
#pragma once

#include "emu/text/strbuf.h"

/* Adds a note on the cost of indirect jumps under the hypervisor with the given
   CPUID signature, or on real hardware if the signature is empty. */
void lab_host(struct strbuf *text, const char *signature);
