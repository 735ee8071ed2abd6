/* SPDX-License-Identifier: MIT */
/* Table of all commands, from which menu, key bar and help are generated */
#pragma once

#include "ui/base/command_dispatch.h"

void command_reboot(struct view *view);
void command_power_off(struct view *view);

extern const struct command_table command_table;
