/* SPDX-License-Identifier: MIT */
/* Fuzzes the ACPI table parser with arbitrary memory contents.  Each memory
   area is allocated with its exact size and mapped at an address taken from
   the input.  A flag in the input makes the checksum correct, because random
   bytes would almost never have a valid one. */
#include "fuzz.h"
#include "drivers/acpi_s5.h"
#include "drivers/acpi_tables.h"

#define PIECES_MAX    12
#define ROOT_CHECKSUM 8
#define LONG_CHECKSUM 32
#define CHECKSUM      9 /* offset of the checksum in an ACPI table header */

/* Flags in the first byte of each memory area in the input. */
#define FIX_ROOT  1
#define FIX_TABLE 2

static void fix_checksum(uint8_t *bytes, uint32_t length, uint32_t at)
{
    uint8_t sum = 0;

    for (uint32_t i = 0; i < length; i++)
        sum = (uint8_t)(sum + bytes[i]);
    bytes[at] = (uint8_t)(bytes[at] - sum);
}

static struct acpi_area take_piece(struct input *input)
{
    uint8_t request = input_byte(input);
    uint32_t start = input_word(input);
    uint32_t length = input_byte(input) | (uint32_t)input_byte(input) << 8;

    if (length > input->left)
        length = (uint32_t)input->left;
    uint8_t *bytes = malloc(length + 1);

    MUST(bytes != NULL);
    bytes++;
    input_read(input, bytes, length);
    if (request & FIX_ROOT && length >= 20)
        fix_checksum(bytes, 20, ROOT_CHECKSUM);
    if (request & FIX_ROOT && length >= 36)
        fix_checksum(bytes, 36, LONG_CHECKSUM);
    if (request & FIX_TABLE && length > CHECKSUM)
        fix_checksum(bytes, length, CHECKSUM);
    return (struct acpi_area){start, length, bytes, request >> 2 & 7};
}

static void check(const struct acpi *acpi, bool found)
{
    MUST(acpi->found == found);
    MUST(acpi->sleep_a <= 7 && acpi->sleep_b <= 7);
    MUST(!acpi->can_reset || acpi->reset.address != 0);
    MUST(!acpi->keyboard || acpi->keyboard_known);
    if (!found)
        MUST((acpi->revision | acpi->timer | acpi->control_a | acpi->control_b |
              acpi->command | acpi->can_sleep | acpi->can_reset |
              acpi->keyboard_known) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct acpi_area pieces[PIECES_MAX];
    struct acpi acpi;
    unsigned count = 0;
    uint8_t a = 0, b = 0;

    while (count < PIECES_MAX && input.left > 0)
        pieces[count++] = take_piece(&input);
    memset(&acpi, 0xA5, sizeof acpi);
    bool found = acpi_read(&acpi, pieces, count);

    check(&acpi, found);
    while (count-- > 0) {
        if (acpi_find_s5(pieces[count].bytes, pieces[count].length, &a, &b))
            MUST(a <= 7 && b <= 7);
        free((void *)(pieces[count].bytes - 1));
    }
    return 0;
}
