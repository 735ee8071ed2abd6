/* SPDX-License-Identifier: MIT */
/* State and commands of the operator's panel. */
#pragma once

#include "panel_layout.h"
#include "ui/base/view.h"

/* Panel variants, for details on which the historical sources disagree. */
enum panel_set {
    PANEL_1948, /* behaviour described by most sources */
    /* As in the Reference Manual, where KAC has no effect, Erase corrupts lines
       and the L switches select the bright line. */
    PANEL_PRM,
    PANEL_REPLICA, /* Write is up and KMC opens the list of programs */
};

#define TAP_BEGINS UINT64_MAX /* marks a tap whose end is not yet known */

struct panel {
    enum panel_set set;
    unsigned chosen;              /* index of the selected control */
    uint8_t held[PANEL_CONTROLS]; /* masks of enum panel_hand */
    unsigned tapped;              /* control pressed from a terminal */
    uint64_t tap_end; /* time to release `tapped`, or 0 if none is held */
};

/* Reasons why a control is held down. */
enum panel_hand {
    HAND_KEY = 1,   /* the control's own key */
    HAND_SPACE = 2, /* the Space key, for the selected control */
    HAND_TAP = 4,   /* a key on a terminal, which reports no release */
};

void panel_event(struct view *view, const struct event *event);
void panel_release(struct view *view);
/* Releases controls tapped on a terminal.  Must be called once per turn. */
void panel_turn(struct view *view, uint64_t now);

/* Toggle CS or press KC, and show a message if that has no effect. */
void panel_cs(struct view *view);
void panel_kc(struct view *view);
