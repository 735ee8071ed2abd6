/* SPDX-License-Identifier: MIT */
#include "arch/port.h"
#include "clock_source.h"

#define INDEX 0x70 /* bit 7 off: NMI stays possible */
#define DATA  0x71

#define SECONDS  0x00
#define STATUS_A 0x0A
#define STATUS_B 0x0B

#define UPDATING   0x80 /* of A: the seconds may be between two values */
#define BINARY     0x04 /* of B: they are no BCD */
#define NO_SECOND  0xFF
#define WAIT_LOOKS 3000000
#define SECOND_US  1000000u
#define LOOK_US    5 /* five accesses to ports, of about one each */

static struct {
    uint8_t second; /* as last seen; NO_SECOND: none yet */
    bool moves;     /* it was seen to change */
    uint64_t whole; /* seconds that went by, in microseconds */
    uint64_t now;   /* microseconds: those, and what was guessed since */
} clock;

static uint8_t read_register(uint8_t index)
{
    port_write(INDEX, index);
    return port_read(DATA);
}

/* 0 to 59; NO_SECOND while it is being changed, or where there is no clock. */
static uint8_t read_second(void)
{
    if (read_register(STATUS_A) & UPDATING)
        return NO_SECOND;
    uint8_t value = read_register(SECONDS);

    if (!(read_register(STATUS_B) & BINARY))
        value = (uint8_t)((value >> 4) * 10 + (value & 0x0F));
    return value < 60 ? value : NO_SECOND;
}

/* Guesses never run ahead of the next second, once one was seen to come. */
static uint32_t read(void)
{
    uint8_t second = read_second();

    port_delay();
    if (!clock.moves || clock.now < clock.whole + SECOND_US - LOOK_US)
        clock.now += LOOK_US;
    if (second == NO_SECOND || second == clock.second)
        return (uint32_t)clock.now;
    if (clock.second != NO_SECOND) {
        clock.moves = true;
        clock.whole += (60u + second - clock.second) % 60 * SECOND_US;
        if (clock.now < clock.whole)
            clock.now = clock.whole;
    }
    clock.second = second;
    return (uint32_t)clock.now;
}

void clock_rtc_start(struct clock_source *source)
{
    clock.second = NO_SECOND;
    clock.moves = false;
    clock.whole = clock.now = 0;
    *source = (struct clock_source){"RTC", SECOND_US, 0xFFFFFFFF, read};
}

bool clock_rtc_wait(void)
{
    uint8_t first = NO_SECOND;

    for (unsigned i = 0; i < WAIT_LOOKS; i++) {
        uint8_t second = read_second();

        port_delay();
        if (second == NO_SECOND)
            continue;
        if (first != NO_SECOND && second != first)
            return true;
        first = second;
    }
    return false;
}
