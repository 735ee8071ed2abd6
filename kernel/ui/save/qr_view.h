/* SPDX-License-Identifier: MIT */
/* Draws a QR code in cells, light on dark.  A cell holds one module, which is
   nearly square on a screen of 50 rows, or two above each other. */
#pragma once

#include "qr/qr.h"
#include "ui/base/view.h"

/* Return the columns and rows that the code needs with its quiet zone, with
   PER_CELL modules, 1 or 2, in each cell. */
unsigned qr_view_columns(const struct qr *qr);
unsigned qr_view_rows(const struct qr *qr, unsigned per_cell);

/* Draws the code with its upper left corner at ROW, COLUMN. */
void qr_view_draw(struct view *view, const struct qr *qr, unsigned per_cell,
                  unsigned row, unsigned column);
