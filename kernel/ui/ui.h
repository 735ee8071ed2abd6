/* SPDX-License-Identifier: MIT */
/*
 * The operator's console: receives keys, runs the machine, draws cells.  It
 * reads no clock and touches no hardware; the caller does both.
 */
#pragma once

#include "ui_state.h"

#define UI_NOTHING_DUE UINT32_MAX

/*
 * Starts a console of 80x24 (ROWS 24) or 80x50 (50) in *UI.  The caller has
 * zeroed *UI but for view.environment, view.library, view.console and
 * system_info.  A terminal with fewer rows makes it 80x24 meanwhile.  Loads the
 * program that OPTIONS name, else the first of MODULES, else DEFAULT_NAME.
 * Shows WARNINGS, which may be empty.  FOUND is one line about the hardware; it
 * must stay.
 */
void ui_start(struct ui *ui, unsigned rows, const struct options *options,
              unsigned modules, const char *default_name, const char *warnings,
              const char *found, uint64_t now);

/* Whether ui->system_info is on the screen, and must be kept up to date. */
bool ui_shows_system_info(const struct ui *ui);

/* Draws everything again, on every screen, and queries the terminal. */
void ui_repaint(struct ui *ui);

/* Handles one key. */
void ui_event(struct ui *ui, const struct event *event);

/*
 * Runs what is due at NOW, and draws if it is time.  Returns how many
 * microseconds the PC may sleep (0: none; UI_NOTHING_DUE: until a key or byte
 * is received).  *DRAWN: view.cells changed.
 */
uint32_t ui_turn(struct ui *ui, uint64_t now, bool *drawn);

/*
 * Due before each ui_turn(), and again while it returns true: runs one call of
 * the machine or of a seek.  Ends after 5 ms and one call (pace.h).
 */
bool ui_more(struct ui *ui, uint64_t now);

/* Due before each turn: the bytes received from PORT; some were LOST. */
void ui_received(struct ui *ui, enum port port, const char *bytes, size_t count,
                 bool lost, uint64_t now);
/* Due after each turn: returns the number of bytes at *BYTES to send to PORT;
   ui_sent() reports how many were sent, perhaps none. */
size_t ui_to_send(struct ui *ui, enum port port, const char **bytes);
void ui_sent(struct ui *ui, enum port port, size_t count, uint64_t now);

/* view.request could not be fulfilled; clears it. */
void ui_request_failed(struct ui *ui);

/* The last ui_turn() took so many microseconds, and so many cycles of the
   processor (0: unknown), for timed runs. */
void ui_account_time(struct ui *ui, uint64_t took, uint64_t cycles);
