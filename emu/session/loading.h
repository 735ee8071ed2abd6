/* SPDX-License-Identifier: MIT */
/* Loads programs and snapshots, and keeps track of unsaved edits. */
#pragma once

#include "session_state.h"

/* Clears everything except the switches, and loads a copy of PROGRAM. */
void session_load(struct session *session, const struct program *program);
/* Clears everything and restores a copy of SNAPSHOT, including its switches and
   compatibility settings, with the notes and head comments of PROGRAM.  CS is
   set to Stop.  The speed, manual_holds and bright_at_l are unchanged. */
void session_restore(struct session *session, const struct snapshot *snapshot,
                     const struct program *program);
/* Returns to the present and reloads the program or snapshot as last loaded or
   saved, as one undoable action.  Undo restores the store, notes and switches,
   but clears A, CI and PI. */
void session_reload(struct session *session);
/* Copies the current store and its notes to *PROGRAM. */
void session_program(const struct session *session, struct program *program);
void session_snapshot_released(const struct session *session,
                               struct snapshot *snapshot);
/* Returns true if there are unsaved edits, here or later in history. */
bool session_is_unsaved(const struct session *session);
/* Returns the number of edited lines that differ from the last load or save. */
unsigned session_lines_unsaved(const struct session *session);
/* Marks PROGRAM as saved, as of edit number EDIT.  A reload will restore it,
   and SNAPSHOT unless that is NULL. */
void session_mark_saved(struct session *session, const struct program *program,
                        const struct snapshot *snapshot, uint32_t edit);
