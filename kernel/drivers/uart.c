/* SPDX-License-Identifier: MIT */
/*
 * National Semiconductor PC16550D data sheet.  The address is not taken from
 * the BIOS's list, which is empty under UEFI though the port exists.
 *
 * Of the interrupts that of received data is on, and that of an empty
 * transmitter while a byte was refused.  The one is answered by reading, the
 * other by switching it off, so the identity register need not be asked.
 * Where the ring is full, bytes are left in the UART: an emulated one then
 * holds its sender back, and a real one soon says overrun, as it does whenever
 * it is read too late.
 */
#include "uart.h"
#include "arch/cpu.h"
#include "arch/io.h"
#include "pic.h"

/* Registers, from the port on. */
#define DATA             0 /* divisor's low byte while DLAB is set */
#define INTERRUPT_ENABLE 1 /* divisor's high byte */
#define IDENTITY         2 /* to read */
#define FIFO_CONTROL     2 /* to write */
#define LINE_CONTROL     3
#define MODEM_CONTROL    4
#define LINE_STATUS      5

#define DLAB          0x80
#define EIGHT_N_ONE   0x03
#define ON_RECEIVED   0x01
#define ON_EMPTY      0x02
#define FIFO_ON_CLEAR 0x87 /* interrupts at 8 bytes, or fewer and a pause */
#define FIFO_OFF      0x00
#define FIFO_WORKS    0xC0 /* in the identity; the first 16550 says 80 */
#define DTR_RTS_OUT2  0x0B /* OUT2 is the gate between UART and IRQ 4 */
#define DATA_READY    0x01
#define DAMAGED       0x1E /* overrun, parity, framing, break */
#define THR_EMPTY     0x20 /* the holding register or FIFO is empty */
#define ALL_EMPTY     0x40 /* and the shift register has sent its last */
#define NO_DEVICE     0xFF

#define CLOCK      115200 /* hertz, what a divisor of 1 gives */
#define FIFO_SIZE  16
#define TAKE_LIMIT 256  /* bytes at one interrupt: more than a FIFO */
#define RING_SIZE  4096 /* a power of two; a third of a second at most */

/* What belongs to a port. */
static struct line {
    bool present;
    unsigned room_if_empty; /* bytes that an empty UART takes */
    unsigned room;          /* bytes that it takes for certain */
    volatile bool refused;  /* a byte, and an interrupt is to come .. */
    volatile bool calls;    /* .. and has come */
    volatile bool lost;
    volatile uint8_t ring[RING_SIZE];
    volatile unsigned ring_in, ring_out; /* counts that only grow */
} lines[UARTS];

/* Where IBM put them. */
static const uint16_t ports[UARTS] = {[UART_COM1] = 0x3F8, [UART_COM2] = 0x2F8};
static const uint8_t irqs[UARTS] = {[UART_COM1] = 4, [UART_COM2] = 3};

static uint8_t read(enum uart uart, unsigned offset)
{
    return port_read((uint16_t)(ports[uart] + offset));
}

static void write(enum uart uart, unsigned offset, uint8_t value)
{
    port_write((uint16_t)(ports[uart] + offset), value);
}

static bool is_waiting(enum uart uart)
{
    return lines[uart].ring_in != lines[uart].ring_out;
}

/* To read the status clears what it says of damage, so that is kept. */
static uint8_t read_status(enum uart uart)
{
    uint8_t status = read(uart, LINE_STATUS);

    if (status & DAMAGED)
        lines[uart].lost = true;
    return status;
}

static void receive(enum uart uart)
{
    struct line *line = &lines[uart];

    for (unsigned i = 0; i < TAKE_LIMIT; i++) {
        if (line->ring_in - line->ring_out == RING_SIZE ||
            !(read_status(uart) & DATA_READY))
            return;
        line->ring[line->ring_in % RING_SIZE] = read(uart, DATA);
        line->ring_in++;
    }
}

static void serve(enum uart uart)
{
    struct line *line = &lines[uart];

    write(uart, INTERRUPT_ENABLE, ON_RECEIVED);
    line->calls |= line->refused;
    line->refused = false;
    receive(uart);
}

static void serve_com1(void)
{
    serve(UART_COM1);
}

static void serve_com2(void)
{
    serve(UART_COM2);
}

/* Leaves DLAB off: with it on the interrupt register is hidden. */
static bool probe(enum uart uart)
{
    if (read(uart, LINE_STATUS) == NO_DEVICE)
        return false;
    write(uart, LINE_CONTROL, EIGHT_N_ONE);
    return read(uart, LINE_CONTROL) == EIGHT_N_ONE;
}

static void set_rate(enum uart uart, uint32_t baud)
{
    uint32_t divisor = CLOCK / baud;

    write(uart, LINE_CONTROL, DLAB);
    write(uart, DATA, (uint8_t)divisor);
    write(uart, INTERRUPT_ENABLE, (uint8_t)(divisor >> 8));
    write(uart, LINE_CONTROL, EIGHT_N_ONE);
}

static void start_fifo(enum uart uart)
{
    write(uart, FIFO_CONTROL, FIFO_ON_CLEAR);
    bool works = (read(uart, IDENTITY) & FIFO_WORKS) == FIFO_WORKS;

    if (!works)
        write(uart, FIFO_CONTROL, FIFO_OFF);
    lines[uart].room_if_empty = works ? FIFO_SIZE : 1;
    lines[uart].room = 0;
}

/* What came before nobody asked for. */
static void drain(enum uart uart)
{
    struct line *line = &lines[uart];

    for (unsigned i = 0; i < TAKE_LIMIT && (read_status(uart) & DATA_READY);
         i++)
        read(uart, DATA);
    line->ring_out = line->ring_in;
    line->refused = line->calls = false;
    line->lost = false;
}

bool uart_start(enum uart uart, uint32_t baud)
{
    static irq_handler *const handlers[UARTS] = {
        [UART_COM1] = serve_com1, [UART_COM2] = serve_com2};

    lines[uart].present = probe(uart);
    if (!lines[uart].present)
        return false;
    write(uart, INTERRUPT_ENABLE, 0);
    set_rate(uart, baud);
    start_fifo(uart);
    write(uart, MODEM_CONTROL, DTR_RTS_OUT2);
    drain(uart);
    pic_handle(irqs[uart], handlers[uart]);
    write(uart, INTERRUPT_ENABLE, ON_RECEIVED);
    return true;
}

bool uart_is_present(enum uart uart)
{
    return lines[uart].present;
}

/* It will tell when there is room. */
static void refuse(enum uart uart)
{
    uint32_t flags = interrupts_save();

    if (!lines[uart].refused)
        write(uart, INTERRUPT_ENABLE, ON_RECEIVED | ON_EMPTY);
    lines[uart].refused = true;
    interrupts_restore(flags);
}

bool uart_send(enum uart uart, uint8_t byte)
{
    struct line *line = &lines[uart];

    if (!line->present)
        return false;
    if (line->room == 0 && (read_status(uart) & THR_EMPTY))
        line->room = line->room_if_empty;
    if (line->room == 0) {
        refuse(uart);
        return false;
    }
    line->room--;
    write(uart, DATA, byte);
    return true;
}

bool uart_is_empty(enum uart uart)
{
    return !lines[uart].present || (read_status(uart) & ALL_EMPTY);
}

void uart_poll(enum uart uart)
{
    if (!lines[uart].present)
        return;
    uint32_t flags = interrupts_save();

    receive(uart);
    interrupts_restore(flags);
}

bool uart_calls(enum uart uart)
{
    struct line *line = &lines[uart];
    bool calls = line->calls;

    line->calls = false;
    return calls || is_waiting(uart);
}

bool uart_take(enum uart uart, uint8_t *byte)
{
    struct line *line = &lines[uart];

    if (!is_waiting(uart))
        return false;
    *byte = line->ring[line->ring_out % RING_SIZE];
    line->ring_out++;
    return true;
}

/* Cleared only if seen: what an interrupt notes between is not missed. */
bool uart_lost(enum uart uart)
{
    if (!lines[uart].lost)
        return false;
    lines[uart].lost = false;
    return true;
}
