/* SPDX-License-Identifier: MIT */
/*
 * National Semiconductor PC16550D data sheet.  The address is not taken from
 * the BIOS's list, which is empty under UEFI though the port exists.
 *
 * Of the interrupts only that of received data is on, so the identity
 * register need not be asked.  Where the ring is full, bytes are left in the
 * UART: an emulated one then holds its sender back, and a real one soon says
 * overrun, as it does whenever it is read too late.
 */
#include "uart.h"
#include "arch/cpu.h"
#include "arch/port.h"
#include "pic.h"

#define PORT             0x3F8
#define DATA             (PORT + 0) /* divisor's low byte while DLAB is set */
#define INTERRUPT_ENABLE (PORT + 1) /* divisor's high byte */
#define IDENTITY         (PORT + 2) /* to read */
#define FIFO_CONTROL     (PORT + 2) /* to write */
#define LINE_CONTROL     (PORT + 3)
#define MODEM_CONTROL    (PORT + 4)
#define LINE_STATUS      (PORT + 5)

#define DLAB          0x80
#define EIGHT_N_ONE   0x03
#define ON_RECEIVED   0x01
#define FIFO_ON_CLEAR 0x87 /* interrupts at 8 bytes, or fewer and a pause */
#define FIFO_OFF      0x00
#define FIFO_WORKS    0xC0 /* in the identity; the first 16550 says 80 */
#define DTR_RTS_OUT2  0x0B /* OUT2 is the gate between UART and IRQ 4 */
#define DATA_READY    0x01
#define DAMAGED       0x1E /* overrun, parity, framing, break */
#define THR_EMPTY     0x20 /* the holding register or FIFO is empty */
#define ALL_EMPTY     0x40 /* and the shift register has sent its last */
#define NO_DEVICE     0xFF

#define IRQ_COM1       4
#define DIVISOR_115200 1
#define FIFO_SIZE      16
#define TAKE_LIMIT     256  /* bytes at one interrupt: more than a FIFO */
#define RING_SIZE      4096 /* a power of two; a third of a second */

static bool present;
static unsigned room_if_empty; /* bytes that an empty UART takes */
static unsigned room;          /* bytes that it takes for certain */
static volatile bool lost;
static volatile uint8_t ring[RING_SIZE];
static volatile unsigned ring_in, ring_out; /* counts that only grow */

/* To read the status clears what it says of damage, so that is kept. */
static uint8_t read_status(void)
{
    uint8_t status = port_read(LINE_STATUS);

    if (status & DAMAGED)
        lost = true;
    return status;
}

static void receive(void)
{
    for (unsigned i = 0; i < TAKE_LIMIT; i++) {
        if (ring_in - ring_out == RING_SIZE || !(read_status() & DATA_READY))
            return;
        ring[ring_in % RING_SIZE] = port_read(DATA);
        ring_in++;
    }
}

/* Leaves DLAB off: with it on the interrupt register is hidden. */
static bool probe(void)
{
    if (port_read(LINE_STATUS) == NO_DEVICE)
        return false;
    port_write(LINE_CONTROL, EIGHT_N_ONE);
    return port_read(LINE_CONTROL) == EIGHT_N_ONE;
}

static void set_rate(uint16_t divisor)
{
    port_write(LINE_CONTROL, DLAB);
    port_write(DATA, (uint8_t)divisor);
    port_write(INTERRUPT_ENABLE, (uint8_t)(divisor >> 8));
    port_write(LINE_CONTROL, EIGHT_N_ONE);
}

static void start_fifo(void)
{
    port_write(FIFO_CONTROL, FIFO_ON_CLEAR);
    bool works = (port_read(IDENTITY) & FIFO_WORKS) == FIFO_WORKS;

    if (!works)
        port_write(FIFO_CONTROL, FIFO_OFF);
    room_if_empty = works ? FIFO_SIZE : 1;
    room = 0;
}

/* What came before nobody asked for. */
static void drain(void)
{
    for (unsigned i = 0; i < TAKE_LIMIT && (read_status() & DATA_READY); i++)
        port_read(DATA);
    ring_out = ring_in;
    lost = false;
}

bool uart_start(void)
{
    present = probe();
    if (!present)
        return false;
    port_write(INTERRUPT_ENABLE, 0);
    set_rate(DIVISOR_115200);
    start_fifo();
    port_write(MODEM_CONTROL, DTR_RTS_OUT2);
    drain();
    pic_handle(IRQ_COM1, receive);
    port_write(INTERRUPT_ENABLE, ON_RECEIVED);
    return true;
}

bool uart_is_present(void)
{
    return present;
}

bool uart_send(uint8_t byte)
{
    if (!present)
        return false;
    if (room == 0 && (read_status() & THR_EMPTY))
        room = room_if_empty;
    if (room == 0)
        return false;
    room--;
    port_write(DATA, byte);
    return true;
}

bool uart_is_empty(void)
{
    return !present || (read_status() & ALL_EMPTY);
}

void uart_poll(void)
{
    if (!present)
        return;
    uint32_t flags = interrupts_save();

    receive();
    interrupts_restore(flags);
}

bool uart_is_waiting(void)
{
    return ring_in != ring_out;
}

bool uart_take(uint8_t *byte)
{
    if (!uart_is_waiting())
        return false;
    *byte = ring[ring_out % RING_SIZE];
    ring_out++;
    return true;
}

/* Cleared only if seen: what an interrupt notes between is not missed. */
bool uart_lost(void)
{
    if (!lost)
        return false;
    lost = false;
    return true;
}
