/* SPDX-License-Identifier: MIT */
#include "floppy_result.h"

/* Status register 0 (82077AA 6.1) */
#define CODE      0xC0 /* 0 after a normal end */
#define EQUIPMENT 0x10 /* no track 0, or a fault of the drive */
#define NOT_READY 0x08 /* 8272A only */

/* Status register 1 (6.2) */
#define END_OF_TRACK 0x80 /* DMA did not end the transfer */
#define BAD_CHECKSUM 0x20
#define OVERRUN      0x10
#define NO_DATA      0x04
#define PROTECTED    0x02
#define NO_MARK      0x01

/* Status register 2 (6.3) */
#define DELETED          0x40
#define BAD_DATA         0x20 /* BAD_CHECKSUM is that of the data */
#define CYLINDER_DIFFERS 0x10
#define CYLINDER_BAD     0x02
#define NO_DATA_MARK     0x01

/* The first row that applies is the cause. */
static const struct cause {
    uint8_t index, mask; /* number and bits of a status register */
    enum floppy_result result;
} causes[] = {
    {1, PROTECTED, FLOPPY_PROTECTED},
    {1, OVERRUN, FLOPPY_OVERRUN},
    {2, BAD_DATA, FLOPPY_BAD_DATA},
    {1, BAD_CHECKSUM, FLOPPY_BAD_ID},
    {2, CYLINDER_DIFFERS | CYLINDER_BAD, FLOPPY_BAD_CYLINDER},
    {2, DELETED, FLOPPY_DELETED},
    {1, NO_MARK, FLOPPY_NO_MARK},
    {2, NO_DATA_MARK, FLOPPY_NO_MARK},
    {1, NO_DATA, FLOPPY_NO_SECTOR},
    {0, EQUIPMENT, FLOPPY_STUCK},
    {0, NOT_READY, FLOPPY_NO_DISK},
    {1, END_OF_TRACK, FLOPPY_DMA},
};

static const struct sentence {
    bool of_sector; /* true if it begins with the sector */
    const char *text;
} sentences[FLOPPY_RESULTS] = {
    [FLOPPY_BUSY] = {false, "drive A is in use"},
    [FLOPPY_OK] = {false, "the disk in drive A was accessed"},
    [FLOPPY_NO_CONTROLLER] = {false, "this PC has no floppy controller"},
    [FLOPPY_NO_DRIVE] = {false, "this PC has no drive A"},
    [FLOPPY_OTHER_DRIVE] = {false, "drive A is not for disks of 1.44 MB"},
    [FLOPPY_SILENT] = {false, "drive A does not respond"},
    [FLOPPY_STUCK] = {false, "the head of drive A does not move as it must"},
    [FLOPPY_NO_DISK] = {false, "there is no disk in drive A"},
    [FLOPPY_CHANGED] = {false, "the disk in drive A has been changed"},
    [FLOPPY_PROTECTED] = {false, "the disk in drive A is write-protected"},
    [FLOPPY_NO_SECTOR] = {true, "is not there (no data)"},
    [FLOPPY_NO_MARK] = {true, "is not formatted (no address mark)"},
    [FLOPPY_BAD_ID] = {true, "cannot be found (CRC of an ID)"},
    [FLOPPY_BAD_DATA] = {true, "cannot be read (CRC)"},
    [FLOPPY_BAD_CYLINDER] = {true, "is not there (wrong cylinder)"},
    [FLOPPY_DELETED] = {true, "is marked as deleted"},
    [FLOPPY_OVERRUN] = {true, "was transferred too slowly (overrun)"},
    [FLOPPY_DMA] = {true, "was not transferred (DMA)"},
    [FLOPPY_FAILED] = {true, "cannot be accessed, for an unknown reason"},
};

enum floppy_result floppy_result_read(const uint8_t status[3], bool complete)
{
    if ((status[0] & CODE) == 0 && !(status[2] & DELETED))
        return complete ? FLOPPY_OK : FLOPPY_DMA;
    for (unsigned i = 0; i < sizeof causes / sizeof causes[0]; i++)
        if (status[causes[i].index] & causes[i].mask)
            return causes[i].result;
    return FLOPPY_FAILED;
}

void floppy_result_describe(struct strbuf *text, enum floppy_result result,
                            unsigned sector)
{
    const struct sentence *sentence = &sentences[result];

    if (sentence->of_sector)
        strbuf_add(text, "sector %u of the disk in drive A ", sector);
    strbuf_add(text, "%s", sentence->text);
}
