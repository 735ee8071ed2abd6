/* SPDX-License-Identifier: MIT */
/*
 * A console on the host for the tests to sit at: one PC, whose screen is read
 * as text and whose keys are pressed one by one.  What is not as it should be
 * fails the test under way, with the screen where that helps.
 */
#ifndef TESTS_UNIT_CONSOLE_H
#define TESTS_UNIT_CONSOLE_H

#include "ui/ui.h"

#define PROGRAMS "boot/programs/"
#define FOUND    "Found: screen VGA text, keyboard 8042, COM1, PIT"
#define FRAME    20000u
#define YES      'y'
#define NO       'n'

/* Line 2 sends CI to a word whose function digits no fetch can pass. */
#define HANGING "; Hangs\n1 LDN 3\n2 JMP 4\n3 NUM 5\n4 NUM 24576\n"

extern struct ui ui;
extern uint64_t now;         /* the PC's clock, in microseconds */
extern unsigned speed_of_pc; /* instructions in a microsecond */

/* Rows of the two screens. */
#define SIZES 2
extern const unsigned sizes[SIZES];

/* ---- the files ---- */

/* The programs that ship, between the two as a group's setup and teardown. */
extern struct library shipped;
int console_read_programs(void **state);
int console_free_programs(void **state);

/* All of a file, ended by a zero; the caller frees it. */
char *slurp(const char *path, size_t *size);
struct library_file file(const char *name, const char *text);
/* Reads FILE as a whole and loads it; false if it cannot be read. */
bool load_library_file(const struct library_file *file);

/* ---- to switch it on ---- */

/* What a PC may have or lack. */
struct pc {
    bool serial;
    size_t memory;     /* for history, in bytes; PC_MEMORY at most */
    enum port console; /* where a terminal may be */
    bool screen;
};

#define PC_MEMORY (UINT32_C(2) << 20)

/* A console on PC with COUNT modules, begun with the boot line COMMAND. */
void start_pc(struct pc pc, unsigned rows, const char *command,
              const struct library_file *modules, unsigned count);
/* On one without COM1. */
void start_with(unsigned rows, const char *command,
                const struct library_file *modules, unsigned count);
/* With july1948. */
void start(unsigned rows);
/* With the program in TEXT, an .asm file. */
void start_program(unsigned rows, const char *text);

/* ---- the screen; a text is good until the next call ---- */

/* WIDTH characters as ASCII: dots and dashes, '?' for what has none. */
const char *part(unsigned row, unsigned column, unsigned width);
const char *row_text(unsigned row);
/* Without blanks at the ends, and with one where there were several. */
const char *squeeze(const char *from);
void print_screen(void);
/* The first row that shows TEXT, or -1. */
int find(const char *text);
void shows(const char *text);
void shows_not(const char *text);
void row_shows(unsigned row, const char *text);
/* The attribute of a cell. */
uint8_t look(unsigned row, unsigned column);
/* What the listing says of LINE: instruction and number, squeezed. */
const char *listing(unsigned line);
/* All cells of the grid were drawn, and none beyond it. */
void check_grid(void);
/* The tube shows what is in the store. */
void check_tube(void);

/* ---- time ---- */

void turn_by(uint64_t step);
/* One frame. */
void turn(void);
/* Until the machine stands, and two frames more. */
void run_to_end(void);

/* ---- COM1 ---- */

/* What it took so far, ended by a zero. */
extern char wire[1 << 20];
extern size_t wire_length;

/* It takes MOST bytes or fewer; returns how many. */
size_t carry(size_t most);
void wire_clear(void);

/* ---- the keys; each is let go again, and a frame passes ---- */

void send(struct event event);
void press(enum key key);
void press_times(enum key key, unsigned times);
void press_control(enum key key);
/* The key is held, and the keyboard says so again. */
void repeat(enum key key);
void type_one(char c, bool control);
void type(const char *text);
/* Chooses LETTER in the menu of the base page. */
void menu(char letter);
/* Goes to LINE in the listing. */
void go_to(unsigned line);
/* And types WORD there. */
void set_line(unsigned line, const char *word);
/* The event of a key that writes C, down. */
struct event key_of(char c);

#endif
