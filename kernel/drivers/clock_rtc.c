/* SPDX-License-Identifier: MIT */
#include "arch/cpu.h"
#include "arch/io.h"
#include "clock_source.h"
#include "pic.h"

#define INDEX 0x70 /* bit 7 masks NMI */
#define DATA  0x71

#define SECONDS  0x00
#define STATUS_A 0x0A
#define STATUS_B 0x0B
#define STATUS_C 0x0C

#define IRQ_RTC 8

/* Bits of status register A */
#define DIVIDER  0x70
#define COUNTING 0x20 /* value of DIVIDER while the clock runs */
#define RATE     0x0F
#define TWO_HZ   0x0F /* value of RATE for 2 Hz */
#define UPDATING 0x80 /* update in progress (UIP) */

/* Bits of status register B */
#define PERIODIC 0x40 /* enable the periodic interrupt */
#define BINARY   0x04 /* time is in binary rather than BCD */

#define SECOND_US 1000000u
#define READ_US   7 /* estimated time of seven port accesses, 1 us each */

static struct {
    uint8_t second; /* last value read, or CLOCK_NO_SECOND initially */
    bool moves;     /* true once the second has changed */
    uint64_t whole; /* elapsed time in us, rounded down to seconds */
    uint64_t now;   /* elapsed time in us, estimated between seconds */
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

/* Reading status register C acknowledges the interrupt. */
static void acknowledge(void)
{
    read_register(STATUS_C);
}

void clock_rtc_start_wakeup(void)
{
    uint8_t a = read_register(STATUS_A), b = read_register(STATUS_B);

    if ((a & DIVIDER) != COUNTING)
        return;
    write_register(STATUS_A, (uint8_t)((a & ~(RATE | UPDATING)) | TWO_HZ));
    write_register(STATUS_B, b | PERIODIC);
    read_register(STATUS_C);
    pic_handle(IRQ_RTC, acknowledge);
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

/* If the RTC is ticking, the estimate never passes the next second. */
static uint32_t read(void)
{
    uint8_t second = clock_rtc_second();

    port_delay();
    if (!clock.moves || clock.now < clock.whole + SECOND_US - READ_US)
        clock.now += READ_US;
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
