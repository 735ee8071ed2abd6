/* SPDX-License-Identifier: MIT */
/*
 * The Baby as a program of another system: in place of main.c and the drivers
 * there are this and a terminal; emu, console and ui are the same.
 */
#define _GNU_SOURCE
#include "code.h"
#include "files.h"
#include "ui/ui.h"
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define OTHER_SCREEN "\x1B[?1049h" /* where there is one */
#define AS_BEFORE    "\x1B[m\x1B[?7h\x1B[?25h\x1B[999;1H\r\n\x1B[?1049l"
#define FRAME_US     20000u

static struct boot_information boot;
static struct ui ui;
static uint64_t history[(16u << 20) / sizeof(uint64_t)];
static struct termios before;
static volatile sig_atomic_t resized;

/* A file that can be read is a program, all else an option. */
static void take(const char *argument)
{
    struct boot_module *module = &boot.module[boot.modules];
    size_t length = strlen(boot.command);
    FILE *file = fopen(argument, "rb");
    char *text = malloc(TRANSFER_SIZE);

    if (file == NULL || text == NULL || boot.modules == BOOT_MODULES_MAX) {
        snprintf(boot.command + length, sizeof boot.command - length, "%s ",
                 argument);
        return;
    }
    module->text = text;
    module->size = fread(text, 1, TRANSFER_SIZE, file);
    snprintf(module->name, sizeof module->name, "%s", basename(argument));
    boot.modules++;
    fclose(file);
}

/* What the translator makes is for an i386. */
static struct code_area *executable(struct code_area *area)
{
#ifdef __i386__
    if (mprotect(area->at, area->size, PROT_READ | PROT_WRITE | PROT_EXEC) == 0)
        return area;
#endif
    return (void)area, NULL;
}

static uint64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000u + (uint64_t)time.tv_nsec / 1000u;
}

/* No more than what a signal's handler may call. */
static void restore(void)
{
    if (write(STDOUT_FILENO, AS_BEFORE, sizeof AS_BEFORE - 1) > 0)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
}

static void resize(int number)
{
    resized = number;
}

/* And then does what the signal always does. */
static void end(int number)
{
    restore();
    signal(number, SIG_DFL);
    raise(number);
}

static bool take_terminal(void)
{
    static const int ends[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGSEGV};
    struct termios raw;

    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return false;
    for (unsigned i = 0; i < sizeof ends / sizeof ends[0]; i++)
        signal(ends[i], end);
    signal(SIGWINCH, resize);
    raw = before;
    cfmakeraw(&raw);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    return write(STDOUT_FILENO, OTHER_SCREEN, sizeof OTHER_SCREEN - 1) > 0;
}

/* Waits for it at most so many microseconds. */
static bool is_ready(int file, short what, uint32_t us)
{
    struct pollfd wanted = {.fd = file, .events = what};

    return poll(&wanted, 1, us < 1000000u ? (int)(us + 999) / 1000 : 1000) > 0;
}

/* False: the terminal has gone. */
static bool carry(uint64_t time)
{
    char keys[256] = "\x12"; /* Ctrl-R */
    const char *bytes;
    ssize_t count = 0;

    if (is_ready(STDIN_FILENO, POLLIN, 0)) {
        count = read(STDIN_FILENO, keys, sizeof keys);
        if (count <= 0)
            return false;
    } else if (resized) {
        resized = 0;
        count = 1;
    }
    ui_received(&ui, PORT_COM1, keys, (size_t)count, false, time);
    while ((count = (ssize_t)ui_to_send(&ui, PORT_COM1, &bytes)) > 0 &&
           is_ready(STDOUT_FILENO, POLLOUT, 0) &&
           (count = write(STDOUT_FILENO, bytes, (size_t)count)) > 0)
        ui_sent(&ui, PORT_COM1, (size_t)count, time);
    return true;
}

static void operate(void)
{
    while (ui.wish == WISH_NONE && carry(now())) {
        uint64_t began = now();
        bool drawn;
        uint32_t wait = ui_turn(&ui, began, &drawn);

        ui_took(&ui, now() - began, 0);
        if (terminal_has_more(&ui.terminal))
            is_ready(STDOUT_FILENO, POLLOUT, FRAME_US);
        else if (wait > 0)
            is_ready(STDIN_FILENO, POLLIN, wait);
    }
}

int main(int count, char **arguments)
{
    static struct options options;
    char buffer[MESSAGE_SIZE];
    struct text complaints = text_begin(buffer, sizeof buffer);

    for (int i = 1; i < count; i++)
        take(arguments[i]);
    options_read(&options, boot.command, &complaints);
    if (options.batch || options.bench) {
        text_add_apart(&complaints);
        text_add(&complaints, "batch and bench want a PC");
    }
    options.bench = false;
    files_fill(&ui.library, &boot);
    ui.memory = history;
    ui.memory_size = sizeof history;
    ui.code = executable(&code_area);
    ui.trial_code = executable(&trial_area);
    ui.history_code = executable(&history_area);
    ui.console = PORT_COM1;
    if (!take_terminal())
        return fputs("The Baby needs a terminal.\n", stderr), EXIT_FAILURE;
    ui_start(&ui, CELLS_ROWS_MAX, &options, boot.modules, "july1948", buffer,
             "Found: another system, and a terminal", now());
    operate();
    restore();
    return ui.wish == WISH_FAILURE ? EXIT_FAILURE : EXIT_SUCCESS;
}
