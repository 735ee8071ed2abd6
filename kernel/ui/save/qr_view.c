/* SPDX-License-Identifier: MIT */
#include "qr_view.h"

static unsigned side_of(const struct qr *qr)
{
    return qr->size + 2 * QR_QUIET_ZONE;
}

unsigned qr_view_columns(const struct qr *qr, enum qr_look look)
{
    return look == QR_WIDE ? 2 * side_of(qr) : side_of(qr);
}

unsigned qr_view_rows(const struct qr *qr, enum qr_look look)
{
    return look == QR_HALF ? (side_of(qr) + 1) / 2 : side_of(qr);
}

/* Returns true if a module is light; those of the quiet zone are.  X and Y
   count from the corner of the quiet zone. */
static bool is_light(const struct qr *qr, unsigned x, unsigned y)
{
    x -= QR_QUIET_ZONE;
    y -= QR_QUIET_ZONE;
    return x >= qr->size || y >= qr->size || !qr_is_dark(qr, x, y);
}

void qr_view_draw(struct view *view, const struct qr *qr, enum qr_look look,
                  unsigned row, unsigned column)
{
    static const uint8_t characters[2][2] = {
        {' ', CHAR_LOWER_HALF}, {CHAR_UPPER_HALF, CHAR_BOTH_HALVES}};
    unsigned across = look == QR_WIDE ? 2 : 1, down = look == QR_HALF ? 2 : 1;

    for (unsigned y = 0; y < qr_view_rows(qr, look); y++)
        for (unsigned x = 0; x < qr_view_columns(qr, look); x++) {
            bool upper = is_light(qr, x / across, down * y);
            bool lower = is_light(qr, x / across, down * y + down - 1);

            cells_put(&view->cells, row + y, column + x,
                      characters[upper][lower], ATTR_STRONG);
        }
}
