/* SPDX-License-Identifier: MIT */
/*
 * UART driver (National Semiconductor PC16550D data sheet).  Port addresses are
 * fixed, because the BIOS's list of ports is empty under UEFI.  The receive
 * interrupt is always enabled.  uart_send() enables the transmit interrupt when
 * it fails, and the handler disables it, so the handler need not read the
 * interrupt identification register.  When the ring is full, bytes are left in
 * the UART: an emulator then stops the sender, and a real UART reports an
 * overrun.
 */
#include "uart.h"
#include "arch/cpu.h"
#include "arch/io.h"
#include "pic.h"

/* Register offsets.  While DLAB is set, 0 and 1 access the divisor latch. */
#define DATA             0
#define INTERRUPT_ENABLE 1
#define IDENTITY         2 /* on read */
#define FIFO_CONTROL     2 /* on write */
#define LINE_CONTROL     3
#define MODEM_CONTROL    4
#define LINE_STATUS      5

#define DLAB          0x80
#define EIGHT_N_ONE   0x03
#define ON_RECEIVED   0x01
#define ON_EMPTY      0x02
#define FIFO_ON_CLEAR 0x87 /* interrupt after 8 bytes or a timeout */
#define FIFO_OFF      0x00
#define FIFO_WORKS    0xC0 /* 0x80 on the first 16550, with a broken FIFO */
#define DTR_RTS_OUT2  0x0B /* OUT2 enables the interrupt line */
#define DATA_READY    0x01
#define DAMAGED       0x1E /* overrun, parity or framing error, or break */
#define THR_EMPTY     0x20 /* transmit holding register or FIFO is empty */
#define ALL_EMPTY     0x40 /* transmit shift register is also empty */
#define NO_DEVICE     0xFF

#define CLOCK         115200 /* baud rate for a divisor of 1 */
#define FIFO_SIZE     16
#define RECEIVE_LIMIT 256  /* maximum bytes per call, more than a FIFO holds */
#define RING_SIZE     4096 /* a power of two, 0.36 s of input at 115200 baud */

static struct port {
    bool present;
    unsigned capacity;     /* transmit FIFO size, or 1 without a FIFO */
    unsigned room;         /* bytes known to fit into the transmitter */
    volatile bool blocked; /* waiting for the transmitter to become empty */
    volatile bool ready;   /* set when a blocked transmitter becomes empty */
    volatile bool lost;
    volatile uint8_t ring[RING_SIZE];
    volatile unsigned ring_in, ring_out; /* total bytes added and removed */
} ports[UARTS];

static const uint16_t bases[UARTS] = {[UART_COM1] = 0x3F8, [UART_COM2] = 0x2F8};
static const uint8_t irqs[UARTS] = {[UART_COM1] = 4, [UART_COM2] = 3};

static uint8_t read(enum uart uart, unsigned offset)
{
    return port_read((uint16_t)(bases[uart] + offset));
}

static void write(enum uart uart, unsigned offset, uint8_t value)
{
    port_write((uint16_t)(bases[uart] + offset), value);
}

static bool is_waiting(enum uart uart)
{
    return ports[uart].ring_in != ports[uart].ring_out;
}

/* Reading the line status clears the error bits, so remember them. */
static uint8_t read_status(enum uart uart)
{
    uint8_t status = read(uart, LINE_STATUS);

    if (status & DAMAGED)
        ports[uart].lost = true;
    return status;
}

static void receive(enum uart uart)
{
    struct port *port = &ports[uart];

    for (unsigned i = 0; i < RECEIVE_LIMIT; i++) {
        if (port->ring_in - port->ring_out == RING_SIZE ||
            !(read_status(uart) & DATA_READY))
            return;
        port->ring[port->ring_in % RING_SIZE] = read(uart, DATA);
        port->ring_in++;
    }
}

static void serve(enum uart uart)
{
    struct port *port = &ports[uart];

    write(uart, INTERRUPT_ENABLE, ON_RECEIVED);
    port->ready |= port->blocked;
    port->blocked = false;
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

/* Detects the UART and clears DLAB, which hides the interrupt register. */
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
    ports[uart].capacity = works ? FIFO_SIZE : 1;
    ports[uart].room = 0;
}

static void drain(enum uart uart)
{
    struct port *port = &ports[uart];

    for (unsigned i = 0; i < RECEIVE_LIMIT && (read_status(uart) & DATA_READY);
         i++)
        read(uart, DATA);
    port->ring_out = port->ring_in;
    port->blocked = port->ready = false;
    port->lost = false;
}

bool uart_start(enum uart uart, uint32_t baud)
{
    static irq_handler *const handlers[UARTS] = {
        [UART_COM1] = serve_com1, [UART_COM2] = serve_com2};

    ports[uart].present = probe(uart);
    if (!ports[uart].present)
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
    return ports[uart].present;
}

/* Enables the interrupt for an empty transmitter. */
static void block(enum uart uart)
{
    uint32_t flags = interrupts_save();

    if (!ports[uart].blocked)
        write(uart, INTERRUPT_ENABLE, ON_RECEIVED | ON_EMPTY);
    ports[uart].blocked = true;
    interrupts_restore(flags);
}

bool uart_send(enum uart uart, uint8_t byte)
{
    struct port *port = &ports[uart];

    if (!port->present)
        return false;
    if (port->room == 0 && (read_status(uart) & THR_EMPTY))
        port->room = port->capacity;
    if (port->room == 0) {
        block(uart);
        return false;
    }
    port->room--;
    write(uart, DATA, byte);
    return true;
}

bool uart_is_idle(enum uart uart)
{
    return !ports[uart].present || (read_status(uart) & ALL_EMPTY);
}

void uart_poll(enum uart uart)
{
    if (!ports[uart].present)
        return;
    uint32_t flags = interrupts_save();

    receive(uart);
    interrupts_restore(flags);
}

bool uart_needs_service(enum uart uart)
{
    struct port *port = &ports[uart];
    bool ready = port->ready;

    port->ready = false;
    return ready || is_waiting(uart);
}

bool uart_read(enum uart uart, uint8_t *byte)
{
    struct port *port = &ports[uart];

    if (!is_waiting(uart))
        return false;
    *byte = port->ring[port->ring_out % RING_SIZE];
    port->ring_out++;
    return true;
}

/* Clears the flag only if set: an interrupt may set it at any time. */
bool uart_data_lost(enum uart uart)
{
    if (!ports[uart].lost)
        return false;
    ports[uart].lost = false;
    return true;
}
