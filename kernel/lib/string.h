/* SPDX-License-Identifier: MIT */
/*
 * The four libc functions that compilers may call implicitly, and two more.
 * Hosted builds use the host's libc instead.
 */
#pragma once

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
size_t strlen(const char *text);
int strcmp(const char *left, const char *right);
int memcmp(const void *left, const void *right, size_t size);
