/* SPDX-License-Identifier: MIT */
/* Sends programs and states by the port for data, or saves them as files. */
#pragma once

#include "save_state.h"

/* The program as entered, with notes, with names, and as digits. */
void save_send_asm(struct view *view);
void save_send_names(struct view *view);
void save_send_snp(struct view *view);
/* The store now, and the whole machine. */
void save_send_store(struct view *view);
void save_send_state(struct view *view);

/* Reports that everything was sent, and asks whether it arrived. */
void save_report_sent(struct view *view);
/* Marks what was sent last as saved. */
void save_confirm(struct view *view);

/* Saves the program as entered on the disk of the environment. */
void save_send_disk(struct view *view);
/* Reports the result when the disk is no longer busy. */
void save_disk_turn(struct view *view);
