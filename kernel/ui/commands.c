/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "page.h"

static void set_speed(struct ui *ui, unsigned speed)
{
    pace_set(&ui->desk.pace, speed);
    ui_say(ui, "Speed: %s", speeds[speed].label);
}

static void help(struct ui *ui)
{
    ui->help_page = 0;
    ui->page = PAGE_HELP;
}

static void programs(struct ui *ui)
{
    ui->list_row = 0;
    ui->page = PAGE_PROGRAMS;
}

static void run_or_stop(struct ui *ui)
{
    if (ui->desk.running)
        desk_stop(&ui->desk);
    else if (!desk_run(&ui->desk) && ui->desk.hung)
        ui_say(ui, "It hangs: digits 13-15 of CI are not 0, so nothing can be "
                   "fetched. Clear control (Esc, C) or load a program.");
    else if (!ui->desk.running)
        ui_say(ui, "The stop lamp is lit, so no prepulse passes. F6 gives one "
                   "by hand and goes on; Esc, S starts again.");
}

static void one_prepulse(struct ui *ui)
{
    desk_stop(&ui->desk);
    desk_prepulse(&ui->desk);
}

static void slower(struct ui *ui)
{
    unsigned speed = ui->desk.pace.speed;

    set_speed(ui, speed > 0 ? speed - 1 : 0);
}

static void faster(struct ui *ui)
{
    unsigned speed = ui->desk.pace.speed;

    set_speed(ui, speed < SPEEDS - 1 ? speed + 1 : SPEEDS - 1);
}

static void speed_1(struct ui *ui)
{
    set_speed(ui, SPEED_1);
}

static void speed_7(struct ui *ui)
{
    set_speed(ui, SPEED_7);
}

static void speed_real(struct ui *ui)
{
    set_speed(ui, SPEED_REAL);
}

static void speed_max(struct ui *ui)
{
    set_speed(ui, SPEED_MAX);
}

static void load(struct ui *ui)
{
    if (ui_load(ui, ui->ask_program) && ui->ask_run)
        desk_run(&ui->desk);
}

static void reload(struct ui *ui)
{
    desk_reload(&ui->desk);
    ui_say(ui, "Reloaded as it was");
}

static void restart(struct ui *ui)
{
    desk_reload(&ui->desk);
    desk_run(&ui->desk);
}

static void clear_control(struct ui *ui)
{
    desk_clear_control(&ui->desk);
    ui_say(ui, "KCC: A, CI and PI are 0; line %u is next%s",
           desk_next_line(&ui->desk),
           ui->desk.machine.test ? ", as the Test still skips one" : "");
}

static void clear_line(struct ui *ui)
{
    desk_set_line(&ui->desk, ui->line, 0, true);
}

static void clear_store(struct ui *ui)
{
    desk_clear_store(&ui->desk);
    ui_say(ui, "KSC: the store is empty");
}

static void leave(struct ui *ui)
{
    ui->menu_row = command_leave_row();
    ui->page = PAGE_MENU;
}

static void reboot(struct ui *ui)
{
    ui->wish = WISH_REBOOT;
}

static void power_off(struct ui *ui)
{
    ui->wish = WISH_POWER_OFF;
}

#define EDITED "The store was changed by hand; lose the changes?"

const struct command command_table[] = {
    {'H', KEY_F1, 0, "F1", "Help", "F1 Help", NULL, false, true, help},
    {'P', KEY_F2, 0, "F2", "Programs", "F2 Programs", NULL, false, false,
     programs},
    {'R', KEY_F5, 0, "F5", "Run, or stop", "F5 Run", NULL, false, false,
     run_or_stop},
    {'K', KEY_F6, 0, "F6", "KC: one prepulse, one instruction", "F6 Step", NULL,
     false, false, one_prepulse},
    {'W', KEY_F11, 'd', "F11 ^D", "Slower", "F11 Slow", NULL, false, true,
     slower},
    {'F', KEY_F12, 'u', "F12 ^U", "Faster", "F12 Fast", NULL, false, true,
     faster},
    {'1', KEY_NONE, 0, "", "Speed: 1 instruction a second", NULL, NULL, false,
     false, speed_1},
    {'7', KEY_NONE, 0, "", "Speed: 7 instructions a second", NULL, NULL, false,
     false, speed_7},
    {'T', KEY_NONE, 0, "", "Speed: real, as in 1948", NULL, NULL, false, false,
     speed_real},
    {'M', KEY_NONE, 0, "", "Speed: flat out", NULL, NULL, false, false,
     speed_max},
    {'L', KEY_NONE, 0, "", "Reload the program as it was", NULL, EDITED, true,
     false, reload},
    {'S', KEY_NONE, 0, "", "Restart: reload and run", NULL, EDITED, true, false,
     restart},
    {'C', KEY_NONE, 0, "", "Clear control and A (KCC)", NULL, NULL, false,
     false, clear_control},
    {'D', KEY_DELETE, 0, "Del", "Clear the line under the cursor", NULL, NULL,
     false, false, clear_line},
    {'Z', KEY_NONE, 0, "", "Clear the store (KSC)", NULL,
     "Set all 32 lines of the store to 0?", false, false, clear_store},
    {'X', KEY_F10, 0, "F10", "Leave", "F10 Leave", NULL, false, true, leave},
    {'B', KEY_NONE, 0, "", "Reboot the PC", NULL, "Reboot the PC?", false,
     false, reboot},
    {'O', KEY_NONE, 0, "", "Power off the PC", NULL, "Switch the PC off?",
     false, false, power_off},
};
const unsigned command_count = sizeof command_table / sizeof command_table[0];

/* Not in the menu: the list of programs offers it. */
static const struct command load_row = {0,    KEY_NONE, 0,    "",    "Load",
                                        NULL, EDITED,   true, false, load};
const struct command *const command_load = &load_row;

unsigned command_leave_row(void)
{
    unsigned row = 0;

    while (command_table[row].act != reboot)
        row++;
    return row;
}

void command_do(struct ui *ui, const struct command *command)
{
    bool asks = command->question != NULL &&
                (!command->only_if_edited || ui->desk.edited);

    ui->page = asks ? PAGE_ASK : PAGE_HOME;
    if (asks)
        ui->ask = command;
    else
        command->act(ui);
}

const struct command *command_of(const struct event *event)
{
    for (unsigned i = 0; i < command_count; i++) {
        const struct command *command = &command_table[i];

        if (event->key == KEY_CHARACTER) {
            if (event->control && command->control == event->character)
                return command;
        } else if (command->key == event->key) {
            return command;
        }
    }
    return NULL;
}
