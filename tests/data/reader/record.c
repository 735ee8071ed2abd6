/* SPDX-License-Identifier: MIT */
/*
 * Records what the file reader of commit 914a9f6 makes of the files named as
 * arguments and of their mutants.  Compiled with the sources of that commit:
 * see record.sh, and for the form of the recording test_reader_recording.c.
 */
#include "emu/reader.h"
#include "emu/state.h"
#include "tests/lib/reader_result.h"

static void ignore(void *context, bool error, unsigned line,
                   const char *sentence)
{
    (void)context;
    (void)error;
    (void)line;
    (void)sentence;
}

static struct reader_result read_mutant(const struct mutant *mutant)
{
    const struct reader_report report = {ignore, NULL};
    static struct program program;
    static struct moment moment;
    struct reader_result result;

    if (!state_is(mutant->text, mutant->size)) {
        if (!program_read(&program, mutant->text, mutant->size, &report))
            return (struct reader_result){.accepted = false};
        return result_of(&program);
    }
    if (!state_read(&moment, &program, mutant->text, mutant->size, &report))
        return (struct reader_result){.accepted = false};
    result = result_of(&program);
    result_add_state(&result, &moment.machine, &moment.controls, moment.hung,
                     (uint64_t[]){moment.uncounted, moment.machine_us});
    return result;
}

static void record(const char *name)
{
    static struct mutant original, mutant;

    if (!read_original(&original, name)) {
        fprintf(stderr, "%s: cannot be read\n", name);
        exit(1);
    }
    printf("file %s %08x", name,
           hash_bytes(HASH_START, original.text, original.size));
    for (unsigned number = 0; number < MUTANTS; number++) {
        make_mutant(&mutant, &original, name, number);
        struct reader_result result = read_mutant(&mutant);

        fputs(number % 4 == 0 ? "\n" : " ", stdout);
        if (result.accepted)
            printf("%08x:%08x", result.words, result.texts);
        else
            printf("-");
    }
    printf("\n");
}

int main(int count, char **names)
{
    printf("# What the file reader of commit 914a9f6 made of files and their "
           "mutants.\n"
           "# Made by tests/data/reader/record.sh.\n");
    for (int i = 1; i < count; i++)
        record(names[i]);
    return 0;
}
