/* SPDX-License-Identifier: MIT */
/*
 * Three versions of a program, which a run makes different:
 *
 *   the file               as it was last loaded or saved
 *   the program as entered the file with every edit by the operator since, but
 *                          with nothing that the machine wrote
 *   the store now          what the machine and the operator have made of it
 *
 * Reload restores the file, restart the program as entered (loading.h).  Edits
 * are unsaved while the program as entered differs from the file.
 */
#pragma once

#include "session_state.h"

/* Copies the program as entered, with notes, title and author. */
void session_program_entered(const struct session *session,
                             struct program *program);
/* Copies the store now, with the same notes. */
void session_program(const struct session *session, struct program *program);

/* Sets *MACHINE to the start of the program as entered.  Its compatibility
   switches stay. */
void session_entered_machine(const struct session *session,
                             struct machine *machine);

/* Returns true if the store differs from the program as entered. */
bool session_store_differs(const struct session *session);

/* Returns true if there are unsaved edits, here or later in history. */
bool session_is_unsaved(const struct session *session);
/* Returns the number of lines whose word or note differs from the file. */
unsigned session_lines_unsaved(const struct session *session);

/* ---- Internal to session/ ---- */

/* Returns the head comments of the file, without title and author, that still
   describe the program. */
const char *entered_rest(const struct session *session);
/* Updates `unsaved` after a change to the program as entered or the file. */
void entered_update(struct session *session);
