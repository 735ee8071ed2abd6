/* SPDX-License-Identifier: MIT */
/* Host services for the benchmarks: executable memory, a clock and a median. */
#pragma once

#include "emu/engine/engine.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

#define HOST_AREA 32768 /* code area size in bytes, as in the kernel */

static inline void host_protect(struct code_area *area, int protection)
{
    if (mprotect(area->at, area->size, protection) == 0)
        return;
    perror("mprotect");
    exit(2);
}

static inline void host_open(struct code_area *area)
{
    host_protect(area, PROT_READ | PROT_WRITE);
}

static inline void host_seal(struct code_area *area)
{
    host_protect(area, PROT_READ | PROT_EXEC);
}

static inline struct code_area host_area(void)
{
    struct code_area area = {NULL, HOST_AREA, host_open, host_seal};

    area.at = mmap(NULL, area.size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area.at != MAP_FAILED)
        return area;
    perror("mmap");
    exit(2);
}

static inline uint64_t host_nanoseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Processor time of this process: what others do on a shared host is not in
   it.  Reading it takes some 100 ns. */
static inline uint64_t host_own_nanoseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static inline int host_compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

/* Returns the median of VALUES, which are sorted in place. */
static inline double host_median(double *values, unsigned count)
{
    qsort(values, count, sizeof *values, host_compare);
    return values[count / 2];
}
