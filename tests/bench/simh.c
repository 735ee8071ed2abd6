/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE
#include "simh.h"
#include "emu/machine/machine.h"
#include "host.h"
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOT_RUN 127 /* exit status if the program cannot be run */

static FILE *file(const char *folder, const char *name, const char *mode)
{
    char path[64];
    FILE *opened;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    opened = fopen(path, mode);
    if (opened != NULL)
        return opened;
    perror(path);
    exit(2);
}

/* SIMH loads a store only from a file with this extension. */
static void write_program(const char *folder, const uint32_t *store)
{
    static const uint32_t registers[2]; /* A and CI */
    FILE *out = file(folder, "program.st", "wb");

    fwrite(registers, sizeof *registers, 2, out);
    fwrite(store, sizeof *store, LINES, out);
    fclose(out);
}

/* SIMH pauses for 250 ms after each Stop unless an action is set for it. */
static void write_script(const char *folder, unsigned runs, unsigned line)
{
    FILE *out = file(folder, "script", "w");

    fputs("on STOP ignore\n", out);
    while (runs-- > 0)
        fputs("load program.st\ngo\n", out);
    fprintf(out, "examine -h %u\nquit\n", line);
    fclose(out);
}

/* Returns the processor time of processes that have ended, in nanoseconds. */
static uint64_t spent(void)
{
    struct rusage usage;

    getrusage(RUSAGE_CHILDREN, &usage);
    return 1000 * (1000000 * (uint64_t)(usage.ru_utime.tv_sec +
                                        usage.ru_stime.tv_sec) +
                   (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec));
}

/* Executes the script.  Returns the processor time that it took. */
static uint64_t execute(const char *folder, const char *path)
{
    uint64_t before = spent();
    pid_t process;
    int status;

    fflush(NULL); /* the new process would print this, too */
    process = fork();
    if (process == 0) {
        if (chdir(folder) == 0 && freopen("/dev/null", "r", stdin) != NULL &&
            freopen("output", "w", stdout) != NULL)
            execl(path, path, "script", (char *)NULL);
        _exit(NOT_RUN);
    }
    if (waitpid(process, &status, 0) != process ||
        (WIFEXITED(status) && WEXITSTATUS(status) == NOT_RUN)) {
        fprintf(stderr, "%s cannot be run\n", path);
        exit(2);
    }
    return spent() - before;
}

/* Returns whether the output shows VALUE in LINE. */
static bool shows(const char *folder, unsigned line, uint32_t value)
{
    char wanted[32], row[256];
    FILE *in = file(folder, "output", "r");
    bool found = false;

    snprintf(wanted, sizeof wanted, "%u:\t%08X", line, (unsigned)value);
    while (fgets(row, sizeof row, in) != NULL)
        found |= strncmp(row, wanted, strlen(wanted)) == 0;
    fclose(in);
    return found;
}

static void clear(const char *folder)
{
    static const char *const names[] = {"program.st", "script", "output"};
    char path[64];

    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
    rmdir(folder);
}

uint64_t simh_run(const char *path, const uint32_t *store, unsigned line,
                  uint32_t value)
{
    char folder[] = "/tmp/baby-bench-XXXXXX";
    uint64_t once, often;
    bool right;

    if (mkdtemp(folder) == NULL) {
        perror(folder);
        exit(2);
    }
    write_program(folder, store);
    write_script(folder, 1, line);
    once = execute(folder, path);
    write_script(folder, 1 + SIMH_RUNS, line);
    often = execute(folder, path);
    right = shows(folder, line, value);
    clear(folder);
    return right && often > once ? (often - once) / SIMH_RUNS : 0;
}
