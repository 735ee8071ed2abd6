/* SPDX-License-Identifier: MIT */
/* Listing of the store as instructions, numbers and notes */
#pragma once

#include "view.h"

void listing_draw(struct view *view);
/* Draws the note being typed, if any, in its own row. */
void listing_draw_note_entry(struct view *view);
/* Draws WORD as a number, preceded by its mnemonic if INSTRUCTION is true. */
void listing_word(struct view *view, unsigned row, unsigned column,
                  uint8_t attribute, uint32_t word, bool instruction);
