/* SPDX-License-Identifier: MIT */
#include "save_state.h"

struct save *save_of(const struct view *view)
{
    return view->state[PAGE_SAVE];
}
