/* SPDX-License-Identifier: MIT */
/*
 * Memory between two pages that nobody may touch.
 *
 * What is guarded lies at the very beginning of its room, against the page
 * before, or at the very end, against the page behind.  A byte beyond that side
 * is a fault at once, read or written.  What is left of the room on the other
 * side holds canaries: bytes that are looked at afterwards.
 */
#ifndef TESTS_LIB_GUARDED_H
#define TESTS_LIB_GUARDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guarded {
    uint8_t *room; /* between the two pages .. */
    size_t most;   /* .. bytes of it, whole pages */
    uint8_t *at;   /* what is guarded, at one end of it .. */
    size_t size;   /* .. bytes */
};

/* Room for up to SIZE bytes.  False: no memory. */
bool guarded_make(struct guarded *guarded, size_t size);

/* Gives all of the room canaries, and SIZE bytes at its beginning or end to who
   is to be watched: canaries, too. */
void guarded_put(struct guarded *guarded, size_t size, bool at_end);

/* Whether all canaries around what is guarded are as they were. */
bool guarded_is_whole(const struct guarded *guarded);

/* The room may be written, or executed, from now on. */
void guarded_open(const struct guarded *guarded);
void guarded_seal(const struct guarded *guarded);

#endif
