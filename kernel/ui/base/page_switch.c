/* SPDX-License-Identifier: MIT */
#include "page_switch.h"

void page_open(struct view *view, enum page_id page)
{
    if (page != view->page)
        page_release(view);
    view->page = page;
    if (page < PAGES_BASE)
        view->base = page;
}

void page_back(struct view *view)
{
    page_open(view, view->base);
}

void page_release(struct view *view)
{
    if (view->pages[view->page].leave != NULL)
        view->pages[view->page].leave(view);
}

bool page_commit(struct view *view)
{
    bool (*commit)(struct view * view) = view->pages[view->base].commit;

    return commit == NULL || commit(view);
}
