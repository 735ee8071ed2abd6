/* SPDX-License-Identifier: MIT */
/* Saturating counters, which stay at their maximum instead of wrapping. */
#pragma once

#include <stdint.h>

static inline void count_add(uint64_t *count, uint64_t more)
{
    *count = more < UINT64_MAX - *count ? *count + more : UINT64_MAX;
}

static inline uint32_t count_sum(uint32_t count, uint32_t more)
{
    return more < UINT32_MAX - count ? count + more : UINT32_MAX;
}

static inline void count_up(uint32_t *count)
{
    *count += *count < UINT32_MAX;
}
