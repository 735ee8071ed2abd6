/* SPDX-License-Identifier: MIT */
#include "fault.h"
#include "arch/cpu.h"
#include "arch/port.h"
#include "drivers/uart.h"
#include "emu/text.h"
#include "screen.h"

#define ATTRIBUTE  0x0F
#define ROWS       24    /* every screen has them */
#define SEND_TRIES 20000 /* about as many microseconds a byte */

/* The clock cannot be trusted any more: a count bounds the wait. */
static void send_to(enum uart uart, const char *text)
{
    for (; uart_is_present(uart) && *text != '\0'; text++)
        for (int i = 0; i < SEND_TRIES && !uart_send(uart, (uint8_t)*text); i++)
            port_delay();
}

/* Wherever somebody may be listening. */
static void send(const char *text)
{
    for (enum uart uart = UART_COM1; uart < UARTS; uart++)
        send_to(uart, text);
}

static struct cells *cells; /* NULL: none yet */

static void put_line(unsigned row, const char *line)
{
    if (cells != NULL)
        cells_text(cells, row, 1, ATTRIBUTE, line);
    send(line);
    send("\r\n");
}

/* PUSHA saved the stack pointer with what the processor and the stub had
   pushed already; before the fault it was at the frame's end. */
static void put_registers(const struct trap_frame *frame)
{
    char line[CELLS_COLUMNS + 1];
    struct text text = text_begin(line, sizeof line);

    text_add(&text, "eax %08x  ebx %08x  ecx %08x  edx %08x",
             (unsigned)frame->eax, (unsigned)frame->ebx, (unsigned)frame->ecx,
             (unsigned)frame->edx);
    put_line(5, line);
    text = text_begin(line, sizeof line);
    text_add(&text, "esi %08x  edi %08x  ebp %08x  esp %08x",
             (unsigned)frame->esi, (unsigned)frame->edi, (unsigned)frame->ebp,
             (unsigned)(uintptr_t)(frame + 1));
    put_line(6, line);
}

void fault_use(struct cells *drawn)
{
    cells = drawn;
}

static void begin_page(const char *title)
{
    if (cells == NULL)
        return;
    screen_set_rows(ROWS);
    screen_forget();
    cells->rows = ROWS;
    cells_clear(cells, ATTRIBUTE);
    cells_text(cells, 1, 1, ATTRIBUTE, title);
}

void fault_report(struct trap_frame *frame)
{
    static const char title[] = "Baby has failed: an exception it knows no "
                                "answer to.  Please photograph this.";
    char line[CELLS_COLUMNS + 1];
    struct text text = text_begin(line, sizeof line);

    interrupts_off();
    begin_page(title);
    text_add(&text, "vector %u  error %08x  eip %08x  eflags %08x",
             (unsigned)frame->vector, (unsigned)frame->error,
             (unsigned)frame->eip, (unsigned)frame->eflags);
    send("\r\nbaby: fault ");
    put_line(3, line);
    put_registers(frame);
    while (cells != NULL && !screen_show(cells))
        continue;
    halt_for_good();
}
