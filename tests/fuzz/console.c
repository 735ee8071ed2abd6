/* SPDX-License-Identifier: MIT */
/* Fuzzes the whole console on simulated PCs with arbitrary boot lines, keys,
   terminal input and other serial data.  The invariants must hold after each
   step.  At the end, the engine must have been notified of every edit, and
   undo must restore the initial state. */
#include "fuzz.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "tests/unit/invariants.h"

#define LINE_MAX  120
#define STEPS_MAX 400
#define BYTES_MAX 64

/* Returns true if the boot line starts the benchmark or the self-test. */
static bool is_too_long(const char *line)
{
    return strstr(line, "bench") != NULL || strstr(line, "selftest") != NULL;
}

static void read_line(struct input *input, char line[LINE_MAX + 1])
{
    size_t length = input_byte(input) % (LINE_MAX + 1);

    input_read(input, line, length);
    line[length] = '\0';
    if (is_too_long(line))
        line[0] = '\0';
}

static void start_console(struct input *input)
{
    const struct library_file modules[] = {
        file("hangs", HANGING),
        file("bad", "1 LDN 1\n2 FOO\n"),
        file("", "-1\n-2\n"),
        file("turns", "1 LDN 9\n2 SUB 10\n3 STO 9\n4 CMP\n5 JMP 11\n6 STP\n"
                      "9 NUM 7\n10 NUM -1\n"),
    };
    static const size_t memories[] = {0, PC_MEMORY, PC_MEMORY / 4,
                                      sizeof(struct journal)};
    uint8_t pc = input_byte(input), more = input_byte(input);
    char line[LINE_MAX + 1];

    read_line(input, line);
    wire_clear();
    start_pc((struct pc){.serial = pc & 1,
                         .screen = pc & 2,
                         .memory = memories[pc >> 2 & 3],
                         .console = (pc >> 4 & 3) % PORTS},
             pc & 64 ? 24 : 50, line, modules, more % 5);
    speed_of_pc = 1;
}

static void send_key(uint8_t step, uint8_t key)
{
    struct event event = key & 0x80 ? key_of((char)(' ' + (key & 0x7F) % 95))
                                    : (struct event){.down = true};

    if (event.key == KEY_NONE)
        event.key = (enum key)(KEY_ENTER + key % (KEY_F12 - KEY_ENTER + 1));
    event.control = step & 1;
    event.repeat = (step & 6) == 2;
    event.tap = (step & 6) == 4;
    event.down = (step & 6) != 6;
    send(event);
    if ((step & 14) == 0) {
        event.down = false;
        send(event);
    }
}

static void receive_bytes(struct input *input, enum port port, bool lost)
{
    char bytes[BYTES_MAX];
    size_t count = input_byte(input) % (BYTES_MAX + 1);

    if (count > input->left)
        count = input->left;
    input_read(input, bytes, count);
    ui_received(&ui, port, bytes, count, lost, now);
}

/* Checks that the output contains no NUL or DEL characters, and discards it. */
static void drain(enum port port, size_t limit)
{
    const char *bytes;
    size_t count = ui_to_send(&ui, port, &bytes);

    MUST(count == 0 || bytes != NULL);
    if (count > limit)
        count = limit;
    for (size_t i = 0; i < count; i++)
        MUST((uint8_t)bytes[i] != 0x7F && bytes[i] != '\0');
    ui_sent(&ui, port, count, now);
}

/* Maps a byte to a time in milliseconds, from one frame to several minutes. */
static uint64_t time_of(uint8_t byte)
{
    return (uint64_t)(1 + byte % 16) << byte / 16 * 3 / 2;
}

static void step(struct input *input)
{
    uint8_t kind = input_byte(input);
    enum port port = kind & 8 ? PORT_COM2 : PORT_COM1;

    switch (kind >> 5) {
    case 0:
    case 1:
    case 2:
        send_key(kind, input_byte(input));
        break;
    case 3:
        turn();
        break;
    case 4:
        turn_by(1000 * time_of(input_byte(input)));
        break;
    case 5:
        receive_bytes(input, port, (kind & 7) == 7);
        break;
    case 6:
        drain(port, kind & 7 ? (1u << (kind & 7)) - 1 : 4096);
        break;
    default:
        for (unsigned i = kind % 32 + 1; i > 0; i--)
            turn();
        break;
    }
}

static void check(void)
{
    MUST(invariants_hold());
    if (ui.view.request != REQUEST_NONE)
        ui_request_failed(&ui);
}

/* Discards all pending output until the console has nothing left to send. */
static void drain_all(void)
{
    for (unsigned i = 0; i < 12; i++) {
        drain(PORT_COM1, SIZE_MAX);
        drain(PORT_COM2, SIZE_MAX);
        turn_by(i % 4 == 3 ? 3000000 : FRAME);
    }
}

/* Checks that the tube shows the contents of the store after a redraw. */
static void check_digits(void)
{
    ui.view.monitor = MONITOR_S;
    for (unsigned i = 0; i < 10; i++)
        turn();
    draw();
    check_tube();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};

    if (builtin_library.count == 0)
        console_read_programs(NULL);
    start_console(&input);
    for (unsigned i = 0; i < STEPS_MAX && input.left > 0; i++) {
        step(&input);
        check();
    }
    drain_all();
    draw();
    check_engine();
    check();
    release_keys();
    check_digits();
    if (ui.view.session.journal != NULL)
        undo_all();
    return 0;
}
