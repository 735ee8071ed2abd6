/* SPDX-License-Identifier: MIT */
/*
 * A fake PC with an 82077AA or 8272A, channel 2 of an 8237A, the CMOS and drive
 * A with a disk in memory.  Time passes only when a test says so, and 1 us per
 * access to a port.  Faults are set in `fake_floppy`.
 *
 * The fake checks what a real controller or drive would not forgive: a command
 * while the head steps, data moved before the motor has its speed, bytes that
 * the controller did not ask for, DMA across 64 KB.
 */
#pragma once

#include "arch/cpu.h"
#include "arch/io.h"
#include <stdbool.h>
#include <string.h>

#define FAKE_SECTORS 2880u
#define FAKE_ADDRESS 0x1FF000u /* of the buffer for DMA */
#define FAKE_BUFFER  4096u
#define FAKE_NEVER   UINT64_MAX

enum fake_fault {
    FAKE_NONE,
    FAKE_HANGS,    /* the command never ends */
    FAKE_TOO_MANY, /* one more byte in the result */
    FAKE_TOO_FEW,  /* one byte less */
    FAKE_NO_DMA,   /* it ends without an error, but DMA has moved nothing */
    FAKE_STATUS,   /* the result has the three status bytes of the fake */
    FAKE_CHANGES,  /* it fails, as another disk is inserted */
};

struct fake_disk {
    uint8_t data[FAKE_SECTORS * 512];
    bool protected;
};

static struct {
    /* The PC */
    uint64_t now; /* us */
    unsigned accesses, writes;
    uint8_t cmos, cmos_index; /* the drives' types, and the register selected */
    bool absent;              /* ports read as FF */
    bool old;                 /* an 8272A */
    bool deaf;                /* the controller is never ready */
    unsigned interrupts_off;

    /* The drive */
    struct fake_disk *disk; /* or NULL */
    bool changed;
    bool line_broken; /* the line for a change stays set */
    bool no_track_0, sticks;
    unsigned track;
    uint64_t motor_since, steps_end;
    unsigned motor_starts, steps, seeks, recalibrations;
    uint64_t motor_ends; /* when the motor was turned off last */

    /* The controller */
    uint8_t output, rate;
    uint64_t reset_at;
    unsigned resets, configured, specified;
    uint8_t command[9], result[8];
    unsigned sent, length, results, given;
    uint64_t ready_at; /* when the result of the command is there */
    uint64_t idle_at;  /* when its status says that it has ended */
    unsigned pending;  /* interrupts after a reset or a seek */
    uint8_t seek_status;
    unsigned moves;        /* commands that move data */
    unsigned early_senses; /* before the end of a seek */

    /* Faults */
    enum fake_fault fault;
    unsigned fault_moves; /* data commands that fail, from now on */
    uint8_t status[3];
    uint8_t failed_sector;  /* R in the result of a fault, or 0 */
    uint8_t faulty_command; /* another command that hangs, or 0 */
    struct fake_disk *other;

    /* DMA */
    uint8_t page, mode, mask;
    bool high;
    uint16_t address, count;
    uint8_t memory[FAKE_BUFFER];
} fake_floppy;

/* ----------------------------------------------------------------- DMA --- */

static inline void fake_dma_write(uint16_t port, uint8_t value)
{
    uint16_t *pair = port == 4 ? &fake_floppy.address : &fake_floppy.count;

    if (port == 0x0A) {
        assert_int_equal(value & 3, 2);
        fake_floppy.mask = value & 4;
    } else if (port == 0x0B) {
        assert_true(value == 0x46 || value == 0x4A);
        assert_true(fake_floppy.mask);
        fake_floppy.mode = value;
    } else if (port == 0x0C) {
        fake_floppy.high = false;
    } else if (port == 0x81) {
        fake_floppy.page = value;
    } else {
        assert_true(fake_floppy.mask);
        unsigned shift = fake_floppy.high ? 8 : 0;

        *pair =
            (uint16_t)((*pair & ~(0xFFu << shift)) | (unsigned)value << shift);
        fake_floppy.high = !fake_floppy.high;
    }
}

static inline uint8_t fake_dma_read(void)
{
    fake_floppy.high = !fake_floppy.high;
    return (uint8_t)(fake_floppy.count >> (fake_floppy.high ? 0 : 8));
}

/* Moves SIZE bytes between memory and the disk. */
static inline void fake_dma_move(uint8_t *disk, unsigned size, bool write)
{
    uint32_t address = (uint32_t)fake_floppy.page << 16 | fake_floppy.address;

    assert_false(fake_floppy.mask);
    assert_int_equal(fake_floppy.mode, write ? 0x4A : 0x46);
    assert_int_equal(fake_floppy.count, size - 1);
    assert_true(address >= FAKE_ADDRESS);
    assert_true(address + size <= FAKE_ADDRESS + FAKE_BUFFER);
    uint8_t *at = fake_floppy.memory + (address - FAKE_ADDRESS);

    memcpy(write ? disk : at, write ? at : disk, size);
    fake_floppy.count = 0xFFFF;
}

/* --------------------------------------------------------------- drive --- */

static inline bool fake_motor(void)
{
    return fake_floppy.output & 0x10;
}

static inline void fake_insert(struct fake_disk *disk)
{
    fake_floppy.disk = disk;
    fake_floppy.changed = true;
}

/* Steps the head.  With a disk in the drive, a step clears the line. */
static inline void fake_step_to(unsigned track)
{
    unsigned from = fake_floppy.track;
    unsigned steps = track > from ? track - from : from - track;

    assert_true(fake_motor());
    fake_floppy.steps += steps;
    fake_floppy.track = fake_floppy.sticks ? from : track;
    if (steps > 0 && fake_floppy.disk != NULL)
        fake_floppy.changed = false;
    fake_floppy.steps_end = fake_floppy.now + steps * 6000;
    fake_floppy.pending = 1;
    fake_floppy.seek_status = 0x20;
}

/* ---------------------------------------------------------- controller --- */

static inline void fake_result(unsigned count, uint64_t us)
{
    fake_floppy.results = count;
    fake_floppy.given = 0;
    fake_floppy.ready_at = fake_floppy.now + us;
}

static inline void fake_sense(void)
{
    if (fake_floppy.pending == 0 || fake_floppy.now < fake_floppy.steps_end) {
        fake_floppy.early_senses += fake_floppy.pending > 0;
        fake_floppy.result[0] = 0x80;
        fake_result(1, 5);
        return;
    }
    fake_floppy.pending--;
    fake_floppy.result[0] = fake_floppy.seek_status;
    fake_floppy.result[1] = (uint8_t)fake_floppy.track;
    fake_result(2, 5);
}

/* Ends a data command with a fault. */
static inline void fake_fail(void)
{
    fake_floppy.fault_moves--;
    if (fake_floppy.fault == FAKE_HANGS)
        fake_result(7, FAKE_NEVER / 2);
    else
        fake_result(7 + (fake_floppy.fault == FAKE_TOO_MANY) -
                        (fake_floppy.fault == FAKE_TOO_FEW),
                    200000);
    if (fake_floppy.fault == FAKE_STATUS)
        memcpy(fake_floppy.result, fake_floppy.status, 3);
    if (fake_floppy.failed_sector != 0)
        fake_floppy.result[5] = fake_floppy.failed_sector;
    if (fake_floppy.fault == FAKE_CHANGES) {
        fake_floppy.result[0] = 0x40;
        fake_floppy.result[1] = 0x04;
        fake_insert(fake_floppy.other);
    }
}

/* Reads or writes the sectors R to EOT, which DMA must ask for. */
static inline void fake_move(bool write)
{
    const uint8_t *command = fake_floppy.command;
    unsigned count = command[6] - command[4] + 1u;
    unsigned first = (command[2] * 2u + command[3]) * 18u + command[4] - 1u;

    fake_floppy.moves++;
    assert_true(fake_floppy.now - fake_floppy.motor_since >= 500000);
    assert_int_equal(fake_floppy.track, command[2]);
    assert_int_equal(command[1], command[3] << 2);
    assert_true(command[4] >= 1 && command[6] <= 18 &&
                command[6] >= command[4]);
    assert_int_equal(command[5], 2);
    memset(fake_floppy.result, 0, sizeof fake_floppy.result);
    memcpy(fake_floppy.result + 3, command + 2, 4);
    fake_floppy.result[5] = (uint8_t)(command[6] + 1);
    if (fake_floppy.disk == NULL) {
        fake_result(7, FAKE_NEVER / 2);
    } else if (fake_floppy.fault_moves > 0) {
        fake_fail();
    } else if (write && fake_floppy.disk->protected) {
        memcpy(fake_floppy.result, "\x40\x02", 2);
        fake_result(7, 1000);
    } else {
        fake_dma_move(fake_floppy.disk->data + first * 512, count * 512, write);
        fake_result(7, 200000 + count * 11000);
    }
}

static inline void fake_execute(void)
{
    const uint8_t *command = fake_floppy.command;

    if (command[0] == fake_floppy.faulty_command) {
        fake_result(1, FAKE_NEVER / 2);
    } else if (command[0] == 0x08) {
        fake_sense();
    } else if (command[0] == 0x03) {
        assert_memory_equal(command + 1, "\xAF\x02", 2);
        fake_floppy.specified++;
    } else if (command[0] == 0x13) {
        assert_memory_equal(command + 1, "\x00\x17\x00", 3);
        fake_floppy.configured++;
    } else if (command[0] == 0x10) {
        fake_floppy.result[0] = fake_floppy.old ? 0x80 : 0x90;
        fake_result(1, 5);
    } else if (command[0] == 0x07) {
        fake_floppy.recalibrations++;
        fake_step_to(0);
        if (fake_floppy.no_track_0)
            fake_floppy.seek_status = 0x70;
    } else if (command[0] == 0x0F) {
        fake_floppy.seeks++;
        fake_step_to(command[2]);
    } else if (command[0] == 0x04) {
        fake_floppy.result[0] =
            (uint8_t)(0x28 |
                      (fake_floppy.disk == NULL || fake_floppy.disk->protected
                           ? 0x40
                           : 0));
        fake_result(1, 5);
    } else {
        fake_move(command[0] == 0x45);
    }
}

/* Returns the number of bytes of a command, or 0 if it is not known. */
static inline unsigned fake_length(uint8_t command)
{
    static const uint8_t lengths[][2] = {
        {0x03, 3}, {0x04, 2}, {0x07, 2}, {0x08, 1}, {0x0F, 3},
        {0x10, 1}, {0x13, 4}, {0x45, 9}, {0x46, 9},
    };

    for (unsigned i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
        if (lengths[i][0] == command)
            return lengths[i][1];
    return 0;
}

static inline uint8_t fake_main_status(void)
{
    if (fake_floppy.deaf || !(fake_floppy.output & 0x04) ||
        fake_floppy.now < fake_floppy.reset_at + 20)
        return 0x00;
    if (fake_floppy.sent > 0)
        return 0x90;
    if (fake_floppy.given == fake_floppy.results)
        return fake_floppy.now < fake_floppy.idle_at ? 0x90 : 0x80;
    return fake_floppy.now < fake_floppy.ready_at ? 0x10 : 0xD0;
}

static inline void fake_take(uint8_t value)
{
    assert_int_equal(fake_main_status() & 0xC0, 0x80);
    if (fake_floppy.sent == 0) {
        /* While it steps, an 8272A takes no command. */
        assert_true(!fake_floppy.old ||
                    fake_floppy.now >= fake_floppy.steps_end);
        fake_floppy.length = fake_length(value);
        assert_int_not_equal(fake_floppy.length, 0);
        assert_false(fake_floppy.old && value == 0x13);
        assert_true(fake_floppy.now >= fake_floppy.idle_at);
        assert_true(value == 0x08 || fake_floppy.pending == 0);
        fake_floppy.results = fake_floppy.given = 0;
    }
    fake_floppy.command[fake_floppy.sent++] = value;
    if (fake_floppy.sent < fake_floppy.length)
        return;
    fake_floppy.sent = 0;
    fake_floppy.idle_at = fake_floppy.now + 12;
    fake_execute();
}

static inline uint8_t fake_give(void)
{
    assert_int_equal(fake_main_status() & 0xC0, 0xC0);
    fake_floppy.idle_at = fake_floppy.now + 12;
    return fake_floppy.result[fake_floppy.given++];
}

static inline void fake_output(uint8_t value)
{
    bool motor = value & 0x10, reset = !(value & 0x04);

    assert_int_equal(value & 0xEB, 0x08);
    if (motor && !fake_motor()) {
        fake_floppy.motor_since = fake_floppy.now;
        fake_floppy.motor_starts++;
    }
    if (!motor && fake_motor())
        fake_floppy.motor_ends = fake_floppy.now;
    if (reset) {
        fake_floppy.resets++;
        fake_floppy.reset_at = fake_floppy.now;
        fake_floppy.sent = fake_floppy.results = fake_floppy.given = 0;
    }
    if (!reset && !(fake_floppy.output & 0x04)) {
        assert_true(fake_floppy.now - fake_floppy.reset_at >= 4);
        fake_floppy.pending = 4;
        fake_floppy.seek_status = 0xC0;
        fake_floppy.steps_end = 0;
    }
    fake_floppy.output = value;
}

/* --------------------------------------------------------------- ports --- */

static inline void fake_tick(void)
{
    fake_floppy.now++;
    fake_floppy.accesses++;
}

uint8_t port_read(uint16_t port)
{
    fake_tick();
    if (port == 0x71)
        return fake_floppy.cmos_index == 0x10 ? fake_floppy.cmos : 0x5A;
    if (fake_floppy.absent)
        return 0xFF;
    if (port == 0x3F7) {
        assert_true(fake_motor());
        return fake_floppy.changed || fake_floppy.line_broken ? 0x80 : 0x00;
    }
    if (port == 0x3F4)
        return fake_main_status();
    if (port == 0x3F5)
        return fake_give();
    assert_int_equal(port, 0x05);
    return fake_dma_read();
}

void port_write(uint16_t port, uint8_t value)
{
    fake_tick();
    if (port == 0x70) {
        assert_true(fake_floppy.interrupts_off > 0);
        fake_floppy.cmos_index = value;
        return;
    }
    fake_floppy.writes++;
    if (port == 0x3F2)
        fake_output(value);
    else if (port == 0x3F5)
        fake_take(value);
    else if (port == 0x3F7)
        fake_floppy.rate = value;
    else
        fake_dma_write(port, value);
}

void port_delay(void)
{
    fake_tick();
}

uint32_t interrupts_save(void)
{
    fake_floppy.interrupts_off++;
    return 0x5EED;
}

void interrupts_restore(uint32_t flags)
{
    assert_int_equal(flags, 0x5EED);
    fake_floppy.interrupts_off--;
}
