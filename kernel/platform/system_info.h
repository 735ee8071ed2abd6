/* SPDX-License-Identifier: MIT */
/*
 * What this kernel and this PC are, for the page of what lies below.
 */
#ifndef PLATFORM_SYSTEM_INFO_H
#define PLATFORM_SYSTEM_INFO_H

#include "arch/multiboot.h"
#include "drivers/acpi_tables.h"
#include "ui/pages/system_info.h"
#include <stdint.h>

/* Version and build, for any page: the build's letters are of the bytes of
   this kernel, so that two that differ in one have others. */
const char *system_info_version(void);

struct ui;

/* Adds what was found, in one line of 78 columns whatever there is. */
void system_info_summary(struct strbuf *text, const struct ui *ui);

/* What the facts are taken from, besides the drivers. */
struct system_info_sources {
    const struct boot_information *boot;
    const struct acpi *acpi;
    bool bios; /* one started this PC */
    struct range history;
    uint64_t awake, asleep; /* microseconds so far */
};

/* Counts free memory once and for all, which takes a while where it is in many
   pieces: before the loop that system_info_fill() is called in. */
void system_info_start(const struct memory *memory);

/* Writes how things are now. */
void system_info_fill(struct system_info *system_info,
                      const struct system_info_sources *sources);

#endif
