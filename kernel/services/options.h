/* SPDX-License-Identifier: MIT */
/* The values of the boot options. */
#pragma once

#include "console/screen_settings.h"
#include "emu/engine/engine.h"
#include "emu/format/compact.h"
#include <stdint.h>

enum keyboard_use { KEYBOARD_CONFIGURED, KEYBOARD_RAW, KEYBOARD_OFF };

/* Serial ports, as Linux's ttyS0 and ttyS1. */
enum port { PORT_NONE, PORT_COM1, PORT_COM2, PORTS };

/* Faults that panic/fault_injection.c can trigger. */
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
#define BAUD              115200 /* default */

struct options {
    char program[OPTION_VALUE_SIZE]; /* program name; may be empty */
    char store[COMPACT_SIZE];        /* compact text; may be empty */
    unsigned speed;                  /* index into speeds[] */
    struct screen_settings screen;
    enum port console; /* port of the terminal, or PORT_NONE */
    uint32_t baud;     /* rate of the terminal */
    enum port data;    /* port of programs, trace and reports */
    const struct engine *engine;
    uint32_t hot;       /* translator: entries before a block is translated */
    uint64_t limit;     /* of batch, in instructions; 0: none */
    bool limit_invalid; /* limit is not a number: batch must fail */
    bool run;
    bool trace;
    bool ci5, immediate_test;
    unsigned panel; /* enum panel_set */
    bool keep_pi;   /* the C tube shows PI while the machine stands */
    bool manual_holds_ci;
    uint32_t kiosk; /* idle seconds before the demonstration; 0: none */
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
