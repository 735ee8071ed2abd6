/* SPDX-License-Identifier: MIT */
#include "names.h"
#include <string.h>

#define FIGURES "0123456789"
#define FIRST   "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.$"

bool name_is(struct span word)
{
    return span_only(word, FIRST FIGURES) &&
           span_only((struct span){word.at, 1}, FIRST);
}

struct span name_take(struct span *rest)
{
    const struct span none = {rest->at, 0};
    const char *end = rest->at + rest->length;
    struct span text = span_trim(*rest), name = text;
    size_t length = 0;

    while (length < text.length && text.at[length] != ':')
        length++;
    name.length = length;
    name = span_trim(name);
    if (length == text.length || !name_is(name))
        return none;
    *rest = span_trim(span_between(text.at + length + 1, end));
    return name;
}

static struct span text_of(const struct name *name)
{
    return (struct span){name->text, name->length};
}

static const struct name *find(const struct names *names, struct span text)
{
    for (unsigned i = 0; i < names->count; i++)
        if (span_equals(text_of(&names->name[i]), text))
            return &names->name[i];
    return NULL;
}

bool names_add(struct names *names, struct span text, unsigned line,
               struct strbuf *wrong)
{
    const struct name *other = find(names, text);

    if (other != NULL && other->line == line)
        return true;
    if (other != NULL) {
        span_quote(wrong, text);
        if (other->line < NAME_OF_SEVERAL)
            strbuf_add(wrong, " is already the name of line %u", other->line);
        else
            strbuf_add(wrong, " is already a name");
        return false;
    }
    if (text.length > NAME_SIZE_MAX) {
        span_quote(wrong, text);
        strbuf_add(wrong,
                   " is too long for a name, which has at most %u "
                   "characters",
                   NAME_SIZE_MAX);
        return false;
    }
    if (names->count == NAMES_MAX) {
        strbuf_add(wrong, "there are more than %u names", NAMES_MAX);
        return false;
    }
    struct name *name = &names->name[names->count++];

    *name =
        (struct name){.length = (uint8_t)text.length, .line = (uint8_t)line};
    memcpy(name->text, text.at, text.length);
    return true;
}

void names_add_note(struct names *names, struct span note, unsigned line)
{
    char sentence[1];
    struct strbuf ignored = strbuf_begin(sentence, sizeof sentence);
    struct span text = name_take(&note);
    const struct name *other = find(names, text);

    if (other != NULL)
        names->name[other - names->name].line = NAME_OF_SEVERAL;
    else if (text.length > 0)
        names_add(names, text, line, &ignored);
}

bool names_find(const struct names *names, struct span text, unsigned *line)
{
    const struct name *name = find(names, text);

    if (name == NULL)
        return false;
    *line = name->line;
    return true;
}
