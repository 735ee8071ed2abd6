/* SPDX-License-Identifier: MIT */
/*
 * A buffer between two inaccessible pages.
 *
 * The guarded bytes lie at the very beginning or the very end of the buffer, so
 * that an access beyond that side faults at once.  The rest of the buffer holds
 * canaries: bytes with a known value, which guarded_is_whole() checks.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guarded {
    uint8_t *buffer; /* between the two pages */
    size_t capacity; /* of the buffer in bytes; whole pages */
    uint8_t *at;     /* the guarded bytes, at one end of the buffer */
    size_t size;     /* in bytes */
};

/* Allocates a buffer for up to SIZE guarded bytes.  Returns false without
   memory. */
bool guarded_alloc(struct guarded *guarded, size_t size);

/* Fills the buffer with canaries and places SIZE guarded bytes at one end. */
void guarded_place(struct guarded *guarded, size_t size, bool at_end);

/* Returns whether all canaries outside the guarded bytes are unchanged. */
bool guarded_is_whole(const struct guarded *guarded);

/* Make the buffer writable, or executable and read-only. */
void guarded_open(const struct guarded *guarded);
void guarded_seal(const struct guarded *guarded);
