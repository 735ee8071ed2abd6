/* SPDX-License-Identifier: MIT */
#include "option_parser.h"
#include "emu/session/pace.h"
#include "emu/translator/translator.h"
#include "option_table.h"
#include <string.h>

static bool is_separator(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool contains(const char *word, size_t length, char c)
{
    for (size_t i = 0; i < length; i++)
        if (word[i] == c)
            return true;
    return false;
}

static const struct option *find(const char *word, size_t length,
                                 size_t *name_length)
{
    for (unsigned i = 0; i < option_count; i++) {
        const char *name = option_table[i].name;
        size_t size = strlen(name);
        bool valued = name[size - 1] == '=';

        *name_length = size;
        if (length >= size && memcmp(word, name, size) == 0 &&
            (valued || length == size))
            return &option_table[i];
    }
    return NULL;
}

static void warn(struct strbuf *warnings, const char *what, const char *word,
                 size_t length)
{
    strbuf_add_apart(warnings);
    strbuf_add(warnings, "boot option \"%.*s\" %s",
               (int)(length < 40 ? length : 40), word, what);
}

static void parse_word(struct options *options, const char *word, size_t length,
                       struct strbuf *warnings)
{
    size_t name_length;
    const struct option *option = find(word, length, &name_length);

    if (option == NULL)
        warn(warnings, "is unknown", word, length);
    else if (!option->set(options, word + name_length, length - name_length))
        warn(warnings, "has an invalid value", word, length);
}

static bool is_path(const char *word, size_t length)
{
    return !contains(word, length, '=') &&
           (contains(word, length, '/') || contains(word, length, '.'));
}

/* Returns the value if WORD begins with NAME, or else NULL. */
static char *value_of(char *word, const char *name)
{
    while (*name != '\0')
        if (*word++ != *name++)
            return NULL;
    return word;
}

void options_hide_secrets(char *command)
{
    bool starts = true; /* true at the start of a word */

    for (; *command != '\0'; command++) {
        char *value = starts ? value_of(command, "pin=") : NULL;

        while (value != NULL && *value != '\0' && !is_separator(*value))
            *value++ = '*';
        starts = is_separator(*command);
    }
}

void options_read(struct options *options, const char *command,
                  struct strbuf *warnings)
{
    bool first = true;

    *options = (struct options){
        .speed = SPEED_REAL,
        .engine = &engine_predecoded,
        .hot = TRANSLATOR_HOT,
        .screen.dots = 8,
        .baud = BAUD,
        .data = PORT_COM1,
    };
    while (*command != '\0') {
        size_t length = 0;

        if (is_separator(*command)) {
            command++;
            continue;
        }
        while (command[length] != '\0' && !is_separator(command[length]))
            length++;
        if (!first || !is_path(command, length))
            parse_word(options, command, length, warnings);
        command += length;
        first = false;
    }
}
