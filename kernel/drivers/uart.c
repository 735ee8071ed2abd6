/* SPDX-License-Identifier: MIT */
/*
 * National Semiconductor PC16550D data sheet.  The address is not taken from
 * the BIOS's list, which is empty under UEFI though the port exists.
 */
#include "uart.h"
#include "arch/port.h"

#define PORT             0x3F8
#define DATA             (PORT + 0) /* divisor's low byte while DLAB is set */
#define INTERRUPT_ENABLE (PORT + 1) /* divisor's high byte */
#define FIFO_CONTROL     (PORT + 2)
#define LINE_CONTROL     (PORT + 3)
#define MODEM_CONTROL    (PORT + 4)
#define LINE_STATUS      (PORT + 5)

#define DLAB          0x80
#define EIGHT_N_ONE   0x03
#define FIFO_ON_CLEAR 0x07
#define DTR_RTS       0x03
#define THR_EMPTY     0x20 /* the holding register takes a byte */
#define ALL_EMPTY     0x40 /* and the shift register has sent its last */
#define NO_DEVICE     0xFF

#define DIVISOR_115200 1

static bool present;

bool uart_start(void)
{
    present = port_read(LINE_STATUS) != NO_DEVICE;
    if (!present)
        return false;
    /* DLAB off first: with it on the interrupt register is hidden. */
    port_write(LINE_CONTROL, EIGHT_N_ONE);
    port_write(INTERRUPT_ENABLE, 0);
    port_write(LINE_CONTROL, DLAB);
    port_write(DATA, DIVISOR_115200);
    port_write(INTERRUPT_ENABLE, 0);
    port_write(LINE_CONTROL, EIGHT_N_ONE);
    port_write(FIFO_CONTROL, FIFO_ON_CLEAR);
    port_write(MODEM_CONTROL, DTR_RTS);
    return true;
}

bool uart_is_present(void)
{
    return present;
}

bool uart_send(uint8_t byte)
{
    if (!present || !(port_read(LINE_STATUS) & THR_EMPTY))
        return false;
    port_write(DATA, byte);
    return true;
}

bool uart_is_empty(void)
{
    return !present || (port_read(LINE_STATUS) & ALL_EMPTY);
}
