/* SPDX-License-Identifier: MIT */
#include "floppy_disk.h"
#include "drivers/clock.h"
#include "floppy_save.h"
#include <string.h>

#define BUFFER (FLOPPY_TRANSFER * FLOPPY_SECTOR)

/* DMA reaches the first 16 MB only, and must not cross a boundary of 64 KB. */
static _Alignas(BUFFER) uint8_t buffer[BUFFER];
static struct floppy_save *saved; /* NULL if there is no such floppy */
static char *text;                /* copy of SAVED.ASM, kept current */
static size_t text_size;
static struct library *library;

/* Adds the program that was saved last. */
static void add_to_library(void)
{
    static char names[SAVED_MAX][12];
    static struct saved_program programs[SAVED_MAX];
    unsigned count = saved_split(text, text_size, programs, SAVED_MAX);

    if (count == 0)
        return;
    struct strbuf name = strbuf_begin(names[count - 1], sizeof names[0]);

    strbuf_add(&name, "saved-%u", count);
    library_add(library, names[count - 1], programs[count - 1].text,
                programs[count - 1].size);
}

static void save(const char *program, size_t length)
{
    floppy_save_begin(saved, program, length, clock_now());
}

static bool describe(struct strbuf *sentence)
{
    bool good = saved->result == FLOPPY_SAVE_DONE;

    floppy_save_describe(saved, sentence);
    if (good)
        add_to_library();
    return good;
}

static const struct disk disk = {
    .save = save,
    .is_busy = floppy_disk_is_busy,
    .describe = describe,
};

static const struct boot_module *find(const struct boot_information *boot)
{
    for (unsigned i = 0; boot->floppy && i < boot->modules; i++)
        if (saved_is_called(boot->module[i].name) &&
            boot->module[i].size <= SAVED_SIZE_MAX)
            return &boot->module[i];
    return NULL;
}

void floppy_disk_start(struct ui *ui, const struct boot_information *boot,
                       struct range *memory)
{
    const struct boot_module *module = find(boot);

    if (module == NULL)
        return;
    saved = (struct floppy_save *)memory_take(
        memory, (uint32_t)(sizeof *saved + module->size));
    if (saved == NULL)
        return;
    memset(saved, 0, sizeof *saved);
    text = (char *)(saved + 1);
    text_size = module->size;
    memcpy(text, module->text, text_size);
    floppy_save_init(saved, text, text_size, buffer, (uint32_t)buffer);
    library = &ui->view.library;
    ui->view.environment.disk = &disk;
}

void floppy_disk_poll(uint64_t now)
{
    if (saved != NULL && (floppy_disk_is_busy() || !floppy_save_is_off(saved)))
        floppy_save_poll(saved, now);
}

bool floppy_disk_is_busy(void)
{
    return saved != NULL && saved->result == FLOPPY_SAVE_BUSY;
}

void floppy_disk_stop(void)
{
    if (saved != NULL)
        floppy_save_stop(saved);
}
