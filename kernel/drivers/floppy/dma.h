/* SPDX-License-Identifier: MIT */
/*
 * Channel 2 of the first 8237A DMA controller, which a PC's floppy controller
 * uses (Intel 8237A data sheet, "Register Description").  The controller can
 * only reach memory below 16 MB and adds the 16 low bits of an address only, so
 * a transfer must not cross a multiple of 64 KB.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Returns true if the controller can reach SIZE bytes at the physical ADDRESS
   in one transfer. */
bool dma_reaches(uint32_t address, uint32_t size);

/* Prepares the channel for SIZE bytes, 1 to 65536, which the device then
   transfers TO_MEMORY or from it.  dma_reaches() must be true. */
void dma_start(uint32_t address, uint32_t size, bool to_memory);

/* Ends the transfer.  Returns true if all bytes have been transferred. */
bool dma_stop(void);
