/* SPDX-License-Identifier: MIT */
#include "compact.h"
#include "base64.h"
#include "emu/machine/instruction_set.h"
#include "emu/text/mnemonic.h"

#define LONGEST       (COMPACT_SIZE - 1 - CHECK)
#define CHECK         2 /* check characters */
#define CRC_BITS      12
#define CRC_GENERATOR 0x180Fu
#define OLDER         178
#define OLDER_PADDED  182

#define A_SHORT 32u /* bit in the CI byte, set if A takes only one byte */

struct bytes {
    uint8_t at[BASE64_SIZE(LONGEST)];
    size_t length;
    size_t used; /* number of bytes read, which may exceed `length` */
};

struct contents {
    uint32_t store[LINES];
    uint32_t a;
    uint32_t ci;
};

/* Returns the CRC-12 of the values of the characters. */
static uint32_t crc_of(const char *text, size_t length)
{
    uint32_t crc = 0;

    for (size_t i = 0; i < length; i++) {
        crc ^= base64_value(text[i]) << (CRC_BITS - BASE64_BITS);
        for (unsigned bit = 0; bit < BASE64_BITS; bit++)
            crc = crc << 1 ^ (crc >> (CRC_BITS - 1) & 1) * CRC_GENERATOR;
    }
    return crc;
}

static bool is_short(uint32_t word)
{
    return (word & ~STATICISOR) == 0;
}

static void put(struct bytes *bytes, uint32_t number, unsigned count)
{
    while (count-- > 0)
        bytes->at[bytes->length++] = (uint8_t)(number >> 8 * count);
}

static void put_word(struct bytes *bytes, uint32_t word)
{
    if (is_short(word))
        put(bytes, word_line(word) | word_function(word) << 5, 1);
    else
        put(bytes, word, 4);
}

void compact_write(struct strbuf *text, const struct program *program)
{
    struct bytes bytes = {.length = 0};
    uint32_t beside = is_short(program->a) ? A_SHORT : 0;
    uint32_t map = 0;

    for (unsigned line = 0; line < LINES; line++)
        map |= (uint32_t)is_short(program->store[line]) << line;
    put(&bytes, map, 4);
    for (unsigned line = 0; line < LINES; line++)
        put_word(&bytes, program->store[line]);
    put(&bytes, word_line(program->ci) | beside, 1);
    put_word(&bytes, program->a);
    base64_write(text, bytes.at, bytes.length);
}

void compact_write_checked(struct strbuf *text, const struct program *program)
{
    compact_write(text, program);
    uint32_t crc = crc_of(text->at, text->length);

    strbuf_add(text, "%c%c", base64_character(crc >> BASE64_BITS),
               base64_character(crc & 63));
}

/* Reads a big-endian number of COUNT bytes.  Missing bytes are read as 0. */
static uint32_t get(struct bytes *bytes, unsigned count)
{
    uint32_t number = 0;

    for (; count > 0; count--, bytes->used++)
        number = number << 8 |
                 (bytes->used < bytes->length ? bytes->at[bytes->used] : 0);
    return number;
}

static uint32_t get_word(struct bytes *bytes, bool in_one_byte)
{
    uint32_t byte;

    if (!in_one_byte)
        return get(bytes, 4);
    byte = get(bytes, 1);
    return word_line(byte) | byte >> 5 << FUNCTION_BIT;
}

static bool read_newer(struct bytes *bytes, struct contents *contents,
                       struct strbuf *wrong)
{
    uint32_t map = get(bytes, 4);
    uint32_t ci;

    for (unsigned line = 0; line < LINES; line++)
        contents->store[line] = get_word(bytes, (map >> line & 1) != 0);
    ci = get(bytes, 1);
    contents->ci = word_line(ci);
    contents->a = get_word(bytes, (ci & A_SHORT) != 0);
    if (bytes->used > bytes->length)
        strbuf_add(wrong, "the text ends before the store is complete");
    if (bytes->used < bytes->length)
        strbuf_add(wrong,
                   "the store is complete, but more text follows character %lu",
                   (unsigned long)BASE64_LENGTH(bytes->used));
    return bytes->used == bytes->length;
}

static bool read_older(struct bytes *bytes, struct contents *contents,
                       struct strbuf *wrong)
{
    for (unsigned line = 0; line < LINES; line++)
        contents->store[line] = get(bytes, 4);
    contents->a = get(bytes, 4);
    contents->ci = get(bytes, 1);
    if (get(bytes, 3) == 0)
        return true;
    strbuf_add(
        wrong,
        "the store is complete, but the text after character %d is not zero",
        OLDER);
    return false;
}

static bool is_older(size_t length)
{
    return length == OLDER || length == OLDER_PADDED;
}

static bool is_newer(size_t length)
{
    return length >= COMPACT_SHORTEST && length <= LONGEST &&
           (length - COMPACT_SHORTEST) % 4 == 0;
}

static bool is_plain(size_t length)
{
    return is_older(length) || is_newer(length);
}

static bool is_checked(size_t length)
{
    return length > CHECK && is_plain(length - CHECK);
}

static bool check_length(size_t length, struct strbuf *wrong)
{
    if (is_plain(length) || is_checked(length))
        return true;
    if (length == 0)
        strbuf_add(wrong, "the text of the store is missing");
    else
        strbuf_add(wrong,
                   "a character is missing, or there is one too many: the text "
                   "has %lu characters, not 51, 55, 59 ... 183 or two more",
                   (unsigned long)length);
    return false;
}

/* Verifies the check characters, and removes them from SPAN. */
static bool remove_check(struct span *span, struct strbuf *wrong)
{
    const char *check = span->at + span->length - CHECK;

    if (!is_checked(span->length))
        return true;
    span->length -= CHECK;
    uint32_t crc = crc_of(span->at, span->length);

    if (base64_value(check[0]) == crc >> BASE64_BITS &&
        base64_value(check[1]) == (crc & 63))
        return true;
    strbuf_add(wrong,
               "a character is wrong, or two are interchanged: the check "
               "at the end, ");
    span_quote(wrong, (struct span){check, CHECK});
    strbuf_add(wrong, ", does not match the text");
    return false;
}

static bool unpack(struct bytes *bytes, struct span span, struct strbuf *wrong)
{
    struct span last = {span.at + span.length - 1, 1};

    bytes->used = 0;
    bytes->length = BASE64_SIZE(span.length);
    if (base64_read(span, bytes->at))
        return true;
    strbuf_add(wrong, "the last character, ");
    span_quote(wrong, last);
    strbuf_add(wrong, ", has unused bits that are not 0");
    return false;
}

static void fill(struct program *program, const struct contents *contents)
{
    program_clear(program);
    program->a = contents->a;
    program->ci = contents->ci;
    for (unsigned line = 0; line < LINES; line++) {
        uint32_t word = contents->store[line];

        program->store[line] = word;
        program->numbers |= (uint32_t)instruction_is_number(word) << line;
    }
}

bool compact_read(const char *text, size_t length, struct program *program,
                  struct strbuf *wrong)
{
    struct span span = {text, length};
    struct bytes bytes;
    struct contents contents;
    bool whole;

    if (!base64_check(span, wrong) || !check_length(length, wrong) ||
        !remove_check(&span, wrong) || !unpack(&bytes, span, wrong))
        return false;
    whole = is_older(span.length) ? read_older(&bytes, &contents, wrong)
                                  : read_newer(&bytes, &contents, wrong);
    if (whole)
        fill(program, &contents);
    return whole;
}
