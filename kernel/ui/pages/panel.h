/* SPDX-License-Identifier: MIT */
/*
 * The operator's panel: which fittings hands are on, and what that does to
 * the desk.
 */
#ifndef UI_PAGES_PANEL_H
#define UI_PAGES_PANEL_H

#include "panel_layout.h"
#include "ui/base/view.h"

/* The open questions about the desk, answered in three ways. */
enum panel_set {
    PANEL_1948,    /* as most sources have it */
    PANEL_PRM,     /* Reference Manual: KAC dead, Erase corrupts, the bright
                      line is that of the L switches */
    PANEL_REPLICA, /* Write is up, KMC opens the list of programs */
};

#define TAP_BEGINS UINT64_MAX /* as tap_end: until the next turn */

struct panel {
    enum panel_set set;
    unsigned chosen;        /* the fitting that arrows have led to */
    uint8_t held[FITTINGS]; /* enum panel_hand, several at once */
    unsigned tapped;        /* the one held by a terminal's key */
    uint64_t tap_end;       /* until then; 0: none is */
};

/* What holds a fitting down. */
enum panel_hand {
    HAND_KEY = 1,   /* its own key */
    HAND_SPACE = 2, /* Space or Enter, it being chosen */
    HAND_TAP = 4,   /* a terminal's key, of which no release will be told */
};

void panel_event(struct view *view, const struct event *event);
/* Releases everything held. */
void panel_release(struct view *view);
/* Ends taps of terminal keys; due in each turn. */
void panel_turn(struct view *view, uint64_t now);

/* Commands: CS to its other position; KC.  The message says what prevents
   them. */
void panel_cs(struct view *view);
void panel_kc(struct view *view);

#endif
