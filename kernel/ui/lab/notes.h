/* SPDX-License-Identifier: MIT */
/* Sentences about engines and hosts. */
#ifndef UI_LAB_NOTES_H
#define UI_LAB_NOTES_H

#include "emu/engines.h"
#include "emu/text/strbuf.h"

/* How ENGINE works. */
const char *lab_story(const struct engine *engine);
/* What the PC itself runs on, by the hypervisor's SIGNATURE in CPUID, which
   may be empty. */
void lab_host(struct strbuf *text, const char *signature);

#endif
