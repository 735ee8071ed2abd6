/* SPDX-License-Identifier: MIT */
/*
 * A program, or a state, on its way out of this PC or into it, byte by byte.
 * It knows no port, no clock and no screen: the caller carries the bytes and
 * tells the time, in microseconds.
 */
#ifndef SERVICES_TRANSFER_H
#define SERVICES_TRANSFER_H

#include "emu/format/reader.h"
#include "emu/text/strbuf.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRANSFER_SIZE       FILE_MAX
#define TRANSFER_STUCK_US   5000000u /* sending ends if none is taken so long */
#define TRANSFER_SILENCE_US 2000000u /* receiving, if none comes so long */

enum transfer_state {
    TRANSFER_NONE, /* what comes is not looked at */
    TRANSFER_SENDING,
    TRANSFER_SENT,  /* every byte was taken */
    TRANSFER_STUCK, /* none was taken any more */
    TRANSFER_RECEIVING,
    TRANSFER_RECEIVED, /* `size` bytes of program, which may be none */
    TRANSFER_DAMAGED,  /* some were lost on the way, so all are worthless */
    TRANSFER_TOO_LONG, /* more came than TRANSFER_SIZE */
};

struct transfer {
    enum transfer_state state;
    size_t size;    /* bytes to send, or received so far */
    size_t sent;    /* of them, how many were taken */
    unsigned lines; /* to send */
    bool binary;    /* a byte came that no text has, 0 or 0xFF */
    bool moving;    /* `moved` says when a byte last went or came */
    uint64_t moved;
    char bytes[TRANSFER_SIZE];
};

/* An empty text of TRANSFER_SIZE / 2 bytes, to write in what is to be sent
   next.  None may be under way; what the last one left in `bytes` is lost. */
struct strbuf transfer_paper(struct transfer *transfer);

/*
 * Begins to send LENGTH bytes of TEXT (copied; TRANSFER_SIZE / 2 at most),
 * which may be those of transfer_paper().  Each line ends in CR LF on the
 * wire; one that does already is left alone.
 */
void transfer_send(struct transfer *transfer, const char *text, size_t length);

/*
 * Begins to receive.  It ends at Ctrl-D, at a line that is exactly
 * `baby: end` (neither is part of the program), or after two seconds of
 * silence; the silence before the first byte may last.  After a byte that no
 * text has, 0 or 0xFF, as in SIMH's .st, a Ctrl-D is a byte like any other.
 */
void transfer_receive(struct transfer *transfer);

/* Drops what is under way. */
void transfer_cancel(struct transfer *transfer);

/* Whether one is under way. */
bool transfer_is_active(const struct transfer *transfer);

/* Whether one is under way and has begun to change. */
bool transfer_is_moving(const struct transfer *transfer);

/* How many bytes are to be sent next; *BYTES is where they are. */
size_t transfer_next(const struct transfer *transfer, const char **bytes);

/* Tells that COUNT of them, which may be 0, were taken at NOW. */
void transfer_took(struct transfer *transfer, size_t count, uint64_t now);

/* Tells that COUNT bytes came at NOW, and whether some were LOST. */
void transfer_give(struct transfer *transfer, const char *bytes, size_t count,
                   bool lost, uint64_t now);

/* Lets time pass: call it again and again while one is under way. */
void transfer_turn(struct transfer *transfer, uint64_t now);

#endif
