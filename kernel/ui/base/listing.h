/* SPDX-License-Identifier: MIT */
/* The store as instructions, numbers and notes. */
#pragma once

#include "view.h"

void listing_draw(struct view *view);
/* The note being typed, if there is one, in the layout's row for it. */
void listing_draw_note_entry(struct view *view);
/* Draws WORD in WORD_WIDTH columns: mnemonic, if INSTRUCTION, and number. */
void listing_word(struct view *view, unsigned row, unsigned column,
                  uint8_t attribute, uint32_t word, bool instruction);
