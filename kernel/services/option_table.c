/* SPDX-License-Identifier: MIT */
/* Each word that the boot line may have, and what takes its value. */
#include "options.h"
#include "console/theme.h"
#include "emu/text/number.h"
#include "emu/translator/translator.h"
#include "emu/session/pace.h"
#include <string.h>

#define KIOSK_MAX 86400 /* seconds: a day */
#define HOT_MAX   65535
#define SCALE_MAX 64

static bool take_text(char *taken, size_t size, const char *value,
                      size_t length)
{
    if (length == 0 || length >= size)
        return false;
    memcpy(taken, value, length);
    taken[length] = '\0';
    return true;
}

static bool take_program(struct options *options, const char *value,
                         size_t length)
{
    return take_text(options->program, sizeof options->program, value, length);
}

static bool take_store(struct options *options, const char *value,
                       size_t length)
{
    return take_text(options->store, sizeof options->store, value, length);
}

static bool take_speed(struct options *options, const char *value,
                       size_t length)
{
    int speed = speed_find(value, length);

    if (speed < 0)
        return false;
    options->speed = (unsigned)speed;
    return true;
}

/* Takes which of the COUNT NAMES the value is. */
static bool take_name(unsigned *taken, const char *const *names, unsigned count,
                      const char *value, size_t length)
{
    for (unsigned i = 0; i < count; i++) {
        if (strlen(names[i]) == length &&
            memcmp(names[i], value, length) == 0) {
            *taken = i;
            return true;
        }
    }
    return false;
}

static bool take_video(struct options *options, const char *value,
                       size_t length)
{
    static const char *const names[] = {"text50", "text25", "lfb", "none"};

    return take_name(&options->video, names, sizeof names / sizeof names[0],
                     value, length);
}

static bool read_number(const char *value, size_t length, uint64_t *number)
{
    return number_read_count((struct span){value, length}, number);
}

static bool take_number(uint32_t *taken, uint32_t least, uint32_t most,
                        const char *value, size_t length)
{
    uint64_t number;

    if (!read_number(value, length, &number) || number < least || number > most)
        return false;
    *taken = (uint32_t)number;
    return true;
}

static bool take_scale(struct options *options, const char *value,
                       size_t length)
{
    return take_number(&options->scale, 1, SCALE_MAX, value, length);
}

static bool take_dots(struct options *options, const char *value, size_t length)
{
    return take_number(&options->dots, 8, 9, value, length);
}

static bool take_theme(struct options *options, const char *value,
                       size_t length)
{
    return take_name(&options->theme, theme_names, THEMES, value, length);
}

static bool take_panel(struct options *options, const char *value,
                       size_t length)
{
    static const char *const names[] = {"1948", "prm", "replica"};

    return take_name(&options->panel, names, sizeof names / sizeof names[0],
                     value, length);
}

static bool take_keyboard(struct options *options, const char *value,
                          size_t length)
{
    static const char *const names[] = {"raw", "off"};

    if (!take_name(&options->keyboard, names, sizeof names / sizeof names[0],
                   value, length))
        return false;
    options->keyboard += KEYBOARD_RAW;
    return true;
}

static bool take_fault(struct options *options, const char *value,
                       size_t length)
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
        [FAULT_OPEN_NEAR] = "open-near",
    };

    return take_name(&options->fault, names, FAULTS, value, length);
}

/* The one value that an option may have. */
static bool take_only(bool *taken, const char *name, const char *value,
                      size_t length)
{
    if (strlen(name) != length || memcmp(name, value, length) != 0)
        return false;
    *taken = true;
    return true;
}

static bool take_acpi(struct options *options, const char *value, size_t length)
{
    return take_only(&options->acpi_off, "off", value, length);
}

static bool take_cpu(struct options *options, const char *value, size_t length)
{
    return take_only(&options->cpu_386, "386", value, length);
}

static bool take_engine(struct options *options, const char *value,
                        size_t length)
{
    for (unsigned i = 0; engines[i] != NULL; i++) {
        if (strlen(engines[i]->name) == length &&
            memcmp(engines[i]->name, value, length) == 0) {
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

    if (!take_name(&found, names, sizeof names / sizeof names[0], name, length))
        return PORT_NONE;
    return PORT_COM1 + found;
}

/* As Linux has it: 9600, or 9600n8 for no parity and eight bits, which is all
   that there is. */
static bool take_baud(struct options *options, const char *value, size_t length)
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

static bool take_console(struct options *options, const char *value,
                         size_t length)
{
    size_t name = 0;

    while (name < length && value[name] != ',')
        name++;
    enum port port = find_port(value, name);

    if (port == PORT_NONE ||
        (name < length &&
         !take_baud(options, value + name + 1, length - name - 1)))
        return false;
    if (name == length)
        options->baud = BAUD;
    options->console = port;
    return true;
}

static bool take_data(struct options *options, const char *value, size_t length)
{
    enum port port = find_port(value, length);

    if (port != PORT_NONE)
        options->data = port;
    return port != PORT_NONE;
}

/* A batch whose limit is not understood might never end. */
static bool take_limit(struct options *options, const char *value,
                       size_t length)
{
    uint64_t limit;

    options->limit_unclear = !read_number(value, length, &limit);
    if (!options->limit_unclear)
        options->limit = limit;
    return !options->limit_unclear;
}

static bool take_kiosk(struct options *options, const char *value,
                       size_t length)
{
    return take_number(&options->kiosk, 1, KIOSK_MAX, value, length);
}

static bool take_hot(struct options *options, const char *value, size_t length)
{
    return take_number(&options->hot, 0, HOT_MAX, value, length);
}

/* A switch: the word alone turns it on. */
#define SWITCH(member)                                                         \
    static bool take_##member(struct options *options, const char *value,      \
                              size_t length)                                   \
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
    {"program=", "NAME", "load this program at start", false, take_program},
    {"store=", "TEXT", "or this store, as Save showed it", false, take_store},
    {"run", "", "and run it", false, take_run},
    {"trace", "", "and send each instruction to COM1", false, take_trace},
    {"speed=", "1|2|7|real|8.5us|x10|x100|x1000|max", "speed at start", false,
     take_speed},
    {"engine=", ENGINE_NAMES, "what runs the machine", false, take_engine},
    {"hot=", "N", "translator: a block is made after N arrivals", false,
     take_hot},
    {"theme=", "green|amber|white|mono", "light of the screen", false,
     take_theme},
    {"panel=", "1948|prm|replica", "where sources on the panel disagree", false,
     take_panel},
    {"keep-pi", "", "tube C keeps PI after a single step", false, take_keep_pi},
    {"manual-holds-ci", "", "KC in Man leaves CI alone", false,
     take_manual_holds_ci},
    {"kiosk=", "SECONDS", "demonstration after so long without a key", false,
     take_kiosk},
    {"ci5", "", "control has five digits, as in SIMH", false, take_ci5},
    {"immediate-test", "", "Test moves CI at once, as in most simulators",
     false, take_immediate_test},
    {"batch", "", "run every module, report on COM1, power off", false,
     take_batch},
    {"limit=", "N", "batch ends a program after N instructions", false,
     take_limit},
    {"selftest", "", "check every engine on this PC", false, take_selftest},
    {"bench", "", "measure every engine on this PC", false, take_bench},
    {"video=", "text50|text25|lfb|none", "rows, only a framebuffer, no screen",
     true, take_video},
    {"scale=", "N", "framebuffer: N by N pixels for one of 640x400", true,
     take_scale},
    {"dots=", "8|9", "VGA: dots across a character; 8 unless told", true,
     take_dots},
    {"console=", "ttyS0|ttyS1[,RATE]", "a terminal is there, too", true,
     take_console},
    {"data=", "ttyS0|ttyS1", "programs, trace, reports go there", true,
     take_data},
    {"keyboard=", "raw|off", "only read the 8042; leave it alone", true,
     take_keyboard},
    {"acpi=", "off", "use nothing of ACPI: no timer, no power-off", true,
     take_acpi},
    {"noirq", "", "no interrupts: look at all devices in turn", true,
     take_noirq},
    {"notsc", "", "leave the processor's cycle counter alone", true,
     take_notsc},
    {"cpu=", "386", "take the processor for a 386", true, take_cpu},
    {"fault=", "NAME", "fail so, to see it; README has the names", true,
     take_fault},
    {"qemu-exit", "", "when it is done, end QEMU by port 0xF4", true,
     take_qemu_exit},
};
const unsigned option_count = sizeof option_table / sizeof option_table[0];
