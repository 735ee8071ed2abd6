/* SPDX-License-Identifier: MIT */
#include "library.h"
#include "emu/format/log.h"
#include "emu/format/simh.h"
#include <string.h>

#define SCAN_SIZE 4096 /* bytes searched for title, author and file type */

int library_add(struct library *library, const char *name, const char *text,
                size_t size)
{
    if (library->count == LIBRARY_MAX)
        return -1;
    library->file[library->count] = (struct library_file){name, text, size};
    return (int)library->count++;
}

struct library_file library_store(const char *text)
{
    return (struct library_file){"store", text, strlen(text)};
}

/* Returns true if NAME is the file name, with or without its extension. */
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

/* Returns the length of the comment marker at TEXT, or 0 if there is none. */
static size_t mark_length(const char *text, size_t size)
{
    if (size > 0 && (text[0] == ';' || text[0] == '#'))
        return 1;
    if (size > 1 && text[0] == text[1] && (text[0] == '/' || text[0] == '-'))
        return 2;
    return 0;
}

/* Appends the text of a comment.  TEXT must point just past its marker. */
static void add_comment(struct strbuf *title, const char *text, size_t size)
{
    char mark = text[-1];
    size_t at = 0;

    while (at < size && (text[at] == ' ' || text[at] == mark))
        at++;
    for (; at < size && text[at] != '\n' && text[at] != '\r' && !title->cut;
         at++)
        strbuf_add(title, "%c", text[at] >= ' ' ? text[at] : '?');
}

static size_t scan_size(const struct library_file *file)
{
    return file->size < SCAN_SIZE ? file->size : SCAN_SIZE;
}

static size_t line_length(const char *text, size_t size)
{
    size_t length = 0;

    while (length < size && text[length] != '\n' && text[length] != '\r')
        length++;
    return length;
}

static void skip(struct library_file *rest, size_t size)
{
    rest->text += size;
    rest->size -= size;
}

static void skip_line(struct library_file *rest)
{
    size_t length = line_length(rest->text, rest->size);

    skip(rest, length + (length < rest->size));
}

/* Moves the next non-empty comment from *REST to *TEXT.  Stops at the first
   line that is neither blank nor a comment. */
static void read_comment(struct library_file *rest, struct strbuf *text)
{
    while (rest->size > 0 && text->length == 0) {
        size_t mark = mark_length(rest->text, rest->size);

        if (mark > 0)
            add_comment(text, rest->text + mark, rest->size - mark);
        else if (line_length(rest->text, rest->size) > 0)
            return;
        skip_line(rest);
    }
}

size_t library_read_info(const struct library_file *file,
                         struct library_info *card)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    struct strbuf title = strbuf_begin(card->title, sizeof card->title);
    struct strbuf author = strbuf_begin(card->author, sizeof card->author);
    struct library_file rest = {file->name, file->text, scan_size(file)};

    if (rest.size >= 3 && memcmp(rest.text, byte_order_mark, 3) == 0)
        skip(&rest, 3);
    if (library_is_state(file))
        skip_line(&rest);
    if (simh_is(file->text, file->size))
        rest.size = 0;
    read_comment(&rest, &title);
    if (log_is_mark((struct span){card->title, title.length})) {
        title = strbuf_begin(card->title, sizeof card->title);
        read_comment(&rest, &title);
    }
    if (title.length == 0)
        strbuf_add(&title, "%s", file->name);
    else
        read_comment(&rest, &author);
    if (author.length < 3 || memcmp(card->author, "by ", 3) != 0)
        card->author[0] = '\0';
    return scan_size(file) - rest.size;
}

static void add_problem(void *context, bool error, unsigned line,
                        const char *sentence)
{
    struct library_reader *reader = context;

    /* An error stops the reader and replaces the first warning. */
    if (error || reader->problems == 0) {
        struct strbuf message =
            strbuf_begin(reader->message, sizeof reader->message);

        strbuf_add(&message, "%s", reader->file.name);
        if (line > 0) /* not the whole file */
            strbuf_add(&message, ":%u", line);
        strbuf_add(&message, ": %s", sentence);
    }
    reader->problems++;
}

bool library_is_state(const struct library_file *file)
{
    return snapshot_file_is(file->text, scan_size(file));
}

void library_start(struct library_reader *reader,
                   const struct library_file *file)
{
    const struct reader_report report = {add_problem, reader};

    reader->file = *file;
    reader->problems = 0;
    reader->message[0] = '\0';
    reader_start(&reader->reader, file->text, file->size, &report);
}

/* Appends the number of further warnings to the message. */
static void count_more(struct library_reader *reader)
{
    size_t length = strlen(reader->message);
    struct strbuf message =
        strbuf_begin(reader->message + length, sizeof reader->message - length);

    if (reader->reader.good && reader->problems > 1)
        strbuf_add(&message, " (and %u more)", reader->problems - 1);
}

bool library_slice(struct library_reader *reader, size_t bytes)
{
    if (!reader_is_active(&reader->reader))
        return false;
    if (reader_slice(&reader->reader, bytes))
        return true;
    count_more(reader);
    return false;
}
