/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the lab's page share.  For lab*.c only.
 */
#ifndef UI_LAB_LAB_INTERNAL_H
#define UI_LAB_LAB_INTERNAL_H

#include "ui/base/page.h"

#define LAB_RIGHT       43 /* column of the right pane */
#define LAB_RIGHT_WIDTH (CELLS_COLUMNS - LAB_RIGHT - 1)

/* lab.c: whether the translator runs the machine; */
bool lab_translates(const struct ui *ui);
/* .. whether the translator has a block that begins with LINE, and it is still
   that of the words in the store. */
bool lab_has_block(const struct ui *ui, unsigned line);

/* measure.c: the table of the engines. */
void lab_race_draw(struct ui *ui, unsigned row);

/* store_view.c: ROWS lines of the store from ROW on, that of the cursor among
   them; asks the engine which lines were obeyed. */
void lab_discover(struct session *session);
void lab_lines_draw(struct ui *ui, unsigned row, unsigned rows);

/* states.c: T-state beside V-state, and the last instruction. */
void lab_states_draw(struct ui *ui, unsigned row);

/* blocks.c: what the translator keeps, in ROWS rows. */
void lab_blocks_draw(struct ui *ui, unsigned row, unsigned rows);

/* notes.c: how ENGINE goes about it; what the PC itself runs
   on, by the hypervisor's SIGNATURE in CPUID, which may be empty. */
const char *lab_story(const struct engine *engine);
void lab_host(struct strbuf *text, const char *signature);

#endif
