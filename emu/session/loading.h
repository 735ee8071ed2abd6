/* SPDX-License-Identifier: MIT */
/* Loads programs and snapshots, and knows what is not saved. */
#pragma once

#include "session_state.h"

/* Clears all, and loads a copy of PROGRAM.  The switches stay. */
void session_load(struct session *session, const struct program *program);
/*
 * Clears all, and restores SNAPSHOT, switches and compatibility included, with
 * PROGRAM's notes and head (both are copied).  CS is at Stop.  The speed stays,
 * and so do manual_holds and bright_at_l.
 */
void session_restore(struct session *session, const struct snapshot *snapshot,
                     const struct program *program);
/*
 * Brings back the program or snapshot as it was loaded or saved, as one action,
 * in the present.  Undo brings back the store, its notes and the switches, with
 * A, CI and PI at 0.
 */
void session_reload(struct session *session);
/* The store and its notes as they are now. */
void session_program(const struct session *session, struct program *program);
/* The state now, with every key released. */
void session_snapshot_released(const struct session *session,
                               struct snapshot *snapshot);
/* Whether a load would lose edits by hand, here or later in history. */
bool session_is_unsaved(const struct session *session);
/* Lines edited by hand whose word or note is not as loaded or saved. */
unsigned session_lines_unsaved(const struct session *session);
/* PROGRAM, as it was after edit number EDIT, has been saved: a reload brings
   it back, with SNAPSHOT unless that is NULL. */
void session_mark_saved(struct session *session, const struct program *program,
                        const struct snapshot *snapshot, uint32_t edit);
