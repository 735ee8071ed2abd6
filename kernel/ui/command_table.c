/* SPDX-License-Identifier: MIT */
/* Table of all commands and their actions, executed by command_dispatch.c */
#include "command_table.h"
#include "console/keymap.h"
#include "console/theme.h"
#include "ui/base/load.h"
#include "ui/base/page_switch.h"
#include "ui/debugger/breakpoints.h"
#include "ui/debugger/debugger.h"
#include "ui/debugger/navigate.h"
#include "ui/debugger/trace_export.h"
#include "ui/lab/lab.h"
#include "ui/lab/manager_view.h"
#include "ui/lab/measure.h"
#include "ui/machines/machines.h"
#include "ui/pages/editor.h"
#include "ui/pages/help.h"
#include "ui/pages/line_edit.h"
#include "ui/pages/panel.h"
#include "ui/pages/programs.h"
#include "ui/pages/renumber.h"
#include "ui/save/save.h"
#include "ui/save/save_receive.h"
#include "ui/pages/system_info.h"
#include "ui/pages/tour.h"

static void set_speed(struct view *view, unsigned speed)
{
    pace_set(&view->session.pace, speed);
    view_message(view, "Speed: %s", speeds[speed].label);
}

/* Replays history from the current position, using KC to replay recorded
   actions while the machine is stopped. */
static void replay(struct session *session)
{
    session_set_cs(session, true);
    while (session->cs && !session_runs(session) && session_in_past(session))
        session_kc(session);
}

static void run_or_stop(struct view *view)
{
    struct session *session = &view->session;

    if (session_runs(session)) {
        session_set_cs(session, false);
    } else if (session_in_past(session)) {
        replay(session);
        if (!session_runs(session))
            debug_show_stop_reason(view);
    } else if (session->hung) {
        view_message(
            view, "The machine hangs: digits 13-15 of CI are not 0. "
                  "It cannot fetch; clear control (Esc, C) or load a program.");
    } else if (session->machine.neon) {
        view_message(view, "The stop lamp is lit and blocks prepulses. "
                           "F6 executes one instruction and clears the lamp; "
                           "Esc, A restarts the program.");
    } else {
        view_make_normal(view);
        session_set_cs(session, true);
    }
}

static void one_prepulse(struct view *view)
{
    session_set_cs(&view->session, false);
    view_make_normal(view);
    session_kc(&view->session);
}

static void slower(struct view *view)
{
    unsigned speed = view->session.pace.speed;

    set_speed(view, speed > 0 ? speed - 1 : 0);
}

static void faster(struct view *view)
{
    unsigned speed = view->session.pace.speed;

    set_speed(view, speed < SPEEDS - 1 ? speed + 1 : SPEEDS - 1);
}

static void speed_1(struct view *view)
{
    set_speed(view, SPEED_1);
}

static void speed_real(struct view *view)
{
    set_speed(view, SPEED_REAL);
}

static void speed_max(struct view *view)
{
    set_speed(view, SPEED_MAX);
}

/* Leaves the switches alone on the panel, where their positions are visible. */
static void run(struct view *view)
{
    if (view->base != PAGE_PANEL)
        view_make_normal(view);
    session_set_cs(&view->session, true);
}

static void load(struct view *view)
{
    if (load_file(view, &view->load.file) && view->question.run)
        run(view);
}

static void reload(struct view *view)
{
    session_reload(&view->session);
    view_message(view, "The program is again as in the file%s",
                 view->session.journal != NULL ? " (Ctrl-Z undoes this)" : "");
}

static void restart(struct view *view)
{
    session_restart(&view->session);
    run(view);
}

static void adopt_store(struct view *view)
{
    bool differs = session_store_differs(&view->session);

    session_adopt_store(&view->session);
    if (differs)
        view_message(view, "Restart and F3 now use the store as it is%s",
                     view->session.journal != NULL ? " (Ctrl-Z undoes this)"
                                                   : "");
    else
        view_message(view, "The store is the program as you entered it");
}

/* Clears control and A, but does not start a stopped machine. */
static void clear_control(struct view *view)
{
    bool runs = session_runs(&view->session);

    if (!runs)
        session_set_cs(&view->session, false);
    session_clear_control(&view->session);
    if (runs)
        view_message(view, "KCC: A, CI and PI become 0 in the next bar");
    else
        view_message(view, "KCC: A, CI and PI are 0; line %u is next%s",
                     session_next_line(&view->session),
                     view->session.machine.test
                         ? ", because the last CMP skips a line"
                         : "");
}

static void clear_store(struct view *view)
{
    session_clear_store(&view->session);
    view_message(view, "KSC: the store is cleared (Ctrl-Z undoes this)");
}

/* Shows a message if undo or redo had no effect. */
static void report_undo(struct view *view, bool done, const char *nothing)
{
    if (view->session.journal == NULL)
        view_message(view, "This PC has too little memory for undo");
    else if (view->session.press.open)
        view_message(view, "Release the buttons and keys of the panel first");
    else if (!done)
        view_message(view, "%s", nothing);
}

static void undo(struct view *view)
{
    report_undo(view, session_undo(&view->session), "Nothing to undo");
}

static void redo(struct view *view)
{
    report_undo(view, session_redo(&view->session), "Nothing to redo");
}

static void next_monitor(struct view *view)
{
    static const enum monitor after[MONITORS] = {
        [MONITOR_S] = MONITOR_A, [MONITOR_A] = MONITOR_C,
        [MONITOR_C] = MONITOR_S, [MONITOR_M] = MONITOR_S,
        [MONITOR_B] = MONITOR_S,
    };

    view->monitor = after[view->monitor];
    view_message(view, "The tube shows %s", monitor_name(view->monitor));
}

static void next_notation(struct view *view)
{
    static const char *const names[NOTATIONS] = {"decimal", "hexadecimal",
                                                 "32 digits"};

    view->notation = (view->notation + 1) % NOTATIONS;
    view_message(view, "Numbers: %s", names[view->notation]);
}

static void next_form(struct view *view)
{
    view->notation_1951 = !view->notation_1951;
    view_message(view, "Instructions: %s",
                 view->notation_1951 ? "1951 notation (-24,A for LDN 24)"
                                     : "modern notation (LDN 24)");
}

static void next_theme(struct view *view)
{
    view->theme = (view->theme + 1) % THEMES;
    view_message(view, "Theme: %s", theme_names[view->theme]);
}

static void next_keymap(struct view *view)
{
    view->keymap = (view->keymap + 1) % KEYMAPS;
    view_message(view, "Keyboard: %s", keymaps[view->keymap].label);
}

/* The size follows with the next drawing. */
static void toggle_large_letters(struct view *view)
{
    if (!view->large_letters && view->layout->rows == SHORT_ROWS) {
        view_message(view, "This screen has no more than 24 rows, so its "
                           "letters are the largest");
        return;
    }
    view->large_letters = !view->large_letters;
    view_message(view, view->large_letters
                           ? "Large letters: 24 rows (Ctrl-E: small letters)"
                           : "Small letters");
}

static void editor(struct view *view)
{
    page_open(view, PAGE_EDITOR);
}

static void panel(struct view *view)
{
    page_open(view, PAGE_PANEL);
}

static void large(struct view *view)
{
    view->large_from = view->base;
    page_open(view, PAGE_LARGE);
}

static void small(struct view *view)
{
    page_open(view, view->large_from);
}

void command_reboot(struct view *view)
{
    view->request = REQUEST_REBOOT;
}

static void leave(struct view *view)
{
    const struct command *row = view->commands->row;

    view->menu_row = 0;
    for (; row->act != command_reboot; row++)
        view->menu_row += command_is_in_menu(view, row);
    page_open(view, PAGE_MENU);
}

void command_power_off(struct view *view)
{
    view->request = REQUEST_POWER_OFF;
}

#define NOT_IN_LAB (EVERYWHERE & ~(ON_LAB | ON_DEBUG))
/* All pages except the debugger, whose menu already fills the short screen */
#define NOT_IN_DEBUG (EVERYWHERE & ~ON_DEBUG)

static const struct command rows[] = {
    {'H', KEY_F1, 0, "F1", "Help", "F1 Help", EVERYWHERE | LEAVES_ENTRY,
     help_open, NULL},
    {'P', KEY_F2, 0, "F2", "Programs", "F2 Programs",
     EVERYWHERE | NOT_NAMED_IN_LAB | NOT_NAMED_IN_DEBUG, programs_open, NULL},
    {'S', KEY_F3, 0, "F3", "Save or receive", NULL, EVERYWHERE, save_open,
     NULL},
    {'L', KEY_F4, 0, "F4", "Engine lab", NULL, NOT_IN_LAB | ON_DEBUG, lab_open,
     NULL},
    {'R', KEY_F5, 0, "F5", "Run or stop", "F5 Run",
     ON_EDITOR | ON_LARGE | ON_LAB | ON_DEBUG, run_or_stop, NULL},
    {'R', KEY_F5, 0, "F5", "CS (run or stop)", "F5 CS", ON_PANEL, panel_cs,
     NULL},
    {'K', KEY_F6, 0, "F6", "KC (one instruction)", "F6 Step",
     ON_EDITOR | ON_LARGE | ON_LAB | ON_DEBUG, one_prepulse, NULL},
    {'K', KEY_F6, 0, "F6", "KC (one prepulse)", "F6 KC", ON_PANEL, panel_kc,
     NULL},
    {' ', KEY_F7, 0, "F7", "Step back", "F7 Back",
     EVERYWHERE | NOT_NAMED_IN_LAB, debug_back, NULL},
    {' ', KEY_F8, 0, "F8", "Breakpoint on this line", "F8 Break",
     NOT_IN_DEBUG | NOT_NAMED_IN_LAB, breakpoint_toggle_here, NULL},
    {' ', KEY_F8, 'o', "O F8", "Break when executed", "O Break",
     ON_DEBUG | PLAIN, breakpoint_toggle_here, NULL},
    {' ', KEY_NONE, 'r', "R", "Break when read", NULL, ON_DEBUG | PLAIN,
     breakpoint_toggle_read, NULL},
    {' ', KEY_NONE, 'w', "W", "Break when written", NULL, ON_DEBUG | PLAIN,
     breakpoint_toggle_written, NULL},
    {' ', KEY_NONE, 'n', "N", "Break when A is negative", NULL,
     ON_DEBUG | PLAIN, breakpoint_toggle_negative, NULL},
    {' ', KEY_NONE, 'z', "Z", "Break when A is 0", NULL, ON_DEBUG | PLAIN,
     breakpoint_toggle_zero, NULL},
    {' ', KEY_NONE, 'i', "I", "Break when CI exceeds 31", NULL,
     ON_DEBUG | PLAIN, breakpoint_toggle_leaving, NULL},
    {' ', KEY_NONE, 'a', "A", "Break after instruction N", NULL,
     ON_DEBUG | PLAIN, breakpoint_toggle_after, NULL},
    {' ', KEY_NONE, 'x', "X", "Clear breakpoints", NULL, ON_DEBUG | PLAIN,
     breakpoint_clear_all, NULL},
    {' ', KEY_NONE, 'b', "B", "Back to a breakpoint", "B To break",
     ON_DEBUG | PLAIN, debug_back_to_breakpoint, NULL},
    {' ', KEY_NONE, 'l', "L", "Back to the line's last STO", "L To STO",
     ON_DEBUG | PLAIN, debug_back_to_write, NULL},
    {' ', KEY_NONE, 'g', "G", "Go to instruction N", "G Go", ON_DEBUG | PLAIN,
     debug_go, NULL},
    {' ', KEY_NONE, 'p', "P", "Profile", NULL, ON_DEBUG | PLAIN, debug_profile,
     NULL},
    {' ', KEY_NONE, 'c', "C", "Compare", NULL, ON_DEBUG | PLAIN, debug_compare,
     NULL},
    {' ', KEY_NONE, 't', "T", "Send a trace to COM1", NULL, ON_DEBUG | PLAIN,
     trace_export_live, NULL},
    {' ', KEY_NONE, 's', "S", "Send the last 1,000 steps", NULL,
     ON_DEBUG | PLAIN, trace_export_last, NULL},
    {' ', KEY_NONE, 'v', "V", "Next view", "V View", ON_DEBUG | PLAIN,
     debug_next_view, NULL},
    {' ', KEY_NONE, 'b', "^B", "Open the debugger", "^B Debug",
     NOT_IN_DEBUG | NOT_NAMED_IN_LAB, debug_open, NULL},
    {' ', KEY_NONE, 'b', "B", "Execute one block", "B Block", ON_LAB | PLAIN,
     lab_block, NULL},
    {' ', KEY_NONE, 'a', "A", "Next arrow of the manager", "A Arrow",
     ON_LAB | PLAIN, lab_arrow, NULL},
    {' ', KEY_NONE, 'e', "E digit", "Select the engine", NULL, ON_LAB | PLAIN,
     lab_next_engine, NULL},
    {' ', KEY_NONE, 'l', "L", "Turn lockstep on or off", "L Lockstep",
     ON_LAB | PLAIN, lab_lockstep, NULL},
    {' ', KEY_NONE, 'm', "M", "Measure all engines", NULL, ON_LAB | PLAIN,
     lab_measure, NULL},
    {' ', KEY_NONE, 'v', "V", "Show the next pane", "V View", ON_LAB | PLAIN,
     lab_next_pane, NULL},
    {' ', KEY_F9, 0, "F9", "Show S, A or C on the tube", NULL, NOT_IN_LAB,
     next_monitor, NULL},
    {'E', KEY_TAB, 0, "Tab", "Panel of 1948", "Tab Panel", ON_EDITOR, panel,
     NULL},
    {'E', KEY_TAB, 0, "Tab", "Editor", "Tab Edit",
     ON_PANEL | ON_LARGE | ON_LAB | ON_DEBUG | NOT_NAMED_IN_DEBUG, editor,
     NULL},
    {'G', KEY_NONE, 'l', "^L", "Large tube", NULL, ON_EDITOR | ON_PANEL, large,
     NULL},
    {'G', KEY_NONE, 'l', "^L", "Tube at normal size", NULL, ON_LARGE, small,
     NULL},
    {'W', KEY_F11, 'd', "F11 ^D", "Slower", NULL, EVERYWHERE | LEAVES_ENTRY,
     slower, NULL},
    {'F', KEY_F12, 'u', "F12 ^U", "Faster", NULL, EVERYWHERE | LEAVES_ENTRY,
     faster, NULL},
    {'1', KEY_NONE, 0, "", "Speed: 1 per second", NULL, NOT_IN_DEBUG, speed_1,
     NULL},
    {'T', KEY_NONE, 0, "", "Speed: real, as in 1948", NULL, EVERYWHERE,
     speed_real, NULL},
    {'M', KEY_NONE, 0, "", "Speed: flat out", NULL, EVERYWHERE, speed_max,
     NULL},
    {'U', KEY_NONE, 'z', "^Z", "Undo", NULL, EVERYWHERE | CHANGES, undo, NULL},
    {'Y', KEY_NONE, 'y', "^Y", "Redo", NULL, EVERYWHERE | CHANGES, redo, NULL},
    {' ', KEY_NONE, 'x', "^X", "Cut the line", NULL, ON_EDITOR | CHANGES,
     line_cut, NULL},
    {' ', KEY_NONE, 'c', "^C", "Copy the line", NULL, ON_EDITOR, line_copy,
     NULL},
    {' ', KEY_NONE, 'v', "^V", "Paste the line", NULL, ON_EDITOR | CHANGES,
     line_paste, NULL},
    {'D', KEY_DELETE, 0, "Del", "Clear the line", NULL, ON_EDITOR | CHANGES,
     line_clear, NULL},
    {'I', KEY_INSERT, 0, "Ins", "Insert a line", NULL, ON_EDITOR | CHANGES,
     line_insert, NULL},
    {' ', KEY_UP, 0, "^Up", "Swap with the line above", NULL,
     ON_EDITOR | WITH_CONTROL | CHANGES, line_swap_up, NULL},
    {' ', KEY_DOWN, 0, "^Down", "Swap with the line below", NULL,
     ON_EDITOR | WITH_CONTROL | CHANGES, line_swap_down, NULL},
    {' ', KEY_NONE, 'o', "^O", "Renumber moved operands", NULL,
     ON_EDITOR | CHANGES | NOT_IN_MENU, renumber_operands, NULL},
    {'N', KEY_NONE, 'n', "^N", "Next number format", NULL,
     ON_EDITOR | LEAVES_ENTRY, next_notation, NULL},
    {' ', KEY_NONE, 'f', "^F", "Toggle the 1951 notation", NULL,
     ON_EDITOR | LEAVES_ENTRY, next_form, NULL},
    {' ', KEY_NONE, 't', "^T", "Next colour theme", NULL,
     EVERYWHERE | LEAVES_ENTRY, next_theme, NULL},
    {' ', KEY_NONE, 'k', "^K", "Next country's keyboard", NULL,
     NOT_IN_LAB | LEAVES_ENTRY | NOT_IN_MENU, next_keymap, NULL},
    {' ', KEY_NONE, 'g', "^G", "Machines of this PC", NULL, NOT_IN_LAB,
     machines_open, NULL},
    {' ', KEY_NONE, 'e', "^E", "Large letters", NULL,
     EVERYWHERE | LEAVES_ENTRY | NOT_IN_MENU, toggle_large_letters, NULL},
    {'V', KEY_NONE, 'p', "^P", "System information", NULL, NOT_IN_DEBUG,
     system_info_open, NULL},
    {'J', KEY_NONE, 0, "", "Guided tour", NULL, EVERYWHERE | LOSES_EDITS,
     tour_begin, NULL},
    {'A', KEY_NONE, 0, "", "Again from the start", NULL, EVERYWHERE, restart,
     NULL},
    {'O', KEY_NONE, 0, "", "Open the file again", NULL,
     EVERYWHERE | LOSES_EDITS | RELOADS, reload, NULL},
    {' ', KEY_NONE, 0, "", "Keep the store as program", NULL,
     NOT_IN_DEBUG | CHANGES, adopt_store, NULL},
    {'C', KEY_NONE, 0, "", "Clear control and A (KCC)", NULL,
     EVERYWHERE | CHANGES, clear_control, NULL},
    {'Z', KEY_NONE, 0, "", "Clear the store (KSC)", NULL, EVERYWHERE | CHANGES,
     clear_store, NULL},
    {'X', KEY_F10, 0, "F10", "Leave", NULL,
     EVERYWHERE | LEAVES_ENTRY | LEAVES_PC, leave, NULL},
    {'B', KEY_DELETE, 0, "^Alt-Del", "Reboot the PC", NULL,
     EVERYWHERE | LEAVES_ENTRY | LEAVES_PC | LOSES_EDITS | LOSES_MACHINES |
         WITH_CONTROL | WITH_ALT,
     command_reboot, "Reboot the PC?"},
    {'Q', KEY_NONE, 0, "", "Quit: power off the PC", NULL,
     EVERYWHERE | LEAVES_ENTRY | LEAVES_PC | LOSES_EDITS | LOSES_MACHINES,
     command_power_off, "Power off the PC?"},
};

static const struct command load_row = {
    ' ', KEY_NONE, 0, "", "Load", NULL, EVERYWHERE | LOSES_EDITS, load, NULL};
static const struct command receive_row = {' ',
                                           KEY_NONE,
                                           0,
                                           "",
                                           "Load the received program",
                                           NULL,
                                           EVERYWHERE | LOSES_EDITS,
                                           save_load,
                                           NULL};
static const struct command machine_row = {' ',
                                           KEY_NONE,
                                           0,
                                           "",
                                           "Run as a new machine",
                                           NULL,
                                           EVERYWHERE,
                                           machines_add_loaded,
                                           NULL};

const struct command_table command_table = {
    .row = rows,
    .count = sizeof rows / sizeof rows[0],
    .load = &load_row,
    .receive = &receive_row,
    .new_machine = &machine_row,
};
