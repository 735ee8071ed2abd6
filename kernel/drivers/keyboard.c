/* SPDX-License-Identifier: MIT */
/*
 * 8042 keyboard controller (IBM PS/2 Hardware Interface Technical Reference,
 * "Keyboard and Auxiliary Device Controller").  All loops are bounded, because
 * without a controller the status port reads FF and both buffers look full
 * forever.  The self test (AA) is omitted: it undoes the firmware's settings on
 * some machines.  Translation to scancode set 1 is enabled, as firmware does,
 * but some controllers cannot translate.
 */
#include "keyboard.h"
#include "arch/cpu.h"
#include "arch/io.h"
#include "pic.h"

#define DATA    0x60
#define STATUS  0x64
#define COMMAND 0x64

#define OUTPUT_FULL 0x01
#define INPUT_FULL  0x02
#define FROM_MOUSE  0x20 /* byte is from the mouse or a touchpad */
#define NO_DEVICE   0xFF
#define NO_BITS     0x00 /* unlikely status of a real controller */
#define OVERRUN     0x00 /* scancode for a keyboard buffer overrun */

#define READ_CONFIG      0x20
#define WRITE_CONFIG     0x60
#define DISABLE_MOUSE    0xA7
#define DISABLE_KEYBOARD 0xAD
#define ENABLE_KEYBOARD  0xAE
#define PULSE_RESET      0xFE

#define CONFIG_IRQ_1     0x01
#define CONFIG_IRQ_12    0x02
#define CONFIG_NO_CLOCK  0x10
#define CONFIG_TRANSLATE 0x40

#define IRQ_KEYBOARD 1
#define WAIT_LIMIT   20000 /* polls of at least 1 us, as the 8042 is slow */
#define DRAIN_LIMIT  32
#define CONFIG_TRIES 10
#define RING_SIZE    64 /* must be a power of two */

static bool present, translates;
static volatile uint8_t ring[RING_SIZE];
static volatile unsigned ring_in, ring_out; /* total bytes added and removed */

static bool wait_status(uint8_t mask, uint8_t value)
{
    for (int i = 0; i < WAIT_LIMIT; i++) {
        if ((port_read(STATUS) & mask) == value)
            return true;
        port_delay();
    }
    return false;
}

static bool command(uint8_t value)
{
    if (!wait_status(INPUT_FULL, 0))
        return false;
    port_write(COMMAND, value);
    return true;
}

static void drain(void)
{
    for (int i = 0; i < DRAIN_LIMIT; i++) {
        if (!(port_read(STATUS) & OUTPUT_FULL))
            return;
        port_read(DATA);
        port_delay();
    }
}

static bool read_config(uint8_t *config)
{
    if (!command(READ_CONFIG) || !wait_status(OUTPUT_FULL, OUTPUT_FULL))
        return false;
    *config = port_read(DATA);
    return true;
}

static bool write_config(uint8_t config)
{
    if (!command(WRITE_CONFIG) || !wait_status(INPUT_FULL, 0))
        return false;
    port_write(DATA, config);
    return true;
}

/* Reads the configuration until two values agree, because a touchpad's byte may
   intervene.  Returns false on failure. */
static bool read_config_reliably(uint8_t *config)
{
    uint8_t again;

    for (int i = 0; i < CONFIG_TRIES; i++) {
        if (!read_config(config) || !read_config(&again))
            return false;
        if (*config == again)
            return true;
    }
    return false;
}

/* Initialises the controller, keeping the firmware's settings on timeout, and
   always enables the keyboard.  Returns true if the controller answered. */
static bool configure(void)
{
    uint8_t config;
    bool answers = false;
    bool quiet = command(DISABLE_KEYBOARD) && command(DISABLE_MOUSE) &&
                 wait_status(INPUT_FULL, 0);

    drain();
    if (quiet && read_config_reliably(&config)) {
        answers = true;
        /* Leave bit 5 alone: it disables the mouse on a PS/2 controller, but
           turns off translation on an AT controller. */
        config |= CONFIG_IRQ_1 | CONFIG_TRANSLATE;
        config &= (uint8_t) ~(CONFIG_IRQ_12 | CONFIG_NO_CLOCK);
        if (write_config(config) && read_config_reliably(&config))
            translates = config & CONFIG_TRANSLATE;
    }
    command(ENABLE_KEYBOARD);
    drain();
    return answers;
}

static void receive(void)
{
    uint8_t status = port_read(STATUS);

    if (!(status & OUTPUT_FULL))
        return;
    uint8_t byte = port_read(DATA);

    if (status & FROM_MOUSE)
        return;
    if (ring_in - ring_out == RING_SIZE) {
        ring[(ring_in - 1) % RING_SIZE] = OVERRUN;
        return;
    }
    ring[ring_in % RING_SIZE] = byte;
    ring_in++;
}

bool keyboard_start(bool raw)
{
    uint8_t status = port_read(STATUS);

    translates = true;
    ring_out = ring_in;
    present = status != NO_DEVICE;
    if (present && !raw)
        present = configure() || status != NO_BITS;
    if (present)
        pic_handle(IRQ_KEYBOARD, receive);
    return present;
}

bool keyboard_translates(void)
{
    return translates;
}

void keyboard_poll(void)
{
    if (!present)
        return;
    uint32_t flags = interrupts_save();

    receive();
    interrupts_restore(flags);
}

bool keyboard_has_byte(void)
{
    return ring_in != ring_out;
}

bool keyboard_read(uint8_t *byte)
{
    if (!keyboard_has_byte())
        return false;
    *byte = ring[ring_out % RING_SIZE];
    ring_out++;
    return true;
}

void keyboard_reset_processor(void)
{
    if (present)
        command(PULSE_RESET);
}
