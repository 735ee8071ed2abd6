/* SPDX-License-Identifier: MIT */
/* The lab page, which measures the engines and shows how they work. */
#pragma once

#include "lab_state.h"

void lab_open(struct view *view);
void lab_draw(struct view *view);
void lab_event(struct view *view, const struct event *event);
/* Prepares the session for the lab.  Must be called before the machine runs. */
void lab_prepare(struct view *view);

void lab_next_engine(struct view *view);
void lab_block(struct view *view);
void lab_lockstep(struct view *view);
void lab_next_pane(struct view *view);
