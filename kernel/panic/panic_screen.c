/* SPDX-License-Identifier: MIT */
#include "panic_screen.h"
#include "arch/cpu.h"
#include "arch/io.h"
#include "backtrace.h"
#include "emu/format/writer.h"
#include "platform/system_info.h"
#include "platform/memory_protection.h"
#include "console/attributes.h"
#include "platform/serial_io.h"
#include <string.h>

#define ROW_TITLE     0
#define ROW_CAUSE     1
#define ROW_REGISTERS 2
#define ROW_CALLERS   5
#define CALLERS_ROWS  2
#define ROW_BABY      7
#define ROW_STORE     8
#define STORE_ROWS    16
#define STORE_COLUMN  41 /* of its second half */

#define CALLERS_MAX 2000 /* that are looked at; few have room */

/* Page fault: Intel SDM vol. 3, "Page-Fault Exception". */
#define ERROR_WRITE 2u

#define SEND_TRIES 1000000 /* of a microsecond or more */

/* As the store is told to serial ports. */
static char snp[SNP_SIZE];

static void put(const struct fault *fault, unsigned row, uint8_t look,
                const char *line)
{
    cells_text(&fault->ui->view.cells, row, 1, look, line);
}

/* ---------------------------------------------------------- what it is --- */

/* Intel SDM vol. 3, "Exception and Interrupt Reference". */
static const char *const names[VECTOR_EXCEPTIONS] = {
    [0] = "Division by zero, or by too little",
    [1] = "Debug exception",
    [VECTOR_NMI] = "Failure of memory or buses (NMI)",
    [3] = "Breakpoint",
    [4] = "Overflow",
    [5] = "Index out of bounds",
    [VECTOR_INVALID_OPCODE] = "No instruction of this processor",
    [7] = "No floating point unit",
    [VECTOR_DOUBLE_FAULT] = "Double fault",
    [9] = "Floating point operand beyond its segment",
    [10] = "Invalid task state",
    [11] = "Segment not present",
    [12] = "Fault of the stack's segment",
    [13] = "General protection fault",
    [VECTOR_PAGE_FAULT] = "Page fault",
    [16] = "Floating point error",
    [17] = "Address not aligned",
    [18] = "Failure that the processor found in itself",
    [19] = "Floating point error (SIMD)",
    [20] = "Exception of a virtual machine",
    [21] = "Return that no call led to",
    [28] = "Exception that a hypervisor injected",
    [29] = "Exception of a virtual machine's messages",
    [30] = "Security exception",
};

static const char *name_of(uint32_t vector)
{
    if (vector >= VECTOR_EXCEPTIONS)
        return "Interrupt that nobody handles";
    return names[vector] != NULL ? names[vector] : "Unknown exception";
}

static const char *way_of(const struct fault *fault)
{
    if (fault->frame.error & ERROR_WRITE)
        return "writing";
    return fault->address == fault->frame.eip ? "executing" : "reading";
}

static void add_cause(struct strbuf *text, const struct fault *fault)
{
    uint32_t vector = fault->frame.vector;

    if (fault->why != NULL) {
        strbuf_add(text, "%s", fault->why);
        return;
    }
    strbuf_add(text, "%s (vector %u)", name_of(vector), (unsigned)vector);
    if (vector == VECTOR_PAGE_FAULT)
        strbuf_add(text, ": %s %08x, %s", way_of(fault),
                   (unsigned)fault->address,
                   memory_protection_name(fault->address));
    else if (vector == VECTOR_DOUBLE_FAULT)
        strbuf_add(text, "; page fault before: %s",
                   memory_protection_name(fault->address));
}

void fault_page_begin(const struct fault *fault)
{
    static const char title[] = "Baby failed. Photograph this; Enter restarts.";
    char line[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);
    struct cells *cells = &fault->ui->view.cells;

    cells->rows = FAULT_ROWS;
    cells_clear(cells, ATTR_TEXT);
    cells_fill(cells, ROW_TITLE, 0, CELLS_COLUMNS, ' ', ATTR_BAR);
    put(fault, ROW_TITLE, ATTR_BAR, title);
    cells_text_right(cells, ROW_TITLE, CELLS_COLUMNS - 2, ATTR_BAR,
                     system_info_version());
    add_cause(&text, fault);
    put(fault, ROW_CAUSE, ATTR_STRONG, line);
}

/* ---------------------------------------------------------- where it is --- */

#define IN_A_ROW 5

void fault_page_registers(const struct fault *fault)
{
    const struct trap_frame *frame = &fault->frame;
    const struct {
        const char *name;
        uint32_t value;
    } numbers[] = {
        {"eax", frame->eax},     {"ebx", frame->ebx},       {"ecx", frame->ecx},
        {"edx", frame->edx},     {"error", frame->error},

        {"esi", frame->esi},     {"edi", frame->edi},       {"ebp", frame->ebp},
        {"esp", frame->esp},     {"eflags", frame->eflags},

        {"eip", frame->eip},     {"cs", frame->cs},         {"cr0", cpu_cr0()},
        {"cr2", fault->address}, {"vector", frame->vector},
    };

    for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char number[CELLS_COLUMNS / IN_A_ROW];
        struct strbuf text = strbuf_begin(number, sizeof number);

        strbuf_add(&text, "%-6s %08x", numbers[i].name,
                   (unsigned)numbers[i].value);
        cells_text(&fault->ui->view.cells, ROW_REGISTERS + i / IN_A_ROW,
                   1 + i % IN_A_ROW * (CELLS_COLUMNS / IN_A_ROW), ATTR_TEXT,
                   number);
    }
}

/* The rows that callers are told in. */
struct paper {
    const struct fault *fault;
    unsigned row, column;
};

static bool put_word(struct paper *paper, const char *word)
{
    size_t length = strlen(word);

    if (paper->column + length >= CELLS_COLUMNS) {
        paper->row++;
        paper->column = 1;
    }
    if (paper->row >= ROW_CALLERS + CALLERS_ROWS)
        return false;
    cells_text(&paper->fault->ui->view.cells, paper->row, paper->column,
               ATTR_TEXT, word);
    paper->column += (unsigned)length + 1;
    return true;
}

/* A place that calls led to, so many TIMES in a row. */
static bool put_place(struct paper *paper, const struct backtrace_entry *place,
                      unsigned times, const char *sign)
{
    char word[CELLS_COLUMNS / 2];
    struct strbuf text = strbuf_begin(word, sizeof word);

    strbuf_add(&text, "%s%s+%x", sign, place->function.name,
               (unsigned)place->offset);
    if (times > 1)
        strbuf_add(&text, " (%u times)", times);
    return put_word(paper, word);
}

static void put_callers(struct paper *paper, struct backtrace *trace)
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
        if (!put_place(paper, &entry, times, entry.doubtful ? "<? " : "< "))
            return;
        entry = next;
        times = 0;
    }
}

void fault_page_callers(const struct fault *fault)
{
    struct paper paper = {fault, ROW_CALLERS, 1};
    struct backtrace_entry place = {.offset = fault->frame.eip};
    struct backtrace trace;

    if (symbol_find(&place.function, fault->frame.eip)) {
        place.offset -= place.function.start;
        put_place(&paper, &place, 1, "in ");
    } else {
        put_word(&paper, memory_protection_name(fault->frame.eip));
    }
    backtrace_start(&trace, fault->frame.eip, fault->frame.esp);
    put_callers(&paper, &trace);
}

/* ------------------------------------------------------------ the Baby --- */

/* A line of the file each, after the first, which counts them. */
static void put_store(const struct fault *fault)
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
            cells_text(&fault->ui->view.cells, ROW_STORE + number % STORE_ROWS,
                       number < STORE_ROWS ? 1 : STORE_COLUMN, ATTR_TEXT, line);
        text = strbuf_begin(line, sizeof line);
        number++;
    }
}

void fault_page_baby(const struct fault *fault)
{
    struct ui *ui = fault->ui;
    const struct machine *machine = &ui->view.session.machine;
    struct strbuf file = strbuf_begin(snp, sizeof snp);
    char line[CELLS_COLUMNS];
    struct strbuf text = strbuf_begin(line, sizeof line);

    strbuf_add(&text, "Baby: A %d  CI %u  PI %u  Test %u  neon %u  after %llu",
               (int)machine->a, (unsigned)machine->ci, (unsigned)machine->pi,
               machine->test, machine->neon,
               (unsigned long long)machine->instructions);
    put(fault, ROW_BABY, ATTR_STRONG, line);
    session_program(&ui->view.session, &ui->save.program);
    program_write_snp(&file, &ui->save.program);
    put_store(fault);
}

/* ------------------------------------------------------------- sending --- */

static bool send_byte(enum uart uart, char byte)
{
    for (int i = 0; i < SEND_TRIES; i++) {
        if (uart_send(uart, (uint8_t)byte))
            return true;
        port_delay();
    }
    return false;
}

/* The clock cannot be trusted any more: a count bounds the wait, and a port
   that took so long takes nothing more. */
static void send(enum uart uart, const char *text, size_t length)
{
    static bool stuck[UARTS];

    for (size_t i = 0; i < length && !stuck[uart]; i++)
        stuck[uart] = !send_byte(uart, text[i]);
}

static void send_row(enum uart uart, const uint16_t cells[CELLS_COLUMNS])
{
    char line[CELLS_COLUMNS + 2];
    size_t length = CELLS_COLUMNS;

    for (unsigned i = 0; i < CELLS_COLUMNS; i++)
        line[i] = (char)cells[i];
    while (length > 0 && line[length - 1] == ' ')
        length--;
    line[length++] = '\r';
    line[length++] = '\n';
    send(uart, line, length);
}

static void send_all(const struct fault *fault, enum uart uart)
{
    static const char mark[] = "\r\nbaby: fault\r\n";
    /* ECMA-48: plain colours, the screen cleared, and the cursor seen. */
    static const char plain[] = "\033[0m\033[2J\033[H\033[?25h";

    if (serial_io_have_terminal(fault->ui, uart))
        send(uart, plain, sizeof plain - 1);
    send(uart, mark, sizeof mark - 1);
    for (unsigned row = 0; row < ROW_STORE; row++)
        send_row(uart, fault->ui->view.cells.at[row]);
    send(uart, snp, strlen(snp));
}

void fault_page_send(const struct fault *fault)
{
    for (enum uart uart = UART_COM1; uart < UARTS; uart++)
        if (uart_is_present(uart))
            send_all(fault, uart);
}
