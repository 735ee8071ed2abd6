/* SPDX-License-Identifier: MIT */
#include "arch/cpu.h"
#include "arch/io.h"
#include "clock_source.h"
#include "pic.h"

#define INDEX 0x70 /* bit 7 off: NMI stays possible */
#define DATA  0x71

#define SECONDS  0x00
#define STATUS_A 0x0A
#define STATUS_B 0x0B
#define STATUS_C 0x0C

#define IRQ_RTC 8

#define DIVIDER  0x70 /* of A: whether it counts, */
#define COUNTING 0x20 /* .. which only this says for sure */
#define RATE     0x0F /* of A */
#define TWICE    0x0F /* a second */
#define PERIODIC 0x40 /* of B: an interrupt at that rate */

#define UPDATING  0x80 /* of A: the seconds may be between two values */
#define BINARY    0x04 /* of B: they are no BCD */
#define SECOND_US 1000000u
#define ATTR_US   7 /* seven accesses to ports, of about one each */

static struct {
    uint8_t second; /* as last seen; CLOCK_NO_SECOND: none yet */
    bool moves;     /* it was seen to change */
    uint64_t whole; /* seconds that went by, in microseconds */
    uint64_t now;   /* microseconds: those, and what was guessed since */
} clock;

static uint8_t read_register(uint8_t index)
{
    uint32_t flags = interrupts_save();

    port_write(INDEX, index);
    uint8_t value = port_read(DATA);

    interrupts_restore(flags);
    return value;
}

static void write_register(uint8_t index, uint8_t value)
{
    uint32_t flags = interrupts_save();

    port_write(INDEX, index);
    port_write(DATA, value);
    interrupts_restore(flags);
}

/* The next comes only when this one was looked at. */
static void beat(void)
{
    read_register(STATUS_C);
}

void clock_rtc_beat(void)
{
    uint8_t a = read_register(STATUS_A), b = read_register(STATUS_B);

    if ((a & DIVIDER) != COUNTING)
        return;
    write_register(STATUS_A, (uint8_t)((a & ~(RATE | UPDATING)) | TWICE));
    write_register(STATUS_B, b | PERIODIC);
    read_register(STATUS_C);
    pic_handle(IRQ_RTC, beat);
}

uint8_t clock_rtc_second(void)
{
    if (read_register(STATUS_A) & UPDATING)
        return CLOCK_NO_SECOND;
    uint8_t value = read_register(SECONDS);

    if (!(read_register(STATUS_B) & BINARY))
        value = (uint8_t)((value >> 4) * 10 + (value & 0x0F));
    return value < 60 ? value : CLOCK_NO_SECOND;
}

/* Guesses never run ahead of the next second, once one was seen to come. */
static uint32_t read(void)
{
    uint8_t second = clock_rtc_second();

    port_delay();
    if (!clock.moves || clock.now < clock.whole + SECOND_US - ATTR_US)
        clock.now += ATTR_US;
    if (second == CLOCK_NO_SECOND || second == clock.second)
        return (uint32_t)clock.now;
    if (clock.second != CLOCK_NO_SECOND) {
        clock.moves = true;
        clock.whole += (60u + second - clock.second) % 60ull * SECOND_US;
        if (clock.now < clock.whole)
            clock.now = clock.whole;
    }
    clock.second = second;
    return (uint32_t)clock.now;
}

void clock_rtc_start(struct clock_source *source)
{
    clock.second = CLOCK_NO_SECOND;
    clock.moves = false;
    clock.whole = clock.now = 0;
    *source = (struct clock_source){"RTC", SECOND_US, 0xFFFFFFFF, read};
}
