/* SPDX-License-Identifier: MIT */
/* The operator's console, independent of clock and hardware */
#pragma once

#include "keys.h"
#include "ui_state.h"

#define UI_NOTHING_DUE UINT32_MAX

/* Starts a console for a PC's SCREEN, or for a terminal, whichever
   is smaller.  *UI must be zeroed except for view.environment, view.library,
   view.console and system_info.  Loads the program selected by OPTIONS, or else
   the first module, or else DEFAULT_NAME.  Shows WARNINGS, which may be empty.
   FOUND is a hardware summary in one line, which must stay valid. */
void ui_start(struct ui *ui, struct screen_sizes screen,
              const struct options *options, unsigned modules,
              const char *default_name, const char *warnings, const char *found,
              uint64_t now);

/* Returns true if ui->system_info is on the screen and must be kept current. */
bool ui_shows_system_info(const struct ui *ui);

/* Does all work due at NOW.  Sets *DRAW to whether ui_draw() must be called.
   Returns how many microseconds the PC may sleep, or UI_NOTHING_DUE if it may
   sleep until a key or byte is received. */
uint32_t ui_work(struct ui *ui, uint64_t now, bool *draw);

/* Draws the pages on view.cells. */
void ui_draw(struct ui *ui);

/* Does both, and sets *DRAWN to whether view.cells was redrawn. */
uint32_t ui_turn(struct ui *ui, uint64_t now, bool *drawn);

/* Runs the machine or a seek for a short time.  Must be called before each
   ui_turn() until it returns false, which takes about 5 ms (see pace.h). */
bool ui_more(struct ui *ui, uint64_t now);

/* Processes bytes received from PORT.  LOST is true if some were lost. */
void ui_received(struct ui *ui, enum port port, const char *bytes, size_t count,
                 bool lost, uint64_t now);
/* Sets *BYTES to the data to send to PORT and returns its size in bytes.  The
   caller reports to ui_sent() how many bytes were sent, which may be 0. */
size_t ui_to_send(struct ui *ui, enum port port, const char **bytes);
void ui_sent(struct ui *ui, enum port port, size_t count, uint64_t now);

/* Reports that view.request could not be fulfilled, and clears it. */
void ui_request_failed(struct ui *ui);

/* A part of a drawing of the screen, between two slices of the machine */
struct drawing_part {
    bool first, last;
    uint64_t since, end; /* including the turn if it is the first part */
    uint64_t turn;       /* duration of the turn if it is the first part */
};

/* Records that a part of a drawing has been done. */
void ui_account_drawing(struct ui *ui, const struct drawing_part *part);

/* Records that COUNT cells were put on the screen within TOOK microseconds, as
   the FIRST part of a drawing or another one. */
void ui_account_cells(struct ui *ui, bool first, unsigned count, uint64_t took);

/* Records the duration of the last ui_work() in microseconds and in CPU cycles,
   or 0 cycles if unknown, for timed runs and for the machine's account. */
void ui_account_time(struct ui *ui, uint64_t took, uint64_t cycles);
