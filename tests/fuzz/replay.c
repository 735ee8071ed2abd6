/* SPDX-License-Identifier: MIT */
/*
 * A main() for fuzz targets where there is no libFuzzer: calls the target for
 * each file named, or else for each of its corpus, which must not be empty.
 */
#define _POSIX_C_SOURCE 200809L
/* readdir() of 32 bits fails under qemu-i386, where offsets have 64. */
#define _FILE_OFFSET_BITS 64
#include "fuzz.h"
#include <dirent.h>

#define CORPUS         "tests/fuzz/corpus"
#define INPUT_SIZE_MAX 65536

static void fail(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(1);
}

/* In memory of just its size, so that any look beyond it is seen. */
static void replay(const char *path)
{
    static uint8_t bytes[INPUT_SIZE_MAX];
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        fail(path, "cannot be opened");
    size_t size = fread(bytes, 1, sizeof bytes, file);

    fclose(file);
    if (size == sizeof bytes)
        fail(path, "is too long");
    uint8_t *copy = malloc(size + 1);

    if (copy == NULL)
        fail(path, "no memory");
    memcpy(copy + 1, bytes, size);
    fprintf(stderr, "%s\n", path); /* the last one is that which failed */
    LLVMFuzzerTestOneInput(copy + 1, size);
    free(copy);
}

static void replay_folder(const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort), files = 0;

    for (int i = 0; i < count; i++) {
        char path[512];

        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.') {
            replay(path);
            files++;
        }
        free(entries[i]);
    }
    if (files == 0)
        fail(folder, "there is no corpus");
    free(entries);
}

int main(int count, char **arguments)
{
    const char *slash = strrchr(arguments[0], '/');
    char folder[256];

    snprintf(folder, sizeof folder, CORPUS "/%s",
             slash != NULL ? slash + 1 : arguments[0]);
    for (int i = 1; i < count; i++)
        replay(arguments[i]);
    if (count == 1)
        replay_folder(folder);
    return 0;
}
