/* SPDX-License-Identifier: MIT */
/*
 * The words on the boot line.  One table says them all; the help screen is
 * drawn from it.
 */
#ifndef SERVICES_OPTIONS_H
#define SERVICES_OPTIONS_H

#include "emu/format/compact.h"
#include "emu/engine/engine.h"
#include "emu/text/strbuf.h"
#include <stdint.h>

enum video { VIDEO_TEXT50, VIDEO_TEXT25, VIDEO_LFB, VIDEO_NONE };
enum keyboard_use { KEYBOARD_CONFIGURED, KEYBOARD_RAW, KEYBOARD_OFF };

/* Serial ports, as Linux's ttyS0 and ttyS1. */
enum port { PORT_NONE, PORT_COM1, PORT_COM2, PORTS };

/* Faults that can be asked for; fault_injection.c has them. */
enum fault_kind {
    FAULT_NONE,
    FAULT_DIVIDE,
    FAULT_OPCODE,
    FAULT_INT,
    FAULT_READ_NULL,
    FAULT_CALL_NULL,
    FAULT_CODE,
    FAULT_CONSTANT,
    FAULT_DATA,
    FAULT_SEALED,
    FAULT_OPEN,
    FAULT_STACK,
    FAULT_SMASH,
    FAULT_HANG,
    FAULT_UNDEFINED,
    FAULT_DATA_NEAR,
    FAULT_OPEN_NEAR,
    FAULTS
};

#define OPTION_VALUE_SIZE 32
#define BAUD              115200 /* unless told */

struct options {
    char program[OPTION_VALUE_SIZE]; /* name of the program; may be empty */
    char store[COMPACT_SIZE];        /* compact text; may be empty */
    unsigned speed;                  /* index into speeds[] */
    unsigned video;                  /* enum video */
    uint32_t scale;    /* of a framebuffer's pixels; 0: as large as fits */
    uint32_t dots;     /* a VGA's cell is wide: 8 or 9 */
    enum port console; /* where a terminal is; PORT_NONE: not */
    uint32_t baud;     /* .. at this rate */
    enum port data;    /* where all else comes and goes */
    unsigned theme;    /* enum theme */
    const struct engine *engine;
    uint32_t hot;       /* translator: arrivals before a translation */
    uint64_t limit;     /* of batch; 0: none */
    bool limit_unclear; /* it was no number: batch must fail */
    bool run;
    bool trace;
    bool ci5, immediate_test;
    unsigned panel; /* enum panel_set */
    bool keep_pi;   /* the C tube shows PI on a machine that stands */
    bool manual_holds_ci;
    uint32_t kiosk; /* seconds; 0: no demonstration */
    bool batch;
    bool selftest;
    bool bench;
    bool qemu_exit;
    unsigned keyboard; /* enum keyboard_use */
    bool acpi_off;
    bool noirq;
    bool notsc;
    bool cpu_386;
    unsigned fault; /* enum fault_kind */
};

/* One row of the table. */
struct option {
    const char *name;   /* with its `=` if it takes a value */
    const char *values; /* for the help screen; "" if it takes none */
    const char *help;
    bool pc; /* it is about the PC, and on the second page of the help */
    /* Takes VALUE (LENGTH characters); false if it does not fit. */
    bool (*take)(struct options *options, const char *value, size_t length);
};

extern const struct option option_table[];
extern const unsigned option_count;

/*
 * Reads COMMAND, words apart by blanks, into *OPTIONS.  A first word that
 * looks like the kernel's path (QEMU gives it) is passed over.  Each word
 * that is not understood adds a sentence to *COMPLAINTS, apart by "; ", and
 * is otherwise ignored.
 */
void options_read(struct options *options, const char *command,
                  struct strbuf *warnings);

#endif
