/* SPDX-License-Identifier: MIT */
/* Values of the boot options. */
#pragma once

#include "console/screen_settings.h"
#include "emu/engine/engine.h"
#include "emu/format/compact.h"
#include <stdint.h>

enum keyboard_use { KEYBOARD_CONFIGURED, KEYBOARD_RAW, KEYBOARD_OFF };
enum usb_use { USB_AUTO, USB_ON, USB_OFF };

#define PIN_MIN 4
#define PIN_MAX 8

/* Serial ports, called ttyS0 and ttyS1 in Linux. */
enum port { PORT_NONE, PORT_COM1, PORT_COM2, PORTS };

/* Faults of an engine in ring 3, for panic/wild_engine.c: number, function,
   name of the option. */
#define GUEST_FAULTS(ROW)                                                      \
    ROW(READ, read, "guest-read")                                              \
    ROW(WRITE, write, "guest-write")                                           \
    ROW(CALL, call, "guest-call")                                              \
    ROW(NULL, null, "guest-null")                                              \
    ROW(CALL_NULL, call_null, "guest-call-null")                               \
    ROW(CODE, code, "guest-code")                                              \
    ROW(CONSTANT, constant, "guest-constant")                                  \
    ROW(SEALED, sealed, "guest-sealed")                                        \
    ROW(DATA, data, "guest-data")                                              \
    ROW(DATA_NEAR, data_near, "guest-data-near")                               \
    ROW(OPEN, open, "guest-open")                                              \
    ROW(OPEN_NEAR, open_near, "guest-open-near")                               \
    ROW(STACK, stack, "guest-stack")                                           \
    ROW(SMASH, smash, "guest-smash")                                           \
    ROW(HANG, hang, "guest-hang")                                              \
    ROW(OPCODE, opcode, "guest-opcode")                                        \
    ROW(DIVIDE, divide, "guest-divide")                                        \
    ROW(CLI, cli, "guest-cli")                                                 \
    ROW(PORT, port, "guest-port")                                              \
    ROW(INT, int, "guest-int")                                                 \
    ROW(STEP, step, "guest-step")                                              \
    ROW(NUMBER, number, "guest-number")                                        \
    ROW(REGISTERS, registers, "guest-registers")                               \
    ROW(RESULT, result, "guest-result")

#define GUEST_FAULT_NUMBER(number, label, option) FAULT_GUEST_##number,

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
    GUEST_FAULTS(GUEST_FAULT_NUMBER) FAULTS
};

#define OPTION_VALUE_SIZE 32
#define LINK_SIZE         128    /* size of the value of link= */
#define BAUD              115200 /* default rate of the serial ports */

struct options {
    char program[OPTION_VALUE_SIZE]; /* program to load; may be empty */
    char store[COMPACT_SIZE]; /* store to load, as compact text; may be empty */
    char link[LINK_SIZE];     /* prefix of the link in QR codes; may be empty */
    unsigned speed;           /* index into speeds[] */
    struct screen_settings screen;
    enum port console; /* port of the terminal, or PORT_NONE */
    uint32_t baud;     /* baud rate of the terminal */
    enum port data;    /* port for programs, traces and reports */
    const struct engine *engine;
    uint32_t guests;    /* number of machines at startup, 0 if not given */
    uint32_t hot;       /* entry count at which a block is translated */
    uint64_t limit;     /* instructions per batch program, or 0 for no limit */
    bool limit_invalid; /* true if the limit is not a number */
    bool run;
    bool trace;
    bool ci5, immediate_test;
    unsigned panel; /* one of enum panel_set */
    bool keep_pi;   /* true if tube C shows PI even when stopped */
    bool manual_holds_ci;
    uint32_t kiosk; /* idle seconds before the demonstration, or 0 if off */
    char pin[PIN_MAX + 1]; /* digits that end kiosk mode, or empty */
    bool batch;
    bool selftest;
    bool bench;
    bool qemu_exit;
    unsigned keymap;   /* see console/keymap.h */
    unsigned keyboard; /* one of enum keyboard_use */
    unsigned usb;      /* one of enum usb_use */
    bool acpi_off;
    bool noirq;
    bool notsc;
    bool cpu_386;
    unsigned fault; /* one of enum fault_kind */
};
