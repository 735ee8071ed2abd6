/* SPDX-License-Identifier: MIT */
#include "page_list.h"
#include "ui/base/confirm.h"
#include "ui/base/menu.h"
#include "ui/debugger/debugger.h"
#include "ui/lab/lab.h"
#include "ui/machines/machines.h"
#include "ui/pages/demonstration.h"
#include "ui/pages/editor.h"
#include "ui/pages/help.h"
#include "ui/pages/large_tube.h"
#include "ui/pages/panel.h"
#include "ui/pages/panel_view.h"
#include "ui/pages/pin.h"
#include "ui/pages/programs.h"
#include "ui/pages/report.h"
#include "ui/save/save.h"
#include "ui/pages/system_info.h"

const struct page page_list[PAGES] = {
    [PAGE_EDITOR] = {.title = "Editor",
                     .draw = editor_draw,
                     .columns = 144,
                     .event = editor_event,
                     .commit = editor_commit,
                     .commands = true},
    [PAGE_PANEL] = {.title = "Panel",
                    .draw = panel_draw,
                    .columns = 116,
                    .event = panel_event,
                    .leave = panel_release,
                    .releases = true,
                    .commands = true},
    [PAGE_LARGE] = {.title = "Tube",
                    .draw = large_draw,
                    .large = true,
                    .columns = 160,
                    .event = large_event,
                    .commands = true},
    [PAGE_LAB] = {.title = "Lab",
                  .draw = lab_draw,
                  .columns = 156,
                  .event = lab_event,
                  .commands = true},
    [PAGE_DEBUG] = {.title = "Debug",
                    .draw = debug_draw,
                    .columns = 156,
                    .event = debug_event,
                    .commands = true},
    [PAGE_DEMO] = {.draw = demo_draw,
                   .large = true,
                   .columns = 160,
                   .event = demo_event},
    [PAGE_OFFER] = {.draw = offer_draw,
                    .event = offer_event,
                    .over_base = true},
    [PAGE_MENU] = {.draw = menu_draw,
                   .event = menu_event,
                   .over_base = true,
                   .commands = true},
    [PAGE_PROGRAMS] = {.draw = programs_draw,
                       .event = programs_event,
                       .still = true},
    [PAGE_SAVE] = {.draw = save_draw, .event = save_event},
    [PAGE_HELP] = {.draw = help_draw, .event = help_event, .still = true},
    [PAGE_SYSTEM_INFO] = {.draw = system_info_draw,
                          .event = system_info_event,
                          .commands = true},
    [PAGE_MACHINES] = {.draw = machines_draw,
                       .event = machines_event,
                       .leave = machines_leave},
    [PAGE_ASK] = {.draw = confirm_draw,
                  .event = confirm_event,
                  .over_base = true},
    [PAGE_PIN] = {.draw = pin_draw, .event = pin_event, .over_base = true},
    [PAGE_REPORT] = {.draw = report_draw, .event = report_event, .still = true},
};
