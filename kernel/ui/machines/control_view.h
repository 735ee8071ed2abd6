/* SPDX-License-Identifier: MIT */
/* Draws the guest under the cursor as the hypervisor sees it: its control
   block, its last entries and exits, and what these cost. */
#pragma once

#include "machines_state.h"

/* Measures the cost of an entry and its exit.  `environment.vmm` must not be
 * NULL.
 */
void control_view_measure(struct view *view);
void control_view_draw(struct view *view);
