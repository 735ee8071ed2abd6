/* SPDX-License-Identifier: MIT */
/*
 * A simulated PC with the console, for unit tests: reads the screen as text and
 * presses keys.  A failed check fails the current test and prints the screen
 * where that helps.
 */
#pragma once

#include "ui/ui.h"

#define PROGRAMS "boot/programs/"
#define FOUND    "Found: screen VGA text, keyboard 8042, COM1, PIT"
#define FRAME    20000u
#define YES      'y'
#define NO       'n'

/* Line 2 sends CI to a word whose function digits no fetch can pass. */
#define HANGING "; Hangs\n1 LDN 3\n2 JMP 4\n3 NUM 5\n4 NUM 24576\n"

extern struct ui ui;
extern uint64_t now;         /* the PC's clock in microseconds */
extern unsigned speed_of_pc; /* instructions per microsecond */

/* The rows of the two screen layouts. */
#define SIZES 2
extern const unsigned sizes[SIZES];

/* ---- the files ---- */

/* The built-in programs; the pair is a group's setup and teardown. */
extern struct library builtin_library;
int console_read_programs(void **state);
int console_free_programs(void **state);

/* Reads a whole file and adds a zero byte; the caller frees it. */
char *slurp(const char *path, size_t *size);
struct library_file file(const char *name, const char *text);
/* Reads and loads FILE; returns false if it is invalid. */
bool load_library_file(const struct library_file *file);

/* ------------ starting --- */

/* The equipment of a PC. */
struct pc {
    bool serial;
    size_t memory;     /* for history, in bytes; at most PC_MEMORY */
    enum port console; /* port of the terminal */
    bool screen;
};

#define PC_MEMORY (UINT32_C(2) << 20)

/* Starts a console on PC with COUNT modules and the boot line COMMAND. */
void start_pc(struct pc pc, unsigned rows, const char *command,
              const struct library_file *modules, unsigned count);
/* On a PC without COM1. */
void start_with(unsigned rows, const char *command,
                const struct library_file *modules, unsigned count);
/* With july1948. */
void start(unsigned rows);
/* With the program TEXT in .asm format. */
void start_program(unsigned rows, const char *text);

/* ---- the screen; texts are valid until the next call --- */

/* WIDTH characters as ASCII: dots and dashes, others as '?'. */
const char *part(unsigned row, unsigned column, unsigned width);
const char *row_text(unsigned row);
/* Removes leading, trailing and repeated blanks. */
const char *squeeze(const char *from);
void print_screen(void);
/* find() returns the first row that contains TEXT, or -1. */
int find(const char *text);
void shows(const char *text);
void shows_not(const char *text);
void row_shows(unsigned row, const char *text);
/* Returns the attribute of a cell. */
uint8_t attribute_at(unsigned row, unsigned column);
/* Returns the listing's text of LINE, squeezed: instruction and number. */
const char *listing(unsigned line);
/* Checks that all cells of the grid were drawn, and none outside. */
void check_grid(void);
/* Checks that the tube shows the store. */
void check_tube(void);

/* ---- time ---- */

void turn_by(uint64_t step);
/* Runs one frame. */
void turn(void);
/* Runs until the machine stops, and two frames more. */
void run_to_end(void);

/* ---- COM1 ---- */

/* All output of COM1 so far, terminated by a zero. */
extern char wire[1 << 20];
extern size_t wire_length;

/* transmit() sends at most LIMIT bytes and returns their number. */
size_t transmit(size_t limit);
void wire_clear(void);

/* ------- keys; each is released again, and a frame passes --- */

void send(struct event event);
void press(enum key key);
void press_times(enum key key, unsigned times);
void press_control(enum key key);
/* Sends an autorepeat of a held key. */
void repeat(enum key key);
void type_one(char c, bool control);
void type(const char *text);
/* Chooses LETTER in the menu of the base page. */
void menu(char letter);
/* Moves to LINE in the listing. */
void go_to(unsigned line);
/* Moves to LINE and types WORD. */
void set_line(unsigned line, const char *word);
/* Returns the event of pressing the key for C. */
struct event key_of(char c);
