/* SPDX-License-Identifier: MIT */
/* Fuzzes the boot line parser.  All options must be in range, and a word that
   causes a warning must not change any option. */
#include "fuzz.h"
#include "console/theme.h"
#include "services/option_parser.h"
#include "emu/session/pace.h"
#include "ui/pages/panel.h"

#define LINE_MAX 600

static bool is_engine(const struct engine *engine)
{
    for (unsigned i = 0; engines[i] != NULL; i++)
        if (engines[i] == engine)
            return true;
    return false;
}

static bool is_rate(uint32_t baud)
{
    return baud >= 1200 && baud <= 115200 && 115200 % baud == 0;
}

static void check(const struct options *options)
{
    MUST(memchr(options->program, '\0', sizeof options->program) != NULL);
    MUST(memchr(options->store, '\0', sizeof options->store) != NULL);
    MUST(options->speed < SPEEDS && options->screen.video <= VIDEO_NONE);
    MUST(options->screen.scale <= 64);
    MUST(options->screen.dots == 8 || options->screen.dots == 9);
    MUST(options->console < PORTS && is_rate(options->baud));
    MUST(options->data == PORT_COM1 || options->data == PORT_COM2);
    MUST(options->screen.theme < THEMES && options->panel <= 2);
    MUST(is_engine(options->engine) && options->hot <= 65535);
    MUST(options->kiosk <= 86400 && options->keyboard <= KEYBOARD_OFF);
}

/* Compares all options except `limit_invalid`. */
static bool are_same(const struct options *one, const struct options *other)
{
#define SAME(member)                                                           \
    (memcmp(&one->member, &other->member, sizeof one->member) == 0)
    return strcmp(one->program, other->program) == 0 &&
           strcmp(one->store, other->store) == 0 && SAME(speed) &&
           SAME(screen) && SAME(console) && SAME(baud) && SAME(data) &&
           SAME(engine) && SAME(hot) && SAME(limit) && SAME(run) &&
           SAME(trace) && SAME(ci5) && SAME(immediate_test) && SAME(panel) &&
           SAME(keep_pi) && SAME(manual_holds_ci) && SAME(kiosk) &&
           SAME(batch) && SAME(selftest) && SAME(bench) && SAME(qemu_exit) &&
           SAME(keyboard) && SAME(acpi_off) && SAME(noirq) && SAME(notsc) &&
           SAME(cpu_386);
#undef SAME
}

/* Parses a boot line and returns the length of the warnings in bytes. */
static size_t read_line(struct options *options, const char *line)
{
    static char buffer[64 * LINE_MAX];
    struct strbuf warnings = strbuf_begin(buffer, sizeof buffer);

    memset(options, 0xA5, sizeof *options);
    options_read(options, line, &warnings);
    MUST(!warnings.cut && strlen(buffer) == warnings.length);
    check(options);
    return warnings.length;
}

/* Parses a boot line with a buffer too small for its warnings. */
static void read_cut(const char *line)
{
    char buffer[16];
    struct strbuf warnings = strbuf_begin(buffer, sizeof buffer);
    struct options options;

    options_read(&options, line, &warnings);
    MUST(strlen(buffer) == warnings.length);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Checks that a word which causes a warning does not change any option. */
static void check_words(char *line)
{
    size_t length = strlen(line);

    while (length > 0) {
        struct options with, without;
        size_t complained = read_line(&with, line);

        while (length > 0 && is_space(line[length - 1]))
            length--;
        while (length > 0 && !is_space(line[length - 1]))
            length--;
        line[length] = '\0';
        if (complained > read_line(&without, line))
            MUST(are_same(&with, &without));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > LINE_MAX)
        return 0;
    char *line = calloc(1, size + 1);

    MUST(line != NULL);
    if (size > 0)
        memcpy(line, data, size);
    read_cut(line);
    check_words(line);
    free(line);
    return 0;
}
