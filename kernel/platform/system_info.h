/* SPDX-License-Identifier: MIT */
/*
 * What this kernel and this PC are, for the page of what lies below.
 */
#ifndef FACTS_H
#define FACTS_H

#include "arch/multiboot.h"
#include "drivers/acpi_tables.h"
#include "ui/pages/system_info.h"
#include <stdint.h>

/* Version and build, for any page: the build's letters are of the bytes of
   this kernel, so that two that differ in one have others. */
const char *facts_version(void);

struct ui;

/* Adds what was found, in one line of 78 columns whatever there is. */
void facts_found(struct text *text, const struct ui *ui);

/* What the facts are taken from, besides the drivers. */
struct facts_sources {
    const struct boot_information *boot;
    const struct acpi *acpi;
    bool bios; /* one started this PC */
    struct range history;
    uint64_t awake, asleep; /* microseconds so far */
};

/* Counts free memory once and for all, which takes a while where it is in many
   pieces: before the loop that facts_fill() is called in. */
void facts_start(const struct memory *memory);

/* Writes how things are now. */
void facts_fill(struct below *below, const struct facts_sources *sources);

#endif
