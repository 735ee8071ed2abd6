/* SPDX-License-Identifier: MIT */
/* Channel 0 raises IRQ 0.  Channel 2, the speaker, is gated by port 0x61. */
#include "arch/io.h"
#include "clock_source.h"

#define CHANNEL_0 0x40
#define CHANNEL_2 0x42
#define CONTROL   0x43
#define SPEAKER   0x61

#define CHANNEL_0_RATE  0x34 /* low byte then high byte, mode 2, binary */
#define CHANNEL_2_RATE  0xB4
#define CHANNEL_2_LATCH 0x80
#define SPEAKER_GATE    0x01
#define SPEAKER_ON      0x02

#define INPUT_CLOCK 1193182u /* a third of 3.579545 MHz */

/* The timer counts down, so the value is negated. */
static uint32_t read(void)
{
    port_write(CONTROL, CHANNEL_2_LATCH);
    uint8_t low = port_read(CHANNEL_2);
    uint8_t high = port_read(CHANNEL_2);

    return 0u - (uint32_t)(high << 8 | low);
}

static void set_rate(uint16_t channel, uint8_t mode, uint16_t divisor)
{
    port_write(CONTROL, mode);
    port_write(channel, (uint8_t)divisor);
    port_write(channel, (uint8_t)(divisor >> 8));
}

bool clock_pit_start(struct clock_source *source)
{
    uint8_t speaker = port_read(SPEAKER);

    *source = (struct clock_source){"PIT", INPUT_CLOCK, 0xFFFF, read};
    port_write(SPEAKER, (uint8_t)((speaker | SPEAKER_GATE) & ~SPEAKER_ON));
    set_rate(CHANNEL_2, CHANNEL_2_RATE, 0);
    return clock_source_counts(source);
}

void clock_pit_tick(unsigned rate)
{
    set_rate(CHANNEL_0, CHANNEL_0_RATE, (uint16_t)(INPUT_CLOCK / rate));
}
