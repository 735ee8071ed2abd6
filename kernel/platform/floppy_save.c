/* SPDX-License-Identifier: MIT */
#include "floppy_save.h"

_Static_assert(FAT12_TRANSFER == FLOPPY_TRANSFER &&
                   FAT12_TRACK == FLOPPY_TRACK && FAT12_SECTOR == FLOPPY_SECTOR,
               "the driver takes all requests of services/");

void floppy_save_init(struct floppy_save *save, char *text, size_t size,
                      uint8_t *buffer, uint32_t address)
{
    save->result = FLOPPY_SAVE_NONE;
    save->opened = false;
    floppy_init(&save->floppy, buffer, address);
    saved_file_init(&save->file, text, size);
}

/* Drive A is not accessed if the program cannot be saved. */
void floppy_save_begin(struct floppy_save *save, const char *program,
                       size_t length, uint64_t now)
{
    saved_file_begin(&save->file, program, length);
    save->opened = false;
    save->result = FLOPPY_SAVE_FAILED;
    if (save->file.result != SAVED_BUSY)
        return;
    save->result = FLOPPY_SAVE_BUSY;
    floppy_open(&save->floppy, now);
}

static void request(struct floppy_save *save, uint64_t now)
{
    const struct saved_request *from = &save->file.request;
    const struct floppy_request to = {from->write, from->first, from->count,
                                      from->data};

    floppy_transfer(&save->floppy, &to, now);
}

static void finish(struct floppy_save *save, enum floppy_save_result result,
                   uint64_t now)
{
    save->result = result;
    floppy_close(&save->floppy, now);
}

/* Continues after the drive was opened, or a transfer has ended. */
static void proceed(struct floppy_save *save, bool good, uint64_t now)
{
    if (save->opened)
        saved_file_done(&save->file, good);
    save->opened |= good;
    if (!save->opened)
        finish(save, FLOPPY_SAVE_FAILED, now);
    else if (save->file.result == SAVED_BUSY)
        request(save, now);
    else
        finish(save,
               save->file.result == SAVED_OK ? FLOPPY_SAVE_DONE
                                             : FLOPPY_SAVE_FAILED,
               now);
}

enum floppy_save_result floppy_save_poll(struct floppy_save *save, uint64_t now)
{
    enum floppy_result result = floppy_poll(&save->floppy, now);

    if (save->result == FLOPPY_SAVE_BUSY && result != FLOPPY_BUSY)
        proceed(save, result == FLOPPY_OK, now);
    return save->result;
}

bool floppy_save_is_off(const struct floppy_save *save)
{
    return floppy_is_off(&save->floppy);
}

void floppy_save_stop(struct floppy_save *save)
{
    floppy_stop(&save->floppy);
    if (save->result == FLOPPY_SAVE_BUSY)
        save->result = FLOPPY_SAVE_FAILED;
}

/* Returns true if the driver has the reason of the failure. */
static bool is_due_to_drive(const struct floppy_save *save)
{
    enum saved_result result = save->file.result;

    return result == SAVED_BUSY || result == SAVED_NOT_READ ||
           result == SAVED_NOT_WRITTEN;
}

void floppy_save_describe(const struct floppy_save *save, struct strbuf *text)
{
    if (save->result == FLOPPY_SAVE_FAILED)
        strbuf_add(text, "Not saved: ");
    if (save->result == FLOPPY_SAVE_FAILED && is_due_to_drive(save))
        floppy_result_describe(text, save->floppy.result, save->floppy.sector);
    else
        strbuf_add(text, "%s", saved_file_sentence(save->file.result));
}
