/* SPDX-License-Identifier: MIT */
#include "dma.h"
#include "arch/io.h"

#define ADDRESS   0x04 /* of channel 2: low byte, then high byte */
#define COUNT     0x05 /* bytes left, less one */
#define MASK      0x0A
#define MODE      0x0B
#define FLIP_FLOP 0x0C /* a write selects the low byte */
#define PAGE      0x81 /* bits 16 to 23 of the address, in a latch */

#define CHANNEL        2
#define MASKED         0x04
#define SINGLE         0x40 /* one byte per request of the device */
#define WRITE_TRANSFER 0x04 /* "write": the device's data go to memory */
#define READ_TRANSFER  0x08

#define COUNT_ENDED 0xFFFFu /* the count goes below zero at the last byte */
#define REACH       0x1000000u
#define BOUNDARY    0x10000u

bool dma_reaches(uint32_t address, uint32_t size)
{
    return size > 0 && size <= BOUNDARY && address < REACH &&
           address % BOUNDARY <= BOUNDARY - size;
}

/* Writes 16 bits to a register of 8. */
static void write_pair(uint16_t port, uint32_t value)
{
    port_write(FLIP_FLOP, 0);
    port_write(port, (uint8_t)value);
    port_delay();
    port_write(port, (uint8_t)(value >> 8));
}

void dma_start(uint32_t address, uint32_t size, bool to_memory)
{
    port_write(MASK, MASKED | CHANNEL);
    port_write(MODE,
               SINGLE | (to_memory ? WRITE_TRANSFER : READ_TRANSFER) | CHANNEL);
    write_pair(ADDRESS, address);
    port_write(PAGE, (uint8_t)(address >> 16));
    write_pair(COUNT, size - 1);
    port_write(MASK, CHANNEL);
}

bool dma_stop(void)
{
    port_write(MASK, MASKED | CHANNEL);
    port_write(FLIP_FLOP, 0);
    uint32_t count = port_read(COUNT);

    port_delay();
    count |= (uint32_t)port_read(COUNT) << 8;
    return count == COUNT_ENDED;
}
