/* SPDX-License-Identifier: MIT */
#include "option_table.h"
#include "emu/guests/guests.h"
#include "console/keymap.h"
#include "console/theme.h"
#include "emu/session/pace.h"
#include "emu/text/number.h"
#include "emu/translator/translator.h"
#include <string.h>

#define KIOSK_MAX 86400 /* one day in seconds */
#define HOT_MAX   65535
#define SCALE_MAX 64

static bool set_text(char *text, size_t size, const char *value, size_t length)
{
    if (length == 0 || length >= size)
        return false;
    memcpy(text, value, length);
    text[length] = '\0';
    return true;
}

static bool set_program(struct options *options, const char *value,
                        size_t length)
{
    return set_text(options->program, sizeof options->program, value, length);
}

static bool set_link(struct options *options, const char *value, size_t length)
{
    return set_text(options->link, sizeof options->link, value, length);
}

static bool set_store(struct options *options, const char *value, size_t length)
{
    return set_text(options->store, sizeof options->store, value, length);
}

static bool set_speed(struct options *options, const char *value, size_t length)
{
    int speed = speed_find(value, length);

    if (speed < 0)
        return false;
    options->speed = (unsigned)speed;
    return true;
}

static bool is_name(const char *name, const char *value, size_t length)
{
    return strlen(name) == length && memcmp(name, value, length) == 0;
}

/* Sets *RESULT to the index of the value in NAMES, or returns false. */
static bool set_name(unsigned *result, const char *const *names, unsigned count,
                     const char *value, size_t length)
{
    for (unsigned i = 0; i < count; i++) {
        if (is_name(names[i], value, length)) {
            *result = i;
            return true;
        }
    }
    return false;
}

static bool set_video(struct options *options, const char *value, size_t length)
{
    static const char *const names[] = {"text50", "text25", "lfb", "none"};

    return set_name(&options->screen.video, names,
                    sizeof names / sizeof names[0], value, length);
}

static bool read_number(const char *value, size_t length, uint64_t *number)
{
    return number_read_count((struct span){value, length}, number);
}

static bool set_number(uint32_t *result, uint32_t minimum, uint32_t maximum,
                       const char *value, size_t length)
{
    uint64_t number;

    if (!read_number(value, length, &number) || number < minimum ||
        number > maximum)
        return false;
    *result = (uint32_t)number;
    return true;
}

static bool set_theme(struct options *options, const char *value, size_t length)
{
    return set_name(&options->screen.theme, theme_names, THEMES, value, length);
}

static bool set_panel(struct options *options, const char *value, size_t length)
{
    static const char *const names[] = {"1948", "prm", "replica"};

    return set_name(&options->panel, names, sizeof names / sizeof names[0],
                    value, length);
}

static bool set_keymap(struct options *options, const char *value,
                       size_t length)
{
    for (unsigned i = 0; i < KEYMAPS; i++) {
        if (is_name(keymaps[i].name, value, length)) {
            options->keymap = i;
            return true;
        }
    }
    return false;
}

static bool set_keyboard(struct options *options, const char *value,
                         size_t length)
{
    static const char *const names[] = {"raw", "off"};

    if (!set_name(&options->keyboard, names, sizeof names / sizeof names[0],
                  value, length))
        return false;
    options->keyboard += KEYBOARD_RAW;
    return true;
}

static bool set_usb(struct options *options, const char *value, size_t length)
{
    static const char *const names[] = {"on", "off"};

    if (!set_name(&options->usb, names, sizeof names / sizeof names[0], value,
                  length))
        return false;
    options->usb += USB_ON;
    return true;
}

#define GUEST_FAULT_NAME(number, label, option)                                \
    [FAULT_GUEST_##number] = (option),

static bool set_fault(struct options *options, const char *value, size_t length)
{
    static const char *const names[FAULTS] = {
        [FAULT_NONE] = "none",           [FAULT_DIVIDE] = "divide",
        [FAULT_OPCODE] = "opcode",       [FAULT_INT] = "int",
        [FAULT_READ_NULL] = "null",      [FAULT_CALL_NULL] = "call-null",
        [FAULT_CODE] = "code",           [FAULT_CONSTANT] = "constant",
        [FAULT_DATA] = "data",           [FAULT_SEALED] = "sealed",
        [FAULT_OPEN] = "open",           [FAULT_STACK] = "stack",
        [FAULT_SMASH] = "smash",         [FAULT_HANG] = "hang",
        [FAULT_UNDEFINED] = "undefined", [FAULT_DATA_NEAR] = "data-near",
        [FAULT_OPEN_NEAR] = "open-near", GUEST_FAULTS(GUEST_FAULT_NAME)};

    return set_name(&options->fault, names, FAULTS, value, length);
}

/* Sets an option that accepts only the value NAME. */
static bool set_only(bool *result, const char *name, const char *value,
                     size_t length)
{
    if (!is_name(name, value, length))
        return false;
    *result = true;
    return true;
}

static bool set_acpi(struct options *options, const char *value, size_t length)
{
    return set_only(&options->acpi_off, "off", value, length);
}

static bool set_cpu(struct options *options, const char *value, size_t length)
{
    return set_only(&options->cpu_386, "386", value, length);
}

static bool set_engine(struct options *options, const char *value,
                       size_t length)
{
    for (unsigned i = 0; engines[i] != NULL; i++) {
        if (is_name(engines[i]->name, value, length)) {
            options->engine = engines[i];
            return true;
        }
    }
    return false;
}

static enum port find_port(const char *name, size_t length)
{
    static const char *const names[] = {"ttyS0", "ttyS1"};
    unsigned found;

    if (!set_name(&found, names, sizeof names / sizeof names[0], name, length))
        return PORT_NONE;
    return PORT_COM1 + found;
}

/* Parses a rate as Linux does: 9600, or 9600n8 for no parity and eight bits. */
static bool set_baud(struct options *options, const char *value, size_t length)
{
    static const uint16_t rates[] = {12, 24, 48, 96, 192, 384, 576, 1152};
    uint64_t baud;

    if (length > 2 && memcmp(value + length - 2, "n8", 2) == 0)
        length -= 2;
    if (!read_number(value, length, &baud))
        return false;
    for (unsigned i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        if (rates[i] * 100ull == baud) {
            options->baud = (uint32_t)baud;
            return true;
        }
    }
    return false;
}

static bool set_console(struct options *options, const char *value,
                        size_t length)
{
    size_t name = 0;

    while (name < length && value[name] != ',')
        name++;
    enum port port = find_port(value, name);

    if (port == PORT_NONE ||
        (name < length &&
         !set_baud(options, value + name + 1, length - name - 1)))
        return false;
    if (name == length)
        options->baud = BAUD;
    options->console = port;
    return true;
}

static bool set_data(struct options *options, const char *value, size_t length)
{
    enum port port = find_port(value, length);

    if (port != PORT_NONE)
        options->data = port;
    return port != PORT_NONE;
}

/* Records an invalid limit, because a batch without a limit might never end. */
static bool set_limit(struct options *options, const char *value, size_t length)
{
    uint64_t limit;

    options->limit_invalid = !read_number(value, length, &limit);
    if (!options->limit_invalid)
        options->limit = limit;
    return !options->limit_invalid;
}

static bool set_pin(struct options *options, const char *value, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (value[i] < '0' || value[i] > '9')
            return false;
    return length >= PIN_MIN &&
           set_text(options->pin, sizeof options->pin, value, length);
}

#define NUMBER(name, member, minimum, maximum)                                 \
    static bool set_##name(struct options *options, const char *value,         \
                           size_t length)                                      \
    {                                                                          \
        return set_number(&options->member, minimum, maximum, value, length);  \
    }
NUMBER(scale, screen.scale, 1, SCALE_MAX)
NUMBER(dots, screen.dots, 8, 9)
NUMBER(kiosk, kiosk, 1, KIOSK_MAX)
NUMBER(hot, hot, 0, HOT_MAX)
NUMBER(guests, guests, 1, GUESTS_MAX)

/* Defines the setter of a switch, which is an option without a value. */
#define SWITCH(member)                                                         \
    static bool set_##member(struct options *options, const char *value,       \
                             size_t length)                                    \
    {                                                                          \
        (void)value;                                                           \
        options->member = true;                                                \
        return length == 0;                                                    \
    }
SWITCH(run)
SWITCH(trace)
SWITCH(ci5)
SWITCH(immediate_test)
SWITCH(keep_pi)
SWITCH(manual_holds_ci)
SWITCH(batch)
SWITCH(selftest)
SWITCH(bench)
SWITCH(qemu_exit)
SWITCH(noirq)
SWITCH(notsc)

const struct option option_table[] = {
    {"program=", "NAME", "program to load at startup", false, set_program},
    {"store=", "TEXT", "store to load, in the format of the Save page", false,
     set_store},
    {"link=", "PREFIX", "text before the program in its QR code", false,
     set_link},
    {"run", "", "start the program automatically", false, set_run},
    {"trace", "", "send each executed instruction to COM1", false, set_trace},
    {"speed=", "1|2|7|real|8.5us|x10|x100|x1000|max", "initial speed", false,
     set_speed},
    {"engine=", ENGINE_NAMES, "engine at startup", false, set_engine},
    {"hot=", "N", "translate a block after N entries", false, set_hot},
    {"theme=", "green|amber|white|mono", "phosphor colour of the screen", false,
     set_theme},
    {"panel=", "1948|prm|replica", "panel variant where the sources disagree",
     false, set_panel},
    {"keep-pi", "", "tube C keeps PI after a single step", false, set_keep_pi},
    {"manual-holds-ci", "", "KC in Man does not change CI", false,
     set_manual_holds_ci},
    {"guests=", "N", "machines side by side, not in a kiosk", false,
     set_guests},
    {"ci5", "", "CI has five digits, as in SIMH", false, set_ci5},
    {"immediate-test", "", "CMP changes CI at once, as in most simulators",
     false, set_immediate_test},
    {"batch", "", "run every module, report on COM1, power off", false,
     set_batch},
    {"limit=", "N", "maximum instructions per program (batch)", false,
     set_limit},
    {"selftest", "", "check every engine on this PC", false, set_selftest},
    {"bench", "", "measure every engine on this PC", false, set_bench},
    {"video=", "text50|text25|lfb|none",
     "50 or 25 rows of text, framebuffer or none", true, set_video},
    {"scale=", "N", "8x8 letters on framebuffers, N times as large", true,
     set_scale},
    {"dots=", "8|9", "VGA dots per character (default 8)", true, set_dots},
    {"console=", "ttyS0|ttyS1[,RATE]", "serial port for a terminal", true,
     set_console},
    {"data=", "ttyS0|ttyS1", "serial port for programs, traces and reports",
     true, set_data},
    {"keymap=", "us|uk|de|ch|fr|be|es|it|pt|se|no|dk",
     "country of the keyboard", true, set_keymap},
    {"keyboard=", "raw|off", "do not set up (raw) or use (off) the 8042", true,
     set_keyboard},
    {"usb=", "on|off", "use USB keyboards always (on) or never (off)", true,
     set_usb},
    {"kiosk=", "SECONDS", "idle time before the demonstration starts", true,
     set_kiosk},
    {"pin=", "NNNN", "4 to 8 digits that end the kiosk, after F10", true,
     set_pin},
    {"acpi=", "off", "do not use ACPI for the timer and power-off", true,
     set_acpi},
    {"noirq", "", "poll all devices instead of using interrupts", true,
     set_noirq},
    {"notsc", "", "do not use the time-stamp counter", true, set_notsc},
    {"cpu=", "386", "treat the processor as a 386", true, set_cpu},
    {"fault=", "NAME", "trigger this fault to test the panic screen", true,
     set_fault},
    {"qemu-exit", "", "exit QEMU through port 0xF4 when done", true,
     set_qemu_exit},
};
const unsigned option_count = sizeof option_table / sizeof option_table[0];
