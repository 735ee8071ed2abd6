/* SPDX-License-Identifier: MIT */
/* Simulates a PC that runs the console, for unit tests.  Tests press keys and
   read the screen as text.  A failed check fails the current test and may also
   print the screen. */
#pragma once

#include "ui/ui.h"

#define PROGRAMS "boot/programs/"
#define FOUND    "Found: screen VGA text, keyboard 8042, COM1, PIT"
#define FRAME    20000u
#define YES      'y'
#define NO       'n'

/* A program that hangs because it sets the function digits of CI. */
#define HANGING "; Hangs\n1 LDN 3\n2 JMP 4\n3 NUM 5\n4 NUM 24576\n"

extern struct ui ui;
extern uint64_t now;         /* time of the simulated PC in microseconds */
extern unsigned speed_of_pc; /* instructions executed per microsecond */

/* The numbers of rows of the two supported screen sizes. */
#define SIZES 2
extern const unsigned sizes[SIZES];

/* Library of built-in programs, read by console_read_programs(). */
extern struct library builtin_library;
int console_read_programs(void **state);
int console_free_programs(void **state);

/* Reads a whole file and appends a NUL byte.  The caller frees the result. */
char *slurp(const char *path, size_t *size);
struct library_file file(const char *name, const char *text);
/* Reads a program file and loads it.  Returns false if it is invalid. */
bool load_library_file(const struct library_file *file);

/* Hardware configuration of the simulated PC. */
struct pc {
    bool serial;
    size_t memory;     /* history memory in bytes, at most PC_MEMORY */
    enum port console; /* serial port to which the terminal is connected */
    bool screen;
    unsigned machines; /* for which there is memory, or 0 for the maximum */
};

#define PC_MEMORY (UINT32_C(2) << 20)

/* Starts the console with the given boot line and COUNT boot modules. */
/* Returns the size of a screen with so many rows, wide if more than 50. */
struct screen_sizes screen_of(unsigned rows);

void start_pc(struct pc pc, unsigned rows, const char *command,
              const struct library_file *modules, unsigned count);
/* Starts the console on a PC without serial ports. */
void start_with(unsigned rows, const char *command,
                const struct library_file *modules, unsigned count);
/* Starts the console with the program july1948 loaded. */
void start(unsigned rows);
/* Starts the console with a program given as the text of an .asm file. */
void start_program(unsigned rows, const char *text);

/* The strings returned by these functions are valid until the next call. */

/* Returns part of a screen row as ASCII text, with '?' for other characters. */
const char *part(unsigned row, unsigned column, unsigned width);
const char *row_text(unsigned row);
/* Removes leading and trailing blanks and collapses runs of blanks into one. */
const char *squeeze(const char *from);
void print_screen(void);
/* Returns the first screen row that contains TEXT, or -1 if there is none. */
int find(const char *text);
void shows(const char *text);
void shows_not(const char *text);
void row_shows(unsigned row, const char *text);
/* Returns the attribute of the cell at the given row and column. */
uint8_t attribute_at(unsigned row, unsigned column);
/* Returns the instruction and number shown for LINE in the listing. */
const char *listing(unsigned line);
/* Checks that every cell of the screen has been drawn and none outside it. */
void check_grid(void);
/* Checks that the tube shows the contents of the store. */
void check_tube(void);

void turn_by(uint64_t step);
/* Runs the console for one frame. */
void turn(void);
/* Runs the console until the machine stops, and then for two more frames. */
void run_to_end(void);

/* All bytes sent to COM1 so far, NUL-terminated. */
extern char wire[1 << 20];
extern size_t wire_length;

/* Lets COM1 accept up to LIMIT bytes and returns the number accepted. */
size_t transmit(size_t limit);
void wire_clear(void);

/* The following functions press and release a key and then run one frame. */

void send(struct event event);
void press(enum key key);
void press_times(enum key key, unsigned times);
void press_control(enum key key);
/* Sends an autorepeat event for a key that is held down. */
void repeat(enum key key);
void type_one(char c, bool control);
void type(const char *text);
/* Selects the menu command with the given letter. */
void menu(char letter);
/* Moves the cursor of the listing to LINE. */
void go_to(unsigned line);
/* Moves the cursor of the listing to LINE and types WORD. */
void set_line(unsigned line, const char *word);
/* Returns the event of the key that types the character C. */
struct event key_of(char c);
