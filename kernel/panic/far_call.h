/* SPDX-License-Identifier: MIT */
/* A far call, for faults: QEMU checks the limit of the code segment only when a
   segment is loaded. */
#pragma once

#include <stdint.h>

/* Calls ADDRESS, in the current code segment. */
static inline __attribute__((always_inline)) void far_call(const void *address)
{
    uint16_t segment;
    struct {
        const void *offset;
        uint16_t selector;
    } __attribute__((packed)) target;

    __asm__ volatile("movw %%cs, %0" : "=rm"(segment));
    target.offset = address;
    target.selector = segment;
    __asm__ volatile("lcall *%0" : : "m"(target) : "memory");
}
