/* SPDX-License-Identifier: MIT */
/*
 * National Semiconductor PC16550D data sheet.  Port addresses are fixed,
 * because the BIOS's list of ports is empty under UEFI.
 *
 * The interrupt for received data is always on, that for an empty transmitter
 * after uart_send() has failed.  Reading the data clears the first, disabling
 * it the second, so the handler need not read the identity register.  When the
 * ring is full, bytes stay in the UART: an emulated one then stops its sender,
 * a real one reports an overrun.
 */
#include "uart.h"
#include "arch/cpu.h"
#include "arch/io.h"
#include "pic.h"

/* Register offsets; with DLAB set, 0 and 1 are the divisor. */
#define DATA             0
#define INTERRUPT_ENABLE 1
#define IDENTITY         2 /* read */
#define FIFO_CONTROL     2 /* write */
#define LINE_CONTROL     3
#define MODEM_CONTROL    4
#define LINE_STATUS      5

#define DLAB          0x80
#define EIGHT_N_ONE   0x03
#define ON_RECEIVED   0x01
#define ON_EMPTY      0x02
#define FIFO_ON_CLEAR 0x87 /* interrupt at 8 bytes, or fewer and a pause */
#define FIFO_OFF      0x00
#define FIFO_WORKS    0xC0 /* identity; that of the first 16550 is 0x80 */
#define DTR_RTS_OUT2  0x0B /* OUT2 connects the UART to its IRQ */
#define DATA_READY    0x01
#define DAMAGED       0x1E /* overrun, parity, framing, break */
#define THR_EMPTY     0x20 /* the holding register or FIFO is empty */
#define ALL_EMPTY     0x40 /* the shift register is empty as well */
#define NO_DEVICE     0xFF

#define CLOCK         115200 /* baud rate of divisor 1 */
#define FIFO_SIZE     16
#define RECEIVE_LIMIT 256  /* bytes per call: more than a FIFO */
#define RING_SIZE     4096 /* a power of two; 0.36 s at 115200 baud */

static struct port {
    bool present;
    unsigned capacity;     /* bytes that an empty UART accepts */
    unsigned room;         /* bytes that it accepts now, at least */
    volatile bool blocked; /* uart_send() failed; waiting for an interrupt */
    volatile bool ready;   /* interrupt came: the transmitter is empty */
    volatile bool lost;
    volatile uint8_t ring[RING_SIZE];
    volatile unsigned ring_in, ring_out; /* bytes put in, taken out */
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

/* Reading the status clears its error bits, so they are saved. */
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

/* Clears DLAB, which hides the interrupt register. */
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

/* Discards bytes received before the start. */
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

/* Requests an interrupt when the transmitter is empty. */
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

/* Clears only a flag that it has seen, as an interrupt may set it meanwhile. */
bool uart_data_lost(enum uart uart)
{
    if (!ports[uart].lost)
        return false;
    ports[uart].lost = false;
    return true;
}
