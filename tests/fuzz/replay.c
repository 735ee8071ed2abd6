/* SPDX-License-Identifier: MIT */
/* Runs a fuzz target without libFuzzer on the files named as arguments or,
   without arguments, on its whole corpus: the files in corpus/TARGET/ and the
   coverage seeds in corpus/TARGET.tar. */
#define _POSIX_C_SOURCE 200809L
/* readdir() fails under qemu-i386 if file offsets have 32 bits. */
#define _FILE_OFFSET_BITS 64
#include "fuzz.h"
#include <dirent.h>

#define CORPUS         "tests/fuzz/corpus"
#define INPUT_SIZE_MAX 65536

/* Offsets in the header of a tar file (POSIX ustar). */
#define TAR_BLOCK 512
#define TAR_SIZE  124 /* offset of the file size in octal */

static unsigned inputs;

static void fail(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(1);
}

static FILE *open_file(const char *path)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        fail(path, "cannot be opened");
    return file;
}

/* Runs the target on a copy with the input's exact size, so that the sanitizer
   detects any access beyond its end.  The name is printed first, to identify an
   input that crashes. */
static void replay(const char *name, const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size + 1);

    if (copy == NULL)
        fail(name, "no memory");
    memcpy(copy + 1, bytes, size);
    fprintf(stderr, "%s\n", name);
    LLVMFuzzerTestOneInput(copy + 1, size);
    free(copy);
    inputs++;
}

static void replay_file(const char *path)
{
    static uint8_t bytes[INPUT_SIZE_MAX];
    FILE *file = open_file(path);
    size_t size = fread(bytes, 1, sizeof bytes, file);

    fclose(file);
    if (size == sizeof bytes)
        fail(path, "is too long");
    replay(path, bytes, size);
}

static void replay_folder(const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);

    for (int i = 0; i < count; i++) {
        char path[512];

        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.')
            replay_file(path);
        free(entries[i]);
    }
    if (inputs == 0)
        fail(folder, "there is no corpus");
    free(entries);
}

static void replay_archive(const char *path)
{
    static uint8_t bytes[INPUT_SIZE_MAX];
    char header[TAR_BLOCK];
    FILE *file = open_file(path);

    while (fread(header, 1, TAR_BLOCK, file) == TAR_BLOCK && header[0]) {
        size_t size = strtoul(header + TAR_SIZE, NULL, 8);
        size_t padded = (size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;

        if (padded > sizeof bytes || fread(bytes, 1, padded, file) != padded)
            fail(path, "is damaged");
        replay(header, bytes, size);
    }
    fclose(file);
}

int main(int count, char **arguments)
{
    const char *slash = strrchr(arguments[0], '/');
    char path[256];

    for (int i = 1; i < count; i++)
        replay_file(arguments[i]);
    if (count > 1)
        return 0;
    snprintf(path, sizeof path, CORPUS "/%s",
             slash != NULL ? slash + 1 : arguments[0]);
    replay_folder(path);
    strcat(path, ".tar");
    replay_archive(path);
    printf("%u inputs\n", inputs);
    return 0;
}
