/* SPDX-License-Identifier: MIT */
/* The commands: menu, line of keys and help are drawn from this table. */
#ifndef UI_COMMAND_TABLE_H
#define UI_COMMAND_TABLE_H

#include "ui/base/command_dispatch.h"

void command_reboot(struct view *view);

extern const struct command_table command_table;

#endif
