/* SPDX-License-Identifier: MIT */
#include "lab_page.h"

void lab_blocks_draw(struct ui *ui, unsigned row, unsigned rows)
{
    (void)rows;
    cells_text(&ui->cells, row, LAB_RIGHT, LOOK_TEXT, "blocks");
}
