/* SPDX-License-Identifier: MIT */
/* The commands: menu, line of keys and help are drawn from this table. */
#pragma once

#include "ui/base/command_dispatch.h"

void command_reboot(struct view *view);

extern const struct command_table command_table;
