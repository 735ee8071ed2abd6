/* SPDX-License-Identifier: MIT */
#include "acpi_tables.h"
#include "acpi_s5.h"
#include <string.h>

#define ROOTS_MAX   4          /* maximum number of root pointers tried */
#define TABLE_MAX   0x100000u  /* maximum size of a table in bytes */
#define TABLES_MAX  0x400000u  /* maximum bytes read from all tables */
#define ENTRIES_MAX 256u       /* maximum number of tables in an RSDT or XSDT */
#define SCAN_MAX    0x4000000u /* maximum bytes scanned for a root pointer */

/* Offsets in the root pointer (RSDP) */
#define ROOT_SIZE     20 /* bytes in the ACPI 1.0 root pointer */
#define ROOT_REVISION 15
#define ROOT_RSDT     16
#define ROOT_LENGTH   20
#define ROOT_XSDT     24
#define ROOT_LONG     36 /* bytes in the root pointer since revision 2 */

/* Offsets in the common table header */
#define HEADER_SIZE     36
#define HEADER_LENGTH   4
#define HEADER_REVISION 8

/* Offsets in the FADT (signature "FACP") */
#define FADT_DSDT         40
#define FADT_COMMAND      48
#define FADT_ENABLE       52
#define FADT_EVENT_A      56
#define FADT_EVENT_B      60
#define FADT_CONTROL_A    64
#define FADT_CONTROL_B    68
#define FADT_TIMER        76
#define FADT_EVENT_SIZE   88
#define FADT_BOOT_FLAGS   109
#define FADT_FLAGS        112
#define FADT_RESET        116
#define FADT_RESET_WITH   128
#define FADT_LONG_DSDT    140
#define FADT_LONG_EVENT_A 148
#define FADT_LONG_EVENT_B 160
#define FADT_LONG_A       172
#define FADT_LONG_B       184
#define FADT_LONG_TIMER   208

#define BOOT_HAS_8042   0x0002u
#define FLAG_AML_BUTTON 0x00000010u
#define FLAG_LONG_TIMER 0x00000100u
#define FLAG_CAN_RESET  0x00000400u
#define REVISION_8042   2 /* first FADT revision with BOOT_HAS_8042 */
#define GENERIC_SPACE   0 /* offsets in a generic address structure */
#define GENERIC_ADDRESS 4

struct areas {
    const struct acpi_area *at;
    unsigned count;
    uint32_t *budget; /* bytes of tables that may still be read */
};

struct table {
    const uint8_t *bytes; /* NULL if there is no table */
    uint32_t length;
};

/* Returns the LENGTH bytes at ADDRESS, or NULL if no area contains them all. */
static const uint8_t *bytes_at(const struct areas *areas, uint64_t address,
                               uint32_t length)
{
    for (unsigned i = 0; i < areas->count; i++) {
        const struct acpi_area *area = &areas->at[i];

        if (address >= area->start && address - area->start <= area->length &&
            length <= area->length - (uint32_t)(address - area->start))
            return area->bytes + (uint32_t)(address - area->start);
    }
    return NULL;
}

/* Reads a little-endian number of 1 to 8 bytes.  Returns 0 beyond the table. */
static uint64_t number(const struct table *table, uint32_t offset,
                       unsigned size)
{
    uint64_t value = 0;

    if (offset > table->length || size > table->length - offset)
        return 0;
    for (unsigned i = size; i > 0; i--)
        value = value << 8 | table->bytes[offset + i - 1];
    return value;
}

static bool sum_is_zero(const uint8_t *bytes, uint32_t length)
{
    uint8_t sum = 0;

    for (uint32_t i = 0; i < length; i++)
        sum = (uint8_t)(sum + bytes[i]);
    return sum == 0;
}

/* Returns the table at ADDRESS if its signature and checksum are valid. */
static struct table find_table(const struct areas *areas, uint64_t address,
                               const char *signature)
{
    struct table none = {NULL, 0};
    struct table table = {bytes_at(areas, address, HEADER_SIZE), HEADER_SIZE};

    if (address == 0 || table.bytes == NULL ||
        memcmp(table.bytes, signature, 4) != 0)
        return none;
    table.length = (uint32_t)number(&table, HEADER_LENGTH, 4);
    if (table.length < HEADER_SIZE || table.length > TABLE_MAX ||
        table.length > *areas->budget)
        return none;
    *areas->budget -= table.length;
    /* Look for an area that contains the whole table, not only its header. */
    table.bytes = bytes_at(areas, address, table.length);
    if (table.bytes == NULL || !sum_is_zero(table.bytes, table.length))
        return none;
    return table;
}

/* The FADT contains each port twice, as a 32-bit number and as a generic
   address.  The latter is often wrong, so it is only a fallback. */
static uint16_t find_port(const struct table *fadt, uint32_t offset,
                          uint32_t generic)
{
    uint64_t port = number(fadt, offset, 4);

    if (port == 0 && number(fadt, generic + GENERIC_SPACE, 1) == ACPI_IN_PORTS)
        port = number(fadt, generic + GENERIC_ADDRESS, 8);
    return port <= UINT16_MAX ? (uint16_t)port : 0;
}

static void read_fadt(struct acpi *acpi, const struct table *fadt)
{
    uint32_t flags = (uint32_t)number(fadt, FADT_FLAGS, 4);
    uint32_t command = (uint32_t)number(fadt, FADT_COMMAND, 4);

    acpi->found = true;
    acpi->revision = (uint8_t)number(fadt, HEADER_REVISION, 1);
    acpi->keyboard_known =
        acpi->revision >= REVISION_8042 && fadt->length >= FADT_BOOT_FLAGS + 2;
    acpi->keyboard = acpi->keyboard_known &&
                     (number(fadt, FADT_BOOT_FLAGS, 2) & BOOT_HAS_8042) != 0;
    acpi->timer = find_port(fadt, FADT_TIMER, FADT_LONG_TIMER);
    acpi->timer_long = flags & FLAG_LONG_TIMER;
    acpi->reset.space = (uint8_t)number(fadt, FADT_RESET + GENERIC_SPACE, 1);
    acpi->reset.address = number(fadt, FADT_RESET + GENERIC_ADDRESS, 8);
    acpi->reset_value = (uint8_t)number(fadt, FADT_RESET_WITH, 1);
    acpi->can_reset = (flags & FLAG_CAN_RESET) && acpi->reset.address != 0 &&
                      fadt->length > FADT_RESET_WITH;
    acpi->event_a = find_port(fadt, FADT_EVENT_A, FADT_LONG_EVENT_A);
    acpi->event_b = find_port(fadt, FADT_EVENT_B, FADT_LONG_EVENT_B);
    acpi->event_length = (uint8_t)number(fadt, FADT_EVENT_SIZE, 1);
    acpi->has_button = !(flags & FLAG_AML_BUTTON);
    acpi->control_a = find_port(fadt, FADT_CONTROL_A, FADT_LONG_A);
    acpi->control_b = find_port(fadt, FADT_CONTROL_B, FADT_LONG_B);
    acpi->command = command <= UINT16_MAX ? (uint16_t)command : 0;
    acpi->enable = (uint8_t)number(fadt, FADT_ENABLE, 1);
}

/* Returns the next table with the given signature and advances *AT past it. */
static struct table next_table(const struct areas *areas,
                               const struct table *root, unsigned width,
                               const char *signature, unsigned *at)
{
    uint32_t entries = (root->length - HEADER_SIZE) / width;

    while (*at < entries && *at < ENTRIES_MAX) {
        uint32_t offset = HEADER_SIZE + *at * width;
        struct table table =
            find_table(areas, number(root, offset, width), signature);

        (*at)++;
        if (table.bytes != NULL)
            return table;
    }
    return (struct table){NULL, 0};
}

static bool read_sleep(struct acpi *acpi, const struct table *table)
{
    acpi->can_sleep =
        acpi_find_s5(table->bytes + HEADER_SIZE, table->length - HEADER_SIZE,
                     &acpi->sleep_a, &acpi->sleep_b);
    return acpi->can_sleep;
}

/* The _S5_ object is in the DSDT or in an SSDT. */
static void find_sleep(struct acpi *acpi, const struct areas *areas,
                       const struct table *root, unsigned width,
                       const struct table *fadt)
{
    uint64_t address = number(fadt, FADT_DSDT, 4);
    unsigned at = 0;

    if (address == 0)
        address = number(fadt, FADT_LONG_DSDT, 8);
    struct table table = find_table(areas, address, "DSDT");

    if (table.bytes != NULL && read_sleep(acpi, &table))
        return;
    do
        table = next_table(areas, root, width, "SSDT", &at);
    while (table.bytes != NULL && !read_sleep(acpi, &table));
}

static bool read_root_table(struct acpi *acpi, const struct areas *areas,
                            uint64_t address, unsigned width,
                            const char *signature)
{
    struct table root = find_table(areas, address, signature);
    unsigned at = 0;

    if (root.bytes == NULL)
        return false;
    struct table fadt = next_table(areas, &root, width, "FACP", &at);

    if (fadt.bytes == NULL)
        return false;
    read_fadt(acpi, &fadt);
    find_sleep(acpi, areas, &root, width, &fadt);
    return true;
}

/* Uses the XSDT if valid, otherwise the RSDT of ACPI 1.0. */
static bool read_root(struct acpi *acpi, const struct areas *areas,
                      const struct table *root)
{
    if (root->length >= ROOT_LONG && root->bytes[ROOT_REVISION] >= 2 &&
        number(root, ROOT_LENGTH, 4) == ROOT_LONG &&
        sum_is_zero(root->bytes, ROOT_LONG) &&
        read_root_table(acpi, areas, number(root, ROOT_XSDT, 8), 8, "XSDT"))
        return true;
    return read_root_table(acpi, areas, number(root, ROOT_RSDT, 4), 4, "RSDT");
}

static bool is_root(const uint8_t *bytes)
{
    return memcmp(bytes, "RSD PTR ", 8) == 0 && sum_is_zero(bytes, ROOT_SIZE);
}

/* Scans AREA for root pointers.  *ROOTS and *BYTES limit the search. */
static bool scan(struct acpi *acpi, const struct areas *areas,
                 const struct acpi_area *area, unsigned *roots, uint32_t *bytes)
{
    uint32_t offset = 0;

    while (area->step > 0 && *roots > 0 && *bytes >= area->step &&
           offset < area->length && area->length - offset >= ROOT_SIZE) {
        struct table root = {area->bytes + offset, area->length - offset};

        if (is_root(root.bytes)) {
            (*roots)--;
            if (read_root(acpi, areas, &root))
                return true;
        }
        offset += area->step;
        *bytes -= area->step;
    }
    return false;
}

bool acpi_read(struct acpi *acpi, const struct acpi_area *at, unsigned count)
{
    uint32_t table_bytes = TABLES_MAX, scan_bytes = SCAN_MAX;
    struct areas areas = {at, count, &table_bytes};
    unsigned roots = ROOTS_MAX;

    memset(acpi, 0, sizeof *acpi);
    for (unsigned i = 0; i < count; i++)
        if (scan(acpi, &areas, &at[i], &roots, &scan_bytes))
            return true;
    return false;
}
