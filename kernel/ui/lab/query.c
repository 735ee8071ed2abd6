/* SPDX-License-Identifier: MIT */
#include "query.h"
#include "emu/translator/block_cache.h"

bool lab_translates(const struct view *view)
{
    return view->session.engine == &engine_translator;
}

bool lab_is_current(const struct view *view, const struct block *block)
{
    const struct translator *translator =
        &view->session.engine_state->translator;

    for (unsigned line = 0; line < LINES; line++)
        if (block_depends(block) >> line & 1 &&
            blocks_is_stale(translator, &view->session.machine, line))
            return false;
    return block->live;
}

const struct block *lab_block_at(const struct view *view, unsigned line)
{
    const struct block *block = blocks_at(
        &view->session.engine_state->translator, &view->session.machine, line);

    return block != NULL && lab_is_current(view, block) ? block : NULL;
}
