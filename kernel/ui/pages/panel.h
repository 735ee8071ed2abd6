/* SPDX-License-Identifier: MIT */
/*
 * The operator's panel: which controls are held, and what they do to the
 * session.
 */
#pragma once

#include "panel_layout.h"
#include "ui/base/view.h"

/* How the panel behaves where the sources disagree. */
enum panel_set {
    PANEL_1948, /* as in most sources */
    PANEL_PRM, /* Reference Manual: KAC dead, Erase corrupts, the bright line is
                  that of the L switches */
    PANEL_REPLICA, /* Write is up, KMC opens the list of programs */
};

#define TAP_BEGINS UINT64_MAX /* for tap_end: not yet set */

struct panel {
    enum panel_set set;
    unsigned chosen; /* the selected control */
    uint8_t
        held[PANEL_CONTROLS]; /* for each control, a mask of enum panel_hand */
    unsigned tapped;          /* the control held by a terminal's key */
    uint64_t tap_end;         /* end of that; 0: none is held */
};

/* What holds a control down. */
enum panel_hand {
    HAND_KEY = 1,   /* its own key */
    HAND_SPACE = 2, /* Space, while the control is selected */
    HAND_TAP = 4,   /* a terminal's key, whose release is not reported */
};

void panel_event(struct view *view, const struct event *event);
/* Releases everything held. */
void panel_release(struct view *view);
/* Ends taps of terminal keys; due in each turn. */
void panel_turn(struct view *view, uint64_t now);

/* Commands: flip CS; press KC.  A message says what prevents them. */
void panel_cs(struct view *view);
void panel_kc(struct view *view);
