/* SPDX-License-Identifier: MIT */
#include "guest_memory.h"

_Alignas(MEMORY_PAGE) __attribute__((section(".bss.translated.guest"))) uint8_t
    guest_code[GUEST_CODE];

__attribute__((section(".bss.guest"))) struct guest_data guest_data;
