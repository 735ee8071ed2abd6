/* SPDX-License-Identifier: MIT */
/* Draws a QR code in cells, light on dark. */
#pragma once

#include "qr/qr.h"
#include "ui/base/view.h"

/* How modules are drawn.  They must be nearly square for a camera, which
   depends on the shape of the cells. */
enum qr_look {
    QR_WIDE,  /* each in two columns, for cells that are higher than wide */
    QR_WHOLE, /* each in one cell, for square cells */
    QR_HALF,  /* two above each other in a cell */
    QR_LOOKS
};

/* Return the columns and rows that the code needs with its quiet zone. */
unsigned qr_view_columns(const struct qr *qr, enum qr_look look);
unsigned qr_view_rows(const struct qr *qr, enum qr_look look);

/* Draws the code with its upper left corner at ROW, COLUMN. */
void qr_view_draw(struct view *view, const struct qr *qr, enum qr_look look,
                  unsigned row, unsigned column);
