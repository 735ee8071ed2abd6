/* SPDX-License-Identifier: MIT */
#pragma once

#include "emu/text/strbuf.h"
#include "options.h"

/* Parses the command line COMMAND into *OPTIONS.  A first word that looks like
   the path of the kernel, as passed by QEMU, is skipped.  Invalid words are
   ignored, and a warning is added for each, separated by "; ". */
void options_read(struct options *options, const char *command,
                  struct strbuf *warnings);

/* Overwrites the values of options that must not be shown. */
void options_hide_secrets(char *command);
