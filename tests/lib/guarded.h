/* SPDX-License-Identifier: MIT */
/* Allocates buffers between two inaccessible pages.  The guarded bytes are
   placed at one end of the buffer, so that an access beyond that end faults
   immediately. The rest is filled with canaries, which are checked by
   guarded_is_whole(). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guarded {
    uint8_t *buffer; /* start of the accessible pages */
    size_t capacity; /* buffer size in bytes, a multiple of the page size */
    uint8_t *at;     /* first guarded byte */
    size_t size;     /* number of guarded bytes */
};

/* Allocates room for up to SIZE guarded bytes.  Returns false on failure. */
bool guarded_alloc(struct guarded *guarded, size_t size);

/* Fills the buffer with canaries and places SIZE guarded bytes at one end. */
void guarded_place(struct guarded *guarded, size_t size, bool at_end);

/* Returns true if all canaries around the guarded bytes are unchanged. */
bool guarded_is_whole(const struct guarded *guarded);

/* Make the buffer either writable, or read-only and executable. */
void guarded_open(const struct guarded *guarded);
void guarded_seal(const struct guarded *guarded);
