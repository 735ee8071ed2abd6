/* SPDX-License-Identifier: MIT */
#include "panic_screen.h"
#include "arch/cpu.h"
#include "arch/io.h"
#include "backtrace.h"
#include "console/attributes.h"
#include "emu/format/writer.h"
#include "exception.h"
#include "platform/memory_protection.h"
#include "platform/serial_io.h"
#include "platform/system_info.h"
#include "platform/usb_input.h"
#include <string.h>

#define ROW_TITLE     0
#define ROW_CAUSE     1
#define ROW_REGISTERS 2
#define ROW_CALLERS   5
#define CALLERS_ROWS  2
#define ROW_BABY      7
#define ROW_STORE     8
#define STORE_ROWS    16
#define STORE_COLUMN  41 /* column of the second half of the store */

#define CALLERS_MAX 2000 /* maximum depth, including repeated callers */

#define SEND_TRIES 1000000 /* maximum attempts, each at least a microsecond */

static char snp[SNP_SIZE]; /* the store in .snp format */

static void put(const struct panic_report *report, unsigned row,
                uint8_t attribute, const char *line)
{
    cells_text(&report->ui->view.cells, row, 1, attribute, line);
}

static void add_cause(struct strbuf *text, const struct panic_report *report)
{
    uint32_t vector = report->frame.vector;

    if (report->message != NULL) {
        strbuf_add(text, "%s", report->message);
        return;
    }
    strbuf_add(text, "%s (vector %u)", exception_name(vector),
               (unsigned)vector);
    if (vector == VECTOR_PAGE_FAULT) {
        strbuf_add(text, ": ");
        exception_add_access(text, &report->frame, report->cr2);
    } else if (vector == VECTOR_DOUBLE_FAULT) {
        strbuf_add(text, "; last page fault: %s",
                   memory_protection_name(report->cr2));
    }
}

static const char *advice(const struct panic_report *report)
{
    return report->ui->view.options.kiosk > 0
               ? "Kernel panic. Photograph this; restarts in 30 s."
           : usb_input_is_used()
               ? "Kernel panic. Photograph it; PS/2 Enter restarts."
               : "Kernel panic. Photograph this; Enter restarts.";
}

void panic_draw_title(const struct panic_report *report)
{
    char line[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);
    struct cells *cells = &report->ui->view.cells;

    cells_set_size(cells, PANIC_ROWS, PAGE_COLUMNS);
    cells_clear(cells, ATTR_TEXT);
    cells_fill(cells, ROW_TITLE, 0, PAGE_COLUMNS, ' ', ATTR_BAR);
    put(report, ROW_TITLE, ATTR_BAR, advice(report));
    cells_text_right(cells, ROW_TITLE, PAGE_COLUMNS - 2, ATTR_BAR,
                     system_info_version());
    add_cause(&text, report);
    put(report, ROW_CAUSE, ATTR_STRONG, line);
}

#define IN_A_ROW 5

void panic_draw_registers(const struct panic_report *report)
{
    const struct trap_frame *frame = &report->frame;
    const struct {
        const char *name;
        uint32_t value;
    } numbers[] = {
        {"eax", frame->eax},  {"ebx", frame->ebx},       {"ecx", frame->ecx},
        {"edx", frame->edx},  {"error", frame->error},

        {"esi", frame->esi},  {"edi", frame->edi},       {"ebp", frame->ebp},
        {"esp", frame->esp},  {"eflags", frame->eflags},

        {"eip", frame->eip},  {"cs", frame->cs},         {"cr0", cpu_cr0()},
        {"cr2", report->cr2}, {"vector", frame->vector},
    };

    for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char number[PAGE_COLUMNS / IN_A_ROW];
        struct strbuf text = strbuf_begin(number, sizeof number);

        strbuf_add(&text, "%-6s %08x", numbers[i].name,
                   (unsigned)numbers[i].value);
        cells_text(&report->ui->view.cells, ROW_REGISTERS + i / IN_A_ROW,
                   1 + i % IN_A_ROW * (PAGE_COLUMNS / IN_A_ROW), ATTR_TEXT,
                   number);
    }
}

struct cursor {
    const struct panic_report *report;
    unsigned row, column;
};

static bool put_word(struct cursor *cursor, const char *word)
{
    size_t length = strlen(word);

    if (cursor->column + length >= PAGE_COLUMNS) {
        cursor->row++;
        cursor->column = 1;
    }
    if (cursor->row >= ROW_CALLERS + CALLERS_ROWS)
        return false;
    cells_text(&cursor->report->ui->view.cells, cursor->row, cursor->column,
               ATTR_TEXT, word);
    cursor->column += (unsigned)length + 1;
    return true;
}

/* Prints a backtrace entry that occurs TIMES times in a row. */
static bool put_place(struct cursor *cursor,
                      const struct backtrace_entry *place, unsigned times,
                      const char *prefix)
{
    char word[PAGE_COLUMNS / 2];
    struct strbuf text = strbuf_begin(word, sizeof word);

    strbuf_add(&text, "%s%s+%x", prefix, place->function.name,
               (unsigned)place->offset);
    if (times > 1)
        strbuf_add(&text, " (%u times)", times);
    return put_word(cursor, word);
}

static void put_callers(struct cursor *cursor, struct backtrace *trace)
{
    struct backtrace_entry entry, next;
    bool more = backtrace_next(trace, &entry);
    unsigned times = 0;

    for (unsigned i = 0; more && i < CALLERS_MAX; i++) {
        more = backtrace_next(trace, &next);
        times++;
        if (more && next.function.start == entry.function.start &&
            next.offset == entry.offset)
            continue;
        if (!put_place(cursor, &entry, times, entry.doubtful ? "<? " : "< "))
            return;
        entry = next;
        times = 0;
    }
}

void panic_draw_backtrace(const struct panic_report *report)
{
    struct cursor cursor = {report, ROW_CALLERS, 1};
    struct backtrace_entry place = {.offset = report->frame.eip};
    struct backtrace trace;

    put_word(&cursor, "Backtrace:");
    if (symbol_find(&place.function, report->frame.eip)) {
        place.offset -= place.function.start;
        put_place(&cursor, &place, 1, "");
    } else {
        put_word(&cursor, memory_protection_name(report->frame.eip));
    }
    backtrace_start(&trace, report->frame.eip, report->frame.esp);
    put_callers(&cursor, &trace);
}

/* Draws the .snp file without its first line, which is a line count. */
static void put_store(const struct panic_report *report)
{
    char line[STORE_COLUMN];
    struct strbuf text = strbuf_begin(line, sizeof line);
    int number = -1;

    for (const char *at = snp; *at != '\0'; at++) {
        if (*at >= ' ')
            strbuf_add(&text, "%c", *at);
        if (*at != '\n')
            continue;
        if (number >= 0)
            cells_text(&report->ui->view.cells, ROW_STORE + number % STORE_ROWS,
                       number < STORE_ROWS ? 1 : STORE_COLUMN, ATTR_TEXT, line);
        text = strbuf_begin(line, sizeof line);
        number++;
    }
}

void panic_draw_baby(const struct panic_report *report)
{
    struct ui *ui = report->ui;
    const struct machine *machine = &ui->view.session.machine;
    struct strbuf file = strbuf_begin(snp, sizeof snp);
    char line[PAGE_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "Baby: A %d  CI %u  PI %u  Test %u  neon %u",
               (int)machine->a, (unsigned)machine->ci, (unsigned)machine->pi,
               machine->test, machine->neon);
    strbuf_add(&text, "  after %llu instructions",
               (unsigned long long)machine->instructions);
    put(report, ROW_BABY, ATTR_STRONG, line);
    session_program(&ui->view.session, &ui->save.sent.program);
    program_write_snp(&file, &ui->save.sent.program);
    put_store(report);
}

static bool send_byte(enum uart uart, char byte)
{
    for (int i = 0; i < SEND_TRIES; i++) {
        if (uart_send(uart, (uint8_t)byte))
            return true;
        port_delay();
    }
    return false;
}

/* Attempts are counted to limit the wait, because the clock may have failed. */
static void send(enum uart uart, const char *text, size_t length)
{
    static bool stuck[UARTS];

    for (size_t i = 0; i < length && !stuck[uart]; i++)
        stuck[uart] = !send_byte(uart, text[i]);
}

static void send_row(enum uart uart, const uint16_t cells[PAGE_COLUMNS])
{
    char line[PAGE_COLUMNS + 2];
    size_t length = PAGE_COLUMNS;

    for (unsigned i = 0; i < PAGE_COLUMNS; i++)
        line[i] = (char)cells[i];
    while (length > 0 && line[length - 1] == ' ')
        length--;
    line[length++] = '\r';
    line[length++] = '\n';
    send(uart, line, length);
}

static void send_all(const struct panic_report *report, enum uart uart)
{
    static const char mark[] = "\r\nbaby: fault\r\n";
    /* Reset the colours, clear the screen and show the cursor (ECMA-48). */
    static const char plain[] = "\033[0m\033[2J\033[H\033[?25h";

    if (serial_io_has_terminal(report->ui, uart))
        send(uart, plain, sizeof plain - 1);
    send(uart, mark, sizeof mark - 1);
    for (unsigned row = 0; row < ROW_STORE; row++)
        send_row(uart, report->ui->view.cells.at[row]);
    send(uart, snp, strlen(snp));
}

void panic_send(const struct panic_report *report)
{
    for (enum uart uart = UART_COM1; uart < UARTS; uart++)
        if (uart_is_present(uart))
            send_all(report, uart);
}
