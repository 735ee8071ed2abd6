/* SPDX-License-Identifier: MIT */
/*
 * Transfer of a program or a state.  The caller moves the bytes and passes the
 * time in microseconds, so it is independent of port, clock and screen.
 */
#pragma once

#include "emu/format/reader.h"
#include "emu/text/strbuf.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRANSFER_SIZE       FILE_MAX
#define TRANSFER_STUCK_US   5000000u /* timeout for sending one byte */
#define TRANSFER_END_US     200000u  /* silence after `baby: end` */
#define TRANSFER_SILENCE_US 2000000u /* silence after which receiving ends */

enum transfer_state {
    TRANSFER_NONE, /* idle; received bytes are ignored */
    TRANSFER_SENDING,
    TRANSFER_SENT,  /* all bytes have been sent */
    TRANSFER_STUCK, /* timed out because the port accepted no bytes */
    TRANSFER_RECEIVING,
    TRANSFER_RECEIVED, /* finished receiving; `size` may be 0 */
    TRANSFER_DAMAGED,  /* failed because bytes were lost */
    TRANSFER_TOO_LONG, /* failed after more than TRANSFER_SIZE bytes */
};

struct transfer {
    enum transfer_state state;
    size_t size;    /* number of bytes to send, or received so far */
    size_t sent;    /* number of bytes sent so far */
    unsigned lines; /* number of lines to send */
    bool binary;    /* true if a byte of 0 or 0xFF was received */
    bool moving;    /* true if `moved` is valid */
    uint64_t moved; /* time of the last byte sent or received */
    char bytes[TRANSFER_SIZE];
};

/* Returns an empty buffer of TRANSFER_SIZE / 2 bytes for the text to send.
   This overwrites `bytes`, so it must not be called during a transfer. */
struct strbuf transfer_buffer(struct transfer *transfer);

/* Starts sending a copy of TEXT, which may be in the buffer returned by
   transfer_buffer().  LENGTH must be at most TRANSFER_SIZE / 2.  Each LF is
   sent as CR LF, unless it already follows a CR. */
void transfer_send(struct transfer *transfer, const char *text, size_t length);

/* Starts receiving.  Waits indefinitely for the first byte.  Receiving ends at
   Ctrl-D, 0.2 s after a last line `baby: end`, or two seconds after the last
   byte; the end mark is not part of the program.  After a byte of 0 or 0xFF, as
   in SIMH's binary .st files, Ctrl-D is treated as data. */
void transfer_receive(struct transfer *transfer);

void transfer_cancel(struct transfer *transfer);
bool transfer_is_active(const struct transfer *transfer);

/* Returns true if a transfer is active and its timeout has started. */
bool transfer_is_moving(const struct transfer *transfer);

/* Sets *BYTES to the bytes to send next and returns their number. */
size_t transfer_next(const struct transfer *transfer, const char **bytes);

/* Records that the first COUNT bytes from transfer_next() were sent at NOW. */
void transfer_sent(struct transfer *transfer, size_t count, uint64_t now);

/* Processes COUNT new bytes.  LOST is true if bytes before them were lost. */
void transfer_received(struct transfer *transfer, const char *bytes,
                       size_t count, bool lost, uint64_t now);

/* Checks the timeouts.  Must be called regularly during a transfer. */
void transfer_turn(struct transfer *transfer, uint64_t now);
