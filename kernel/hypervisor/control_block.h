/* SPDX-License-Identifier: MIT */
/* Describes a guest as the hypervisor sees it: what VMMs call the virtual
   machine control block. */
#pragma once

#include "emu/text/strbuf.h"
#include "guest.h"

/* Writes three text lines of at most 78 characters. */
void control_block_write(struct strbuf *text, const struct engine_space *space);
