/* SPDX-License-Identifier: MIT */
#include "library.h"

void library_add(struct library *library, const char *name, const char *text,
                 size_t size)
{
    if (library->count < LIBRARY_MAX)
        library->file[library->count++] =
            (struct library_file){name, text, size};
}

/* Whether NAME is FILE, or FILE without its ending. */
static bool is_called(const char *file, const char *name)
{
    while (*name != '\0' && *file == *name) {
        file++;
        name++;
    }
    return *name == '\0' && (*file == '\0' || *file == '.');
}

int library_find(const struct library *library, const char *name)
{
    for (unsigned i = 0; i < library->count; i++)
        if (is_called(library->file[i].name, name))
            return (int)i;
    return -1;
}

/* The length of the comment mark that FILE begins with; 0: there is none. */
static size_t mark_length(const struct library_file *file)
{
    const char *text = file->text;

    if (file->size > 0 && (text[0] == ';' || text[0] == '#'))
        return 1;
    if (file->size > 1 && text[0] == text[1] &&
        (text[0] == '/' || text[0] == '-'))
        return 2;
    return 0;
}

void library_title(const struct library_file *file,
                   char title[LIBRARY_TITLE_SIZE])
{
    struct text text = text_begin(title, LIBRARY_TITLE_SIZE);
    size_t at = mark_length(file);
    bool commented = at > 0;

    while (commented && at < file->size &&
           (file->text[at] == ' ' || file->text[at] == file->text[0]))
        at++;
    for (; commented && at < file->size && file->text[at] >= ' '; at++)
        text_add(&text, "%c", file->text[at]);
    if (text.length == 0)
        text_add(&text, "%s", file->name);
}

struct sayer {
    struct text *says;
    const char *name;
    unsigned count;
};

static void say(void *context, bool error, unsigned line,
                const char *sentence)
{
    struct sayer *sayer = context;

    /* An error is the last word and the one that counts. */
    if (error)
        *sayer->says = text_begin(sayer->says->at, sayer->says->size);
    if (error || sayer->count == 0)
        text_add(sayer->says, "%s:%u: %s", sayer->name, line, sentence);
    sayer->count++;
}

bool library_read(const struct library_file *file, struct program *program,
                  struct text *says)
{
    struct sayer sayer = {says, file->name, 0};
    struct reader_report report = {say, &sayer};
    bool good = program_read(program, file->text, file->size, &report);

    if (good && sayer.count > 1)
        text_add(says, " (and %u more)", sayer.count - 1);
    return good;
}
