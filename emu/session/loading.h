/* SPDX-License-Identifier: MIT */
/* Loads, reloads and restarts programs and snapshots. */
#pragma once

#include "entered.h"

/* Clears everything except the switches, and loads a copy of PROGRAM. */
void session_load(struct session *session, const struct program *program);
/* Clears everything and restores a copy of SNAPSHOT, including its switches and
   compatibility settings, with the notes and head comments of PROGRAM.  CS is
   set to Stop.  The speed, manual_holds and bright_at_l are unchanged. */
void session_restore(struct session *session, const struct snapshot *snapshot,
                     const struct program *program);
/* Return to the present and start over, with the program as entered or with the
   file, as one undoable action.  A, CI and switches are those of the file.  CS
   is set to Stop.  Undo restores the store, notes and switches, but clears A,
   CI and PI. */
void session_restart(struct session *session);
void session_reload(struct session *session);
/* Makes the store now the program as entered, as one undoable action. */
void session_adopt_store(struct session *session);

void session_snapshot_released(const struct session *session,
                               struct snapshot *snapshot);
/* Makes PROGRAM, which has been saved, the file.  A reload will also restore
   SNAPSHOT unless it is NULL. */
void session_mark_saved(struct session *session, const struct program *program,
                        const struct snapshot *snapshot);
