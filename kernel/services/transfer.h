/* SPDX-License-Identifier: MIT */
/*
 * Transfer: sends or receives a program or a state, byte by byte.  Independent
 * of port, clock and screen: the caller moves the bytes and passes the time, in
 * microseconds.
 */
#pragma once

#include "emu/format/reader.h"
#include "emu/text/strbuf.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRANSFER_SIZE       FILE_MAX
#define TRANSFER_STUCK_US   5000000u /* time limit for sending a byte */
#define TRANSFER_SILENCE_US 2000000u /* ends receiving after the last byte */

enum transfer_state {
    TRANSFER_NONE, /* received bytes are ignored */
    TRANSFER_SENDING,
    TRANSFER_SENT,  /* all bytes were sent */
    TRANSFER_STUCK, /* timed out: the port accepts no bytes */
    TRANSFER_RECEIVING,
    TRANSFER_RECEIVED, /* `size` bytes, possibly 0 */
    TRANSFER_DAMAGED,  /* bytes were lost */
    TRANSFER_TOO_LONG, /* more than TRANSFER_SIZE bytes */
};

struct transfer {
    enum transfer_state state;
    size_t size;    /* bytes to send, or received so far */
    size_t sent;    /* bytes sent so far */
    unsigned lines; /* lines to send */
    bool binary;    /* received 0 or 0xFF, which no text contains */
    bool moving;    /* `moved` is valid */
    uint64_t moved; /* time of the last byte */
    char bytes[TRANSFER_SIZE];
};

/* Returns an empty buffer of TRANSFER_SIZE / 2 bytes for the text to send next.
   Invalidates `bytes`; no transfer may be active. */
struct strbuf transfer_buffer(struct transfer *transfer);

/*
 * Starts sending LENGTH bytes of TEXT (copied; at most TRANSFER_SIZE / 2),
 * which may be in the buffer of transfer_buffer().  Converts LF to CR LF and
 * keeps CR LF.
 */
void transfer_send(struct transfer *transfer, const char *text, size_t length);

/*
 * Starts receiving.  Ends at Ctrl-D, at a line that is exactly `baby: end`
 * (neither is part of the program), or two seconds after the last byte; waits
 * for the first byte without limit.  After a byte 0 or 0xFF, as in SIMH's
 * binary .st files, Ctrl-D is data.
 */
void transfer_receive(struct transfer *transfer);

void transfer_cancel(struct transfer *transfer);
bool transfer_is_active(const struct transfer *transfer);

/* Whether a transfer is in progress and its time limit is running. */
bool transfer_is_moving(const struct transfer *transfer);

/* Returns the number of bytes to send and sets *BYTES to the first. */
size_t transfer_next(const struct transfer *transfer, const char **bytes);

/* Records that COUNT of them, possibly 0, were sent at NOW. */
void transfer_sent(struct transfer *transfer, size_t count, uint64_t now);

/* Processes COUNT bytes received at NOW.  LOST: bytes before them were lost. */
void transfer_received(struct transfer *transfer, const char *bytes,
                       size_t count, bool lost, uint64_t now);

/* Checks the time limits; call regularly while a transfer is in progress. */
void transfer_turn(struct transfer *transfer, uint64_t now);
