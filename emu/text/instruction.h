/* SPDX-License-Identifier: MIT */
/* Reads instructions and numbers in all notations, modern and of the time. */
#pragma once

#include "mnemonic.h"

/* Parses the word at the start of TEXT like mnemonic_read(), or like
   historic_read() if it is in a notation of the time. */
bool instruction_read(const char *text, size_t length,
                      const struct names *names, struct reading *reading,
                      struct strbuf *wrong);

/* Returns true if TEXT begins with a mnemonic, or like an instruction in a
   notation of the time. */
bool instruction_begins(struct span text);
