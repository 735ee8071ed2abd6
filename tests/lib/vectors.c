/* SPDX-License-Identifier: MIT */
#include "vectors.h"
#include <string.h>

FILE *vectors_open(void)
{
    FILE *file = fopen("tests/conformance/vectors.txt", "r");
    int c;

    if (file == NULL)
        return NULL;
    do
        c = fgetc(file);
    while (c != '\n' && c != EOF);
    return file;
}

bool vectors_read(FILE *file, struct vector *vector)
{
    if (fscanf(file, "%31s %39s %llu %7s %llu %x %x %x %u %x", vector->name,
               vector->options, &vector->limit, vector->end,
               &vector->instructions, &vector->a, &vector->ci, &vector->pi,
               &vector->test, &vector->crc) != 10)
        return false;
    for (unsigned line = 0; line < LINES; line++) {
        unsigned word;

        if (fscanf(file, "%x", &word) != 1)
            return false;
        vector->store[line] = word;
    }
    return true;
}

struct machine vector_machine(const struct vector *vector)
{
    struct machine machine = {
        .ci5 = strstr(vector->options, "ci5") != NULL,
        .immediate_test = strstr(vector->options, "immediate-test") != NULL,
    };

    memcpy(machine.store, vector->store, sizeof machine.store);
    return machine;
}

static uint32_t crc32(const uint8_t *data, size_t size)
{
    uint32_t crc = 0xFFFFFFFF;

    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

uint32_t vector_crc(const struct machine *machine)
{
    uint32_t words[LINES + 3];
    uint8_t bytes[sizeof words + 1];

    memcpy(words, machine->store, sizeof machine->store);
    words[LINES] = machine->a;
    words[LINES + 1] = machine->ci;
    words[LINES + 2] = machine->pi;
    for (size_t i = 0; i < sizeof words; i++)
        bytes[i] = (uint8_t)(words[i / 4] >> i % 4 * 8);
    bytes[sizeof words] = machine->test;
    return crc32(bytes, sizeof bytes);
}
