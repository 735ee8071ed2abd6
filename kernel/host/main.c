/* SPDX-License-Identifier: MIT */
/* Runs the console as a process.  Replaces main.c, drivers/ and platform/. */
#define _DEFAULT_SOURCE
#include "platform/boot_programs.h"
#include "platform/code_memory.h"
#include "services/option_parser.h"
#include "system_info.h"
#include "terminal.h"
#include "ui/ui.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SELF "./baby" /* program path at the start of the command line */

static struct ui ui;
static struct boot_information boot;
static union engine_state engine_state;
static uint64_t history[(16u << 20) / sizeof(uint64_t)];
static uint64_t guests[(GUESTS_MAX - 1) * GUEST_SIZE / sizeof(uint64_t)];

/* Reads up to FILE_MAX bytes into TEXT and sets *SIZE to the size of FILE, or
   to FILE_MAX + 1 if it is larger but its size is unknown. */
static bool read_file(FILE *file, char *text, size_t *size)
{
    *size = fread(text, 1, FILE_MAX, file);
    if (ferror(file))
        return false;
    if (*size < FILE_MAX || fgetc(file) == EOF)
        return true;
    long end = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;

    *size = end > (long)FILE_MAX ? (size_t)end : FILE_MAX + 1;
    return true;
}

/* Adds a readable file as a program, and any other argument as an option. */
static void add_argument(const char *argument, struct strbuf *command)
{
    const char *slash = strrchr(argument, '/');
    const char *name = slash != NULL ? slash + 1 : argument;
    char *text = malloc(FILE_MAX);
    size_t size = 0;
    FILE *file = fopen(argument, "rb");
    bool program = file != NULL && text != NULL && read_file(file, text, &size);

    if (file != NULL)
        fclose(file);
    if (!program || library_add(&ui.view.library, name, text, size) < 0)
        strbuf_add(command, " %s", argument);
}

/* Returns NULL if the host cannot execute the translator's i386 code. */
static struct code_area *executable(struct code_area *area)
{
#ifdef __i386__
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

/* Writes TEXT to the first of baby-1, baby-2 ... that does not exist yet. */
static const char *save_file(const char *ending, const char *text,
                             size_t length)
{
    static char name[32];
    FILE *file = NULL;

    for (unsigned i = 1; file == NULL && i < 10000; i++) {
        snprintf(name, sizeof name, "baby-%u%s", i, ending);
        file = fopen(name, "wx");
        if (file == NULL && errno != EEXIST)
            return NULL;
    }
    if (file == NULL)
        return NULL;
    bool written = fwrite(text, 1, length, file) == length;

    return fclose(file) == 0 && written ? name : NULL;
}

/* Exchanges bytes between terminal and UI, waiting up to US microseconds.
   Returns false if the terminal was closed. */
static bool exchange_bytes(uint32_t us)
{
    struct pollfd ends[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = STDOUT_FILENO, .events = POLLOUT}};
    char keys[256];
    const char *bytes;
    ssize_t count;

    poll(ends, ui_to_send(&ui, PORT_COM1, &bytes) > 0 ? 2 : 1,
         us < 1000000u ? (int)(us + 999) / 1000 : 1000);
    if (ends[0].revents != 0) {
        if ((count = read(STDIN_FILENO, keys, sizeof keys)) <= 0)
            return false;
        ui_received(&ui, PORT_COM1, keys, (size_t)count, false, now());
    }
    while (ends[1].revents != 0 &&
           (count = (ssize_t)ui_to_send(&ui, PORT_COM1, &bytes)) > 0) {
        if ((count = write(STDOUT_FILENO, bytes, (size_t)count)) <= 0)
            return false;
        ui_sent(&ui, PORT_COM1, (size_t)count, now());
        poll(&ends[1], 1, 0);
    }
    return true;
}

static void main_loop(void)
{
    uint32_t wait = 0;
    bool drawn;

    while (ui.view.request == REQUEST_NONE && exchange_bytes(wait)) {
        while (ui_more(&ui, now()))
            continue;
        if (host_terminal_resized())
            ui_repaint(&ui);
        uint64_t began = now();

        wait = ui_turn(&ui, began, &drawn);
        if (drawn)
            ui_account_drawing(
                &ui, &(struct drawing_part){true, true, began, now(), 0});
        ui_account_time(&ui, now() - began, 0);
    }
}

int main(int count, char **arguments)
{
    static struct options options;
    char buffer[MESSAGE_SIZE];
    struct strbuf command = strbuf_begin(boot.command, sizeof boot.command);
    struct strbuf warnings = strbuf_begin(buffer, sizeof buffer);

    strbuf_add(&command, SELF);
    for (int i = 1; i < count; i++)
        add_argument(arguments[i], &command);
    options_read(&options, boot.command, &warnings);
    if (options.batch || options.bench) {
        strbuf_add_apart(&warnings);
        strbuf_add(&warnings, "the options batch and bench need a PC");
    }
    options.bench = false;
    unsigned files = ui.view.library.count;

    boot_programs_fill(&ui.view.library, &boot);
    ui.view.environment.save_file = save_file;
    ui.view.environment.engine_state = &engine_state;
    ui.view.environment.memory = history;
    ui.view.environment.memory_size = sizeof history;
    ui.view.environment.guest_places = guests_divide(
        ui.view.environment.guest_place, GUESTS_MAX - 1, guests, sizeof guests);
    ui.view.environment.code = executable(&code_area);
    ui.view.environment.timed_run_code = executable(&timed_run_area);
    ui.view.environment.history_code = executable(&history_area);
    ui.view.console = PORT_COM1;
    host_system_info_fill(&ui.system_info, boot.command + sizeof SELF);
    if (!host_terminal_open())
        return fputs("The Baby needs a terminal.\n", stderr), EXIT_FAILURE;
    ui_start(&ui,
             (struct screen_sizes){.page = {CELLS_ROWS_MAX, CELLS_COLUMNS_MAX}},
             &options, files, "july1948", buffer,
             "Found: a host system with a terminal", now());
    main_loop();
    host_terminal_restore();
    return ui.view.request == REQUEST_FAILURE ? EXIT_FAILURE : EXIT_SUCCESS;
}
