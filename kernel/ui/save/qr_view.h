/* SPDX-License-Identifier: MIT */
/* Draws a QR code in half blocks, two modules a cell, light on dark. */
#pragma once

#include "qr/qr.h"
#include "ui/base/view.h"

/* Return the columns and rows that the code needs with its quiet zone. */
unsigned qr_view_columns(const struct qr *qr);
unsigned qr_view_rows(const struct qr *qr);

/* Draws the code with its upper left corner at ROW, COLUMN. */
void qr_view_draw(struct view *view, const struct qr *qr, unsigned row,
                  unsigned column);
