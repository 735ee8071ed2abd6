/* SPDX-License-Identifier: MIT */
#include "transfer.h"
#include <string.h>

#define CTRL_D     0x04
#define END        "baby: end"
#define END_LENGTH (sizeof END - 1)

static void begin(struct transfer *transfer, enum transfer_state state)
{
    transfer->state = state;
    transfer->size = 0;
    transfer->sent = 0;
    transfer->lines = 0;
    transfer->binary = false;
    transfer->moving = false;
}

static void move(struct transfer *transfer, uint64_t now)
{
    transfer->moving = true;
    transfer->moved = now;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

struct strbuf transfer_buffer(struct transfer *transfer)
{
    return strbuf_begin(transfer->bytes + TRANSFER_SIZE / 2, TRANSFER_SIZE / 2);
}

/* TEXT may be in the second half of `bytes`.  The output is at most twice as
   long as TEXT, so it never overwrites text that has not been read yet. */
void transfer_send(struct transfer *transfer, const char *text, size_t length)
{
    begin(transfer, TRANSFER_SENDING);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))
            transfer->bytes[transfer->size++] = '\r';
        transfer->bytes[transfer->size++] = text[i];
        transfer->lines += text[i] == '\n';
    }
}

void transfer_receive(struct transfer *transfer)
{
    begin(transfer, TRANSFER_RECEIVING);
}

void transfer_cancel(struct transfer *transfer)
{
    transfer->state = TRANSFER_NONE;
}

bool transfer_is_active(const struct transfer *transfer)
{
    return transfer->state == TRANSFER_SENDING ||
           transfer->state == TRANSFER_RECEIVING;
}

bool transfer_is_moving(const struct transfer *transfer)
{
    return transfer_is_active(transfer) && transfer->moving;
}

size_t transfer_next(const struct transfer *transfer, const char **bytes)
{
    *bytes = transfer->bytes + transfer->sent;
    return transfer->state == TRANSFER_SENDING ? transfer->size - transfer->sent
                                               : 0;
}

void transfer_sent(struct transfer *transfer, size_t count, uint64_t now)
{
    if (transfer->state != TRANSFER_SENDING)
        return;
    transfer->sent += count;
    if (count > 0)
        move(transfer, now);
    if (transfer->sent == transfer->size)
        transfer->state = TRANSFER_SENT;
}

/* Returns the size of the text before the end mark in its last line, or the
   whole size if there is none. */
static size_t size_before_end(const struct transfer *transfer)
{
    const char *bytes = transfer->bytes;
    size_t size = transfer->size;

    while (size > 0 && is_line_end(bytes[size - 1]))
        size--;
    if (size < END_LENGTH ||
        memcmp(bytes + size - END_LENGTH, END, END_LENGTH) != 0 ||
        (size > END_LENGTH && !is_line_end(bytes[size - END_LENGTH - 1])))
        return transfer->size;
    return size - END_LENGTH;
}

/* Returns true if the last line received is complete and is the end mark.  The
   caller waits for silence after it, because in a log of several programs the
   next one follows at once. */
static bool has_ended(const struct transfer *transfer)
{
    return transfer->size > 0 &&
           is_line_end(transfer->bytes[transfer->size - 1]) &&
           size_before_end(transfer) < transfer->size;
}

static void finish(struct transfer *transfer)
{
    transfer->size = size_before_end(transfer);
    transfer->state = TRANSFER_RECEIVED;
}

static void receive(struct transfer *transfer, char byte)
{
    transfer->binary |= byte == 0 || (uint8_t)byte == 0xFF;
    if (byte == CTRL_D && !transfer->binary)
        finish(transfer);
    else if (transfer->size == TRANSFER_SIZE)
        transfer->state = TRANSFER_TOO_LONG;
    else
        transfer->bytes[transfer->size++] = byte;
}

void transfer_received(struct transfer *transfer, const char *bytes,
                       size_t count, bool lost, uint64_t now)
{
    if (transfer->state != TRANSFER_RECEIVING)
        return;
    if (lost)
        transfer->state = TRANSFER_DAMAGED;
    for (size_t i = 0; i < count && transfer->state == TRANSFER_RECEIVING; i++)
        receive(transfer, bytes[i]);
    if (count > 0)
        move(transfer, now);
}

static uint32_t silence(const struct transfer *transfer)
{
    return has_ended(transfer) ? TRANSFER_END_US : TRANSFER_SILENCE_US;
}

void transfer_turn(struct transfer *transfer, uint64_t now)
{
    bool sending = transfer->state == TRANSFER_SENDING;

    /* Sending is timed from the start, receiving from the first byte. */
    if (sending && !transfer->moving)
        move(transfer, now);
    if (!transfer_is_moving(transfer))
        return;
    if (sending && now >= transfer->moved + TRANSFER_STUCK_US)
        transfer->state = TRANSFER_STUCK;
    else if (!sending && now >= transfer->moved + silence(transfer))
        finish(transfer);
}
