/* SPDX-License-Identifier: MIT */
#include "controller.h"
#include "arch/io.h"

#define OUTPUT 0x3F2 /* digital output register (82077AA 2.1.3) */
#define STATUS 0x3F4 /* main status register (2.1.6) */
#define DATA   0x3F5 /* 2.1.7 */
#define INPUT  0x3F7 /* digital input register, on read (2.1.8) */
#define RATE   0x3F7 /* configuration control register, on write (2.1.9) */

#define DRIVE_A   0x00
#define NOT_RESET 0x04
#define DMA_GATE  0x08 /* enables DMA and the interrupt */
#define MOTOR_A   0x10

#define READY     0x80 /* the data register takes or gives a byte */
#define TO_PC     0x40 /* it gives one */
#define BUSY      0x10 /* a command is in progress */
#define NO_DEVICE 0xFF

#define RATE_500K    0x00
#define DISK_CHANGED 0x80

#define STEP_READS 24 /* reads of the status per step; each takes 1 us */
#define SETTLE     4  /* us until the status of an 8272A is valid, or more */

/* Exchanges a byte.  An 8272A takes some time to update its status. */
static void settle(void)
{
    for (unsigned i = 0; i < SETTLE; i++)
        port_delay();
}

/* Continues when the controller has a byte for the PC. */
static enum controller_progress receive(struct controller_command *command)
{
    if (command->sent < command->length ||
        command->received == command->results)
        return CONTROLLER_WRONG;
    command->result[command->received++] = port_read(DATA);
    settle();
    if (command->received == 1 && command->result[0] == CONTROLLER_INVALID)
        command->results = 1;
    return CONTROLLER_BUSY;
}

/* Continues when the controller is ready.  If a command has ended with too few
   bytes, the status may only be late, so this is left to the time limit. */
static enum controller_progress proceed(struct controller_command *command,
                                        uint8_t status)
{
    if (status & TO_PC)
        return receive(command);
    if (command->sent < command->length) {
        port_write(DATA, command->byte[command->sent++]);
        settle();
        return CONTROLLER_BUSY;
    }
    return !(status & BUSY) && command->received == command->results
               ? CONTROLLER_DONE
               : CONTROLLER_BUSY;
}

enum controller_progress controller_step(struct controller_command *command)
{
    enum controller_progress progress = CONTROLLER_BUSY;

    for (unsigned i = 0; i < STEP_READS && progress == CONTROLLER_BUSY; i++) {
        uint8_t status = port_read(STATUS);

        if (status & READY)
            progress = proceed(command, status);
    }
    return progress;
}

bool controller_is_present(void)
{
    return port_read(STATUS) != NO_DEVICE;
}

void controller_select(bool motor, bool reset)
{
    port_write(OUTPUT, (uint8_t)(DRIVE_A | DMA_GATE | (motor ? MOTOR_A : 0) |
                                 (reset ? 0 : NOT_RESET)));
}

void controller_set_rate(void)
{
    port_write(RATE, RATE_500K);
}

bool controller_disk_changed(void)
{
    return port_read(INPUT) & DISK_CHANGED;
}
