/* SPDX-License-Identifier: MIT */
/*
 * ESC [ is followed by parameter bytes (30 to 3F), intermediate bytes (20 to
 * 2F) and a final byte (40 to 7E) (ECMA-48 5.4).  ESC O (SS3) is followed by
 * one character, but some xterms send a digit first.  There are two exceptions:
 * the Linux console sends ESC [ [ A for F1, and rxvt ends shifted keys with $.
 */
#include "escape_decoder.h"
#include "keymap.h"
#include <stddef.h>
#include <string.h>

#define ESCAPE     0x1B
#define DELETE     0x7F
#define INTRO_SIZE 3

/* Modifier bits, sent as a bitmask plus 1 (xterm, "PC-Style Function Keys"). */
#define MODIFIER_ALT  2
#define MODIFIER_CTRL 4
#define MODIFIER_META 8
#define WITH_CTRL     (1 + MODIFIER_CTRL)

/* Keys identified by the final letter of their sequence. */
static const struct {
    char intro[INTRO_SIZE]; /* prefix before any parameters */
    char letter;
    uint8_t key;
    bool control;
} by_letter[] = {
    {"[", 'A', KEY_UP, false},
    {"[", 'B', KEY_DOWN, false},
    {"[", 'C', KEY_RIGHT, false},
    {"[", 'D', KEY_LEFT, false},
    {"[", 'H', KEY_HOME, false},
    {"[", 'F', KEY_END, false},
    {"[", 'P', KEY_F1, false},
    {"[", 'Q', KEY_F2, false},
    {"[", 'R', KEY_F3, false},
    {"[", 'S', KEY_F4, false},
    {"[", 'Z', KEY_TAB, false}, /* Shift-Tab */
    /* Sent by SCO terminals. */
    {"[", 'G', KEY_PAGE_DOWN, false},
    {"[", 'L', KEY_INSERT, false},
    /* Sent by rxvt while Shift is held. */
    {"[", 'a', KEY_UP, false},
    {"[", 'b', KEY_DOWN, false},
    {"[", 'c', KEY_RIGHT, false},
    {"[", 'd', KEY_LEFT, false},
    /* Sent by the Linux console. */
    {"[[", 'A', KEY_F1, false},
    {"[[", 'B', KEY_F2, false},
    {"[[", 'C', KEY_F3, false},
    {"[[", 'D', KEY_F4, false},
    {"[[", 'E', KEY_F5, false},
    /* Sent in application mode. */
    {"O", 'A', KEY_UP, false},
    {"O", 'B', KEY_DOWN, false},
    {"O", 'C', KEY_RIGHT, false},
    {"O", 'D', KEY_LEFT, false},
    {"O", 'H', KEY_HOME, false},
    {"O", 'F', KEY_END, false},
    {"O", 'M', KEY_ENTER, false},
    /* PF1 to PF4 of a VT100 keypad. */
    {"O", 'P', KEY_F1, false},
    {"O", 'Q', KEY_F2, false},
    {"O", 'R', KEY_F3, false},
    {"O", 'S', KEY_F4, false},
    /* Sent by rxvt while Ctrl is held. */
    {"O", 'a', KEY_UP, true},
    {"O", 'b', KEY_DOWN, true},
    {"O", 'c', KEY_RIGHT, true},
    {"O", 'd', KEY_LEFT, true},
};

/* Keys by number, as in ESC [ 11 ~.  Terminals disagree on Home and End. */
static const uint8_t by_number[] = {
    [1] = KEY_HOME,    [2] = KEY_INSERT,    [3] = KEY_DELETE, [4] = KEY_END,
    [5] = KEY_PAGE_UP, [6] = KEY_PAGE_DOWN, [7] = KEY_HOME,   [8] = KEY_END,
    [11] = KEY_F1,     [12] = KEY_F2,       [13] = KEY_F3,    [14] = KEY_F4,
    [15] = KEY_F5,     [17] = KEY_F6,       [18] = KEY_F7,    [19] = KEY_F8,
    [20] = KEY_F9,     [21] = KEY_F10,      [23] = KEY_F11,   [24] = KEY_F12,
};

static struct event tap(enum key key, bool control)
{
    return (struct event){
        .key = key, .down = true, .control = control, .tap = true};
}

static struct event character(const struct escape_decoder *decoder, char c,
                              bool control)
{
    struct event event = tap(KEY_CHARACTER, control);

    event.character = c;
    event.position = keymap_find(decoder->keymap, c);
    return event;
}

static enum key key_of(uint8_t byte)
{
    switch (byte) {
    case '\r':
    case '\n':
        return KEY_ENTER;
    case '\t':
        return KEY_TAB;
    case '\b':
    case DELETE:
        return KEY_BACKSPACE;
    default:
        return KEY_NONE;
    }
}

/* CR LF is decoded as one Enter.  Non-ASCII bytes are ignored. */
static unsigned decode_plain(struct escape_decoder *decoder, uint8_t byte,
                             struct event *event)
{
    bool second = decoder->returned && byte == '\n';
    enum key key = key_of(byte);

    decoder->returned = byte == '\r';
    if (second)
        return 0;
    if (key != KEY_NONE)
        *event = tap(key, false);
    else if (byte >= 1 && byte <= 26)
        *event = character(decoder, (char)('a' + byte - 1), true);
    else if (byte >= ' ' && byte < DELETE)
        *event = character(decoder, (char)byte, false);
    else
        return 0;
    return 1;
}

struct parts {
    char intro[INTRO_SIZE];
    unsigned number[2]; /* numeric parameters, 0 if missing */
    char final;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Parses the sequence.  Returns false if it is malformed. */
static bool parse(const struct escape_decoder *decoder, struct parts *parts)
{
    const char *at = decoder->sequence, *last = at + decoder->length - 1;
    unsigned count = 0;

    *parts = (struct parts){.intro = {*at++}, .final = *last};
    if (at < last && *at == '[')
        parts->intro[1] = *at++;
    for (; at < last; at++) {
        if (*at == ';' && count == 0)
            count = 1;
        else if (is_digit(*at) && parts->number[count] < 1000)
            parts->number[count] =
                parts->number[count] * 10 + (unsigned)(*at - '0');
        else
            return false;
    }
    return true;
}

/* Returns the key of a numbered sequence and sets *MODIFIER to its modifier. */
static enum key numbered(const struct parts *parts, unsigned *modifier)
{
    unsigned number = parts->number[0];
    bool rxvt_control = parts->final == '^' || parts->final == '@';

    *modifier = rxvt_control ? WITH_CTRL : parts->number[1];
    return number < sizeof by_number ? by_number[number] : KEY_NONE;
}

/* SCO terminals send ESC [ M for F1 to ESC [ X for F12, and I for Page Up. From
   others, I and O say that the window has or loses the focus, and P to S are F1
   to F4.  So these count only once another letter has been received. */
static enum key sco(struct escape_decoder *decoder, char final)
{
    bool function = final >= 'M' && final <= 'X';

    if (function && (final < 'O' || final > 'S'))
        decoder->sco = true;
    if (!decoder->sco)
        return KEY_NONE;
    return function       ? (enum key)(KEY_F1 + (final - 'M'))
           : final == 'I' ? KEY_PAGE_UP
                          : KEY_NONE;
}

static enum key lettered(struct escape_decoder *decoder,
                         const struct parts *parts, unsigned *modifier)
{
    bool alone = parts->intro[0] == '[' && decoder->length == 2;
    enum key key = alone ? sco(decoder, parts->final) : KEY_NONE;

    if (key != KEY_NONE) {
        *modifier = 0;
        return key;
    }
    /* The only parameter after ESC O is the modifier. */
    *modifier = parts->number[parts->intro[0] == '['];
    for (unsigned i = 0; i < sizeof by_letter / sizeof by_letter[0]; i++) {
        if (by_letter[i].letter != parts->final ||
            memcmp(by_letter[i].intro, parts->intro, INTRO_SIZE) != 0)
            continue;
        if (by_letter[i].control)
            *modifier = WITH_CTRL;
        return by_letter[i].key;
    }
    return KEY_NONE;
}

/* The cursor is never queried in row 1, because ESC [ 1 ; 5 R is Ctrl-F3. */
static bool is_position(const struct parts *parts)
{
    return parts->final == 'R' && parts->intro[1] == '\0' &&
           parts->number[0] > 1 && parts->number[1] > 0;
}

static unsigned end_sequence(struct escape_decoder *decoder,
                             struct event *event)
{
    struct parts parts;
    unsigned modifier;

    decoder->inside = false;
    if (decoder->length >= ESCAPE_SIZE || !parse(decoder, &parts))
        return 0;
    if (is_position(&parts)) {
        decoder->row = parts.number[0];
        decoder->column = parts.number[1];
        *event = tap(KEY_ESCAPE, false);
        return decoder->alt;
    }
    enum key key = parts.final == '~' || parts.final == '^' ||
                           parts.final == '$' || parts.final == '@'
                       ? numbered(&parts, &modifier)
                       : lettered(decoder, &parts, &modifier);
    unsigned bits = modifier > 0 ? modifier - 1 : 0;

    *event = tap(key, bits & MODIFIER_CTRL);
    event->alt = decoder->alt || bits & MODIFIER_ALT;
    event->windows = bits & MODIFIER_META;
    return key != KEY_NONE;
}

/* Returns true if BYTE ends the sequence. */
static bool is_final(const struct escape_decoder *decoder, uint8_t byte)
{
    const char *sequence = decoder->sequence;
    unsigned length = decoder->length;

    if (sequence[0] == 'O')
        return !is_digit((char)byte);
    if (length == 1 && byte == '[')
        return false;
    if (byte == '$')
        return length > 1 && is_digit(sequence[1]);
    return byte >= '@';
}

static void begin(struct escape_decoder *decoder)
{
    decoder->inside = true;
    decoder->alt = false;
    decoder->length = 0;
    decoder->returned = false;
}

/* After Esc, a printable character is a second key.  Any other byte is a key
   that was pressed with Alt. */
static unsigned decode_after_escape(struct escape_decoder *decoder,
                                    uint8_t byte,
                                    struct event events[ESCAPE_EVENTS])
{
    bool alt = byte < ' ' || byte == DELETE;
    unsigned escapes = (unsigned)decoder->alt + !alt;

    decoder->inside = false;
    for (unsigned i = 0; i < escapes; i++)
        events[i] = tap(KEY_ESCAPE, false);
    unsigned count = decode_plain(decoder, byte, &events[escapes]);

    if (count > 0)
        events[escapes].alt = alt;
    return escapes + count;
}

/* Decodes the first byte after Esc.  On a third Esc, the first one is reported
   as a key. */
static unsigned decode_first(struct escape_decoder *decoder, uint8_t byte,
                             struct event events[ESCAPE_EVENTS])
{
    bool alt = decoder->alt;

    if (byte == '[' || byte == 'O') {
        decoder->sequence[decoder->length++] = (char)byte;
        return 0;
    }
    if (byte != ESCAPE)
        return decode_after_escape(decoder, byte, events);
    begin(decoder);
    decoder->alt = true;
    events[0] = tap(KEY_ESCAPE, false);
    return alt;
}

static unsigned decode_next(struct escape_decoder *decoder, uint8_t byte,
                            struct event events[ESCAPE_EVENTS])
{
    if (byte < ' ' || byte >= DELETE) {
        decoder->inside = false;
        return decode_plain(decoder, byte, events);
    }
    bool final = is_final(decoder, byte);

    if (decoder->length < ESCAPE_SIZE)
        decoder->sequence[decoder->length++] = (char)byte;
    return final ? end_sequence(decoder, events) : 0;
}

unsigned escape_decode(struct escape_decoder *decoder, uint8_t byte,
                       uint64_t now, struct event events[ESCAPE_EVENTS])
{
    decoder->since = now;
    if (decoder->inside && decoder->length == 0)
        return decode_first(decoder, byte, events);
    if (byte == ESCAPE) {
        begin(decoder);
        return 0;
    }
    return decoder->inside ? decode_next(decoder, byte, events)
                           : decode_plain(decoder, byte, events);
}

uint64_t escape_due(const struct escape_decoder *decoder)
{
    if (!decoder->inside)
        return UINT64_MAX;
    return decoder->since +
           (decoder->length == 0 ? ESCAPE_ALONE_US : ESCAPE_BROKEN_US);
}

bool escape_turn(struct escape_decoder *decoder, uint64_t now,
                 struct event *event)
{
    if (now < escape_due(decoder))
        return false;
    decoder->inside = decoder->alt && decoder->length == 0;
    decoder->alt = false;
    *event = tap(KEY_ESCAPE, false);
    return decoder->length == 0;
}
