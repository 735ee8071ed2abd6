/* SPDX-License-Identifier: MIT */
/*
 * Intel 8254 data sheet.  Channel 0 is wired to IRQ 0; channel 2 to the
 * loudspeaker, and its gate is bit 0 of port 0x61.  Ticks are not counted as
 * time, because a PC under load, emulated or not, loses some; channel 2 runs
 * through its 65,536 counts all the while and is read instead.
 */
#include "clock.h"
#include "arch/cpu.h"
#include "arch/port.h"
#include "pic.h"

#define CHANNEL_0 0x40
#define CHANNEL_2 0x42
#define CONTROL   0x43
#define SPEAKER   0x61

#define CHANNEL_0_RATE  0x34 /* low then high byte, mode 2, binary */
#define CHANNEL_2_RATE  0xB4
#define CHANNEL_2_LATCH 0x80
#define SPEAKER_GATE    0x01
#define SPEAKER_ON      0x02

#define IRQ_TIMER   0
#define TICK_RATE   100
#define GLITCH      0xFFC0
#define INPUT_CLOCK 1193182u /* hertz: a third of 3.579545 MHz */

static volatile uint32_t ticks;
static uint16_t last_count;
static uint64_t counted; /* input clocks since clock_start() */

static uint16_t read_counter(void)
{
    port_write(CONTROL, CHANNEL_2_LATCH);
    uint8_t low = port_read(CHANNEL_2);
    uint8_t high = port_read(CHANNEL_2);

    return (uint16_t)(high << 8 | low);
}

/* The counter counts down.  Some latch a little more than the time before:
   that is no turn of the counter less a little. */
static void advance(void)
{
    uint16_t count = read_counter();
    uint16_t passed = (uint16_t)(last_count - count);

    if (passed > GLITCH)
        return;
    counted += passed;
    last_count = count;
}

static void tick(void)
{
    ticks++;
    advance();
}

static void set_rate(uint16_t channel, uint8_t mode, uint16_t divisor)
{
    port_write(CONTROL, mode);
    port_write(channel, (uint8_t)divisor);
    port_write(channel, (uint8_t)(divisor >> 8));
}

void clock_start(void)
{
    uint8_t speaker = port_read(SPEAKER);

    port_write(SPEAKER, (uint8_t)((speaker | SPEAKER_GATE) & ~SPEAKER_ON));
    set_rate(CHANNEL_2, CHANNEL_2_RATE, 0);
    set_rate(CHANNEL_0, CHANNEL_0_RATE, INPUT_CLOCK / TICK_RATE);
    last_count = read_counter();
    pic_handle(IRQ_TIMER, tick);
}

uint64_t clock_now(void)
{
    uint32_t flags = interrupts_save();

    advance();
    uint64_t clocks = counted;
    interrupts_restore(flags);

    /* In two parts, so that nothing overflows for 10,000 years. */
    return clocks / INPUT_CLOCK * 1000000u +
           clocks % INPUT_CLOCK * 1000000u / INPUT_CLOCK;
}

uint32_t clock_ticks(void)
{
    return ticks;
}
