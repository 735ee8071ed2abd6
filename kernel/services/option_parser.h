/* SPDX-License-Identifier: MIT */
/* Parses the boot line. */
#pragma once

#include "emu/text/strbuf.h"
#include "options.h"

/*
 * Parses the boot line COMMAND, words separated by blanks, into *OPTIONS.
 * Skips a first word that looks like the kernel's path, which QEMU passes.
 * Adds a warning for each invalid word, separated by "; ", and ignores it.
 */
void options_read(struct options *options, const char *command,
                  struct strbuf *warnings);
