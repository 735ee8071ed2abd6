/* SPDX-License-Identifier: MIT */
#include "query.h"
#include "emu/translator/block_cache.h"

bool lab_translates(const struct view *view)
{
    return view->session.engine == &engine_translator;
}

bool lab_has_block(const struct view *view, unsigned line)
{
    const struct translator *translator =
        &view->session.engine_state.translator;
    const struct block *block = &translator->blocks[line];

    for (unsigned i = 0; i < LINES; i++)
        if ((block->lines | block->operands) >> i & 1 &&
            blocks_is_stale(translator, &view->session.machine, i))
            return false;
    return block->live;
}
