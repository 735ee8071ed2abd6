/* SPDX-License-Identifier: MIT */
/*
 * Runs the floppy driver, and saves programs by it, on QEMU's floppy
 * controller. The PC's processor does not run; ports and memory are accessed by
 * QEMU's qtest protocol, and time passes only while the driver waits.
 *
 *   floppy SOCKET
 *
 * SOCKET is the number of a file descriptor.  Each row of the input is a
 * command, and each has a row of output:
 *
 *   open, close            what the driver reports, or "off"
 *   read FIRST COUNT       the sectors in hexadecimal, or what it reports
 *   write FIRST COUNT N    writes bytes N, N + 1, and so on
 *   boot FILE              takes SAVED.ASM as read at boot; "booted"
 *   save FILE              saves the program in FILE
 *   accesses               number of accesses to ports
 *   limit N                exits with status 3 instead of access N; "limited"
 */
#define _POSIX_C_SOURCE 200809L
#include "arch/cpu.h"
#include "arch/io.h"
#include "platform/floppy_save.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ADDRESS   0x200000u /* of the buffer for DMA in the PC's memory */
#define LINE_SIZE (2 * FLOPPY_BUFFER_SIZE + 100)
#define POLL_US   1000u
#define END_US    60000000u

#define DMA_MASK     0x0A
#define DMA_UNMASKED 0x02 /* of channel 2 */

static FILE *replies;
static int commands;
static char line[LINE_SIZE];
static uint8_t buffer[FLOPPY_BUFFER_SIZE];
static uint64_t now = 1;
static unsigned long accesses, limit;

static struct floppy_save save;
static struct floppy *const floppy = &save.floppy;

/* --------------------------------------------------------------- qtest --- */

/* Sends `line` and receives the reply there.  Returns what follows OK. */
static const char *exchange(void)
{
    size_t length = strlen(line);

    if (write(commands, line, length) != (ssize_t)length ||
        fgets(line, sizeof line, replies) == NULL ||
        strncmp(line, "OK", 2) != 0) {
        fprintf(stderr, "QEMU does not reply\n");
        exit(EXIT_FAILURE);
    }
    return line + 2;
}

static void upload(void)
{
    int length =
        sprintf(line, "write 0x%x 0x%x 0x", ADDRESS, FLOPPY_BUFFER_SIZE);

    for (size_t i = 0; i < sizeof buffer; i++)
        length += sprintf(line + length, "%02x", buffer[i]);
    sprintf(line + length, "\n");
    exchange();
}

static void download(void)
{
    sprintf(line, "read 0x%x 0x%x\n", ADDRESS, FLOPPY_BUFFER_SIZE);
    const char *hex = exchange() + strlen(" 0x");

    for (size_t i = 0; i < sizeof buffer; i++) {
        unsigned byte;

        sscanf(hex + 2 * i, "%2x", &byte);
        buffer[i] = (uint8_t)byte;
    }
}

static void count_access(void)
{
    if (++accesses == limit)
        _exit(3);
}

/* The buffer is the PC's only while DMA is possible. */
void port_write(uint16_t port, uint8_t value)
{
    static bool lent;

    count_access();
    bool lends = port == DMA_MASK ? value == DMA_UNMASKED : lent;

    if (lends && !lent)
        upload();
    sprintf(line, "outb 0x%x 0x%x\n", port, value);
    exchange();
    if (lent && !lends)
        download();
    lent = lends;
}

uint8_t port_read(uint16_t port)
{
    count_access();
    sprintf(line, "inb 0x%x\n", port);
    return (uint8_t)strtoul(exchange(), NULL, 0);
}

void port_delay(void)
{
}

uint32_t interrupts_save(void)
{
    return 0;
}

void interrupts_restore(uint32_t flags)
{
    (void)flags;
}

/* ------------------------------------------------------------ commands --- */

static void wait_for_driver(void)
{
    for (uint64_t end = now + END_US; now < end; now += POLL_US)
        if (floppy_poll(floppy, now) != FLOPPY_BUSY)
            return;
    fprintf(stderr, "the driver does not end\n");
    exit(EXIT_FAILURE);
}

static void print_result(void)
{
    char text[200];
    struct strbuf out = strbuf_begin(text, sizeof text);

    floppy_result_describe(&out, floppy->result, floppy->sector);
    puts(text);
}

static void transfer(bool write, unsigned first, unsigned count, unsigned seed)
{
    static uint8_t data[FLOPPY_BUFFER_SIZE];
    const struct floppy_request request = {write, (uint16_t)first,
                                           (uint8_t)count, data};

    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)(seed + i);
    floppy_transfer(floppy, &request, now);
    wait_for_driver();
    if (write || floppy->result != FLOPPY_OK) {
        print_result();
        return;
    }
    for (size_t i = 0; i < count * FLOPPY_SECTOR; i++)
        printf("%02x", data[i]);
    puts("");
}

static size_t load(const char *path, char *text)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    size_t size = fread(text, 1, SAVED_SIZE_MAX, file);

    fclose(file);
    return size;
}

static void boot(const char *path)
{
    static char text[SAVED_SIZE_MAX];
    size_t size = load(path, text);

    floppy_save_init(&save, text, size, buffer, ADDRESS);
    puts("booted");
}

static void save_program(const char *path)
{
    static char text[SAVED_SIZE_MAX];
    char message[200];
    struct strbuf out = strbuf_begin(message, sizeof message);

    floppy_save_begin(&save, text, load(path, text), now);
    for (uint64_t end = now + END_US; now < end; now += POLL_US)
        if (floppy_save_poll(&save, now) != FLOPPY_SAVE_BUSY)
            break;
    floppy_save_describe(&save, &out);
    puts(message);
}

static void close_drive(void)
{
    floppy_close(floppy, now);
    while (!floppy_is_off(floppy))
        floppy_poll(floppy, now += POLL_US);
    puts("off");
}

static void execute(const char *row)
{
    char word[20] = "", path[200] = "";
    unsigned first = 0, count = 0, seed = 0;

    sscanf(row, "%19s %199s", word, path);
    sscanf(row, "%*s %u %u %u", &first, &count, &seed);
    if (strcmp(word, "open") == 0) {
        floppy_open(floppy, now);
        wait_for_driver();
        print_result();
    } else if (strcmp(word, "close") == 0) {
        close_drive();
    } else if (strcmp(word, "read") == 0 || strcmp(word, "write") == 0) {
        transfer(word[0] == 'w', first, count, seed);
    } else if (strcmp(word, "boot") == 0) {
        boot(path);
    } else if (strcmp(word, "save") == 0) {
        save_program(path);
    } else if (strcmp(word, "accesses") == 0) {
        printf("%lu\n", accesses);
    } else if (strcmp(word, "limit") == 0) {
        limit = accesses + first;
        puts("limited");
    }
}

int main(int count, char **arguments)
{
    char row[300];

    if (count != 2)
        return EXIT_FAILURE;
    commands = atoi(arguments[1]);
    replies = fdopen(dup(commands), "r");
    floppy_init(floppy, buffer, ADDRESS);
    while (fgets(row, sizeof row, stdin) != NULL) {
        execute(row);
        fflush(stdout);
    }
    return EXIT_SUCCESS;
}
