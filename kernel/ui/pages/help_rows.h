/* SPDX-License-Identifier: MIT */
/* Texts of the help pages that are not generated from other tables.  Each table
   ends with NULL.  Those of keys begin with an empty row.  In `left`, @ and the
   position of a key stand for its cap. */
#pragma once

#include <stddef.h>

struct help_row {
    const char *left, *right;
};

extern const struct help_row help_editor_rows[], help_panel_rows[],
    help_lab_rows[], help_debug_rows[];
extern const struct help_row help_history_rows[], help_machines_rows[],
    help_instruction_rows[], help_glossary[], help_trouble_rows[];
