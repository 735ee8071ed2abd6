/* SPDX-License-Identifier: MIT */
/*
 * Driver for drive A with a disk of 1.44 MB.  It reads and writes up to eight
 * sectors at a time, by DMA.  The controller is not accessed before it is
 * opened.
 *
 * The driver is a state machine: floppy_poll() continues what was started, and
 * takes at most 300 us.  Each wait has a time limit.  IRQ 6 stays masked, as
 * the controller's status says when a transfer has ended, and a seek is known
 * to end in the time that its steps take; so the driver also works without
 * interrupts.
 *
 *   floppy_open()       motor on, reset, head to cylinder 0
 *   floppy_transfer()   as often as needed, each when the last one has ended
 *   floppy_close()      motor off, two seconds later
 *
 * While it is open, no other disk is accessed: after a change of the disk, each
 * transfer fails.
 */
#pragma once

#include "floppy_state.h"

/* BUFFER is used for DMA: FLOPPY_BUFFER_SIZE bytes, aligned to that size, below
   16 MB, at the physical ADDRESS.  Accesses no port. */
void floppy_init(struct floppy *floppy, uint8_t *buffer, uint32_t address);

/* Opens the drive at the time NOW, in microseconds.  floppy_poll() has the
   result, after about a second.  If it is not FLOPPY_OK, only floppy_close() or
   floppy_open() may follow.  floppy_result_describe() makes a sentence of it
   and of the field `sector`. */
void floppy_open(struct floppy *floppy, uint64_t now);

/* Starts a transfer.  The drive must be open and idle.  A transfer that fails
   is tried three times.  If a write has failed, each of its sectors may hold
   the old data, the new data, or data that cannot be read. */
void floppy_transfer(struct floppy *floppy,
                     const struct floppy_request *request, uint64_t now);

/* Continues, and returns FLOPPY_BUSY or the result of what was started last.
   To be called every 10 ms or more often, until floppy_is_off(). */
enum floppy_result floppy_poll(struct floppy *floppy, uint64_t now);

/* Closes the drive, whatever it is doing.  floppy_poll() turns its motor off
   after two seconds, unless it is opened again. */
void floppy_close(struct floppy *floppy, uint64_t now);

/* Returns true if nothing remains to be done. */
bool floppy_is_off(const struct floppy *floppy);

/* Turns the motor off and resets the controller, if the drive was used, so that
   nothing is transferred any more.  For a panic, or the end of the kernel. */
void floppy_stop(struct floppy *floppy);
