/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes the program reader with arbitrary files.  A rejected file must not
 * change the program.  An accepted one
 *
 * - is written in every format, and as source with a name for each line, and
 *   must be unchanged when it is read back;
 * - must be read in the same way with other line ends, in capital and in small
 *   letters, and in slices;
 * - keeps the names of its lines in their notes.
 */
#include "fuzz.h"
#include "emu/format/compact.h"
#include "emu/text/mnemonic.h"
#include "emu/format/program_builder.h"
#include "emu/engine/lockstep.h"
#include "emu/format/snapshot_file.h"
#include "emu/format/writer.h"
#include "services/library.h"
#include "services/transfer.h"
#include "tests/lib/whole.h"
#include <ctype.h>

#define UNTOUCHED 0xA5

static bool is_plain(char c)
{
    return c >= ' ' && c <= '~';
}

struct messages {
    unsigned errors, warnings, rows;
};

static void receive_message(void *context, bool error, unsigned line,
                            const char *sentence)
{
    struct messages *messages = context;
    size_t length = strlen(sentence);

    MUST(messages->errors == 0);
    MUST(line <= messages->rows);
    MUST(length > 0 && length < SENTENCE_SIZE && sentence[length - 1] != '.');
    for (size_t i = 0; i < length; i++)
        MUST(is_plain(sentence[i]));
    messages->errors += error;
    /* A note may be an instruction by chance. */
    messages->warnings += !error && strncmp(sentence, "the note says", 13) != 0;
}

/* Returns an upper bound on the number of text lines.  CR LF counts as two. */
static unsigned count_rows(const char *text, size_t size)
{
    unsigned rows = 1;

    for (size_t i = 0; i < size; i++)
        rows += text[i] == '\n' || text[i] == '\r';
    return rows;
}

static bool read_program(struct program *program, const char *text, size_t size,
                         struct messages *messages)
{
    const struct reader_report report = {receive_message, messages};

    *messages = (struct messages){.rows = count_rows(text, size)};
    bool good = program_read(program, text, size, &report);

    MUST(messages->errors == (good ? 0 : 1));
    return good;
}

static void check_text(const char *text, size_t size, bool rows)
{
    size_t length = 0;

    for (; length < size && text[length] != '\0'; length++)
        MUST(is_plain(text[length]) || (rows && text[length] == '\n'));
    MUST(length < size);
    MUST(!rows || length == 0 || text[length - 1] == '\n');
    for (; length < size; length++)
        MUST(text[length] == '\0');
}

static void check_program(const struct program *program)
{
    check_text(program->head, HEAD_SIZE, true);
    for (unsigned line = 0; line < LINES; line++)
        check_text(program->note[line], NOTE_SIZE, false);
}

/* Compares two programs.  Invalid instructions may have become numbers. */
static void check_same(const struct program *is, const struct program *was)
{
    uint32_t numbers = was->numbers;

    for (unsigned line = 0; line < LINES; line++)
        if (!instruction_is_plain(was->store[line]))
            numbers |= UINT32_C(1) << line;
    MUST(memcmp(is->store, was->store, sizeof is->store) == 0);
    MUST(is->a == was->a && is->ci == was->ci && is->numbers == numbers);
    MUST(memcmp(is->note, was->note, sizeof is->note) == 0);
    MUST(memcmp(is->head, was->head, sizeof is->head) == 0);
}

/* Reads a written program back and checks that there are no warnings. */
static void read_back(struct program *copy, const struct strbuf *text)
{
    struct messages messages;

    MUST(!text->cut);
    MUST(read_program(copy, text->at, text->length, &messages));
    MUST(messages.warnings == 0);
}

static void check_asm(const struct program *program, const struct strbuf *text)
{
    struct program copy;

    MUST(text->length < ASM_SIZE);
    read_back(&copy, text);
    check_same(&copy, program);
}

static void check_snp(const struct program *program)
{
    char buffer[SNP_SIZE];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    struct program copy;

    program_write_snp(&text, program);
    read_back(&copy, &text);
    MUST(memcmp(copy.store, program->store, sizeof copy.store) == 0);
}

static void check_compact(const struct program *program)
{
    char buffer[COMPACT_SIZE];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    struct program copy;

    compact_write(&text, program);
    read_back(&copy, &text);
    MUST(memcmp(copy.store, program->store, sizeof copy.store) == 0);
    MUST(copy.a == program->a && copy.ci == word_line(program->ci));
}

/* Checks the source with names.  Zeros may be marked as numbers in it. */
static void check_labels(const struct program *program)
{
    static char buffer[NAMES_SIZE];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);
    struct program copy;
    struct messages messages;

    program_write_names(&text, program);
    MUST(!text.cut);
    MUST(read_program(&copy, buffer, text.length, &messages));
    for (unsigned line = 0; line < LINES; line++)
        if (program->store[line] == 0)
            copy.numbers = (copy.numbers & ~(UINT32_C(1) << line)) |
                           (program->numbers & UINT32_C(1) << line);
    check_same(&copy, program);
}

/* Writes an instruction whose operand is a name: `LDN n24`. */
static size_t write_named(char *to, size_t size, uint32_t word)
{
    char buffer[16];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    instruction_write(&text, word);
    size_t letters = strcspn(buffer, " ");
    return (size_t)snprintf(to, size, "%.*s%s%s\n", (int)letters, buffer,
                            buffer[letters] != '\0' ? " n" : "",
                            buffer[letters] != '\0' ? buffer + letters + 1
                                                    : "");
}

/* Writes a program as source in which each line has a name and no number. */
static size_t write_source(char *to, size_t size, const struct program *program)
{
    size_t length =
        (size_t)snprintf(to, size, "; ci-start %u\n; a-start %u\n",
                         (unsigned)program->ci, (unsigned)program->a);

    for (unsigned line = 0; line < LINES; line++) {
        uint32_t word = program->store[line];
        bool number =
            program->numbers >> line & 1 || !instruction_is_plain(word);

        length += (size_t)snprintf(to + length, size - length, "n%u: ", line);
        length += number ? (size_t)snprintf(to + length, size - length,
                                            "NUM %d\n", (int)word)
                         : write_named(to + length, size - length, word);
        MUST(length < size);
    }
    return length;
}

/* Checks that the assembler finds the lines that names stand for. */
static void check_assembler(const struct program *program)
{
    char source[2048], note[8];
    size_t size = write_source(source, sizeof source, program);
    struct program copy;
    struct messages messages;

    MUST(read_program(&copy, source, size, &messages));
    for (unsigned line = 0; line < LINES; line++) {
        snprintf(note, sizeof note, "n%u:", line);
        MUST(strcmp(copy.note[line], note) == 0);
    }
    memcpy(copy.note, program->note, sizeof copy.note);
    memcpy(copy.head, program->head, sizeof copy.head);
    check_same(&copy, program);
}

/* Sends a program over a simulated serial line and receives it again. */
static void check_transfer(const struct program *program,
                           const struct strbuf *text)
{
    static struct transfer from, to;
    struct program copy;
    struct messages messages;
    const char *bytes;
    uint64_t now = 0;

    transfer_send(&from, text->at, text->length);
    transfer_receive(&to);
    for (size_t count; (count = transfer_next(&from, &bytes)) > 0; now++) {
        if (count > 100)
            count = 100;
        transfer_received(&to, bytes, count, false, now);
        transfer_sent(&from, count, now);
    }
    MUST(from.state == TRANSFER_SENT && to.state == TRANSFER_RECEIVING);
    transfer_turn(&to, now + TRANSFER_SILENCE_US);
    MUST(to.state == TRANSFER_RECEIVED);
    MUST(read_program(&copy, to.bytes, to.size, &messages));
    check_same(&copy, program);
}

static void check_all_forms(const struct program *program)
{
    static char buffer[ASM_SIZE];
    struct strbuf text = strbuf_begin(buffer, sizeof buffer);

    check_program(program);
    program_write_asm(&text, program);
    check_asm(program, &text);
    check_transfer(program, &text);
    check_snp(program);
    check_compact(program);
    check_labels(program);
    check_assembler(program);
}

static bool read_state(struct snapshot *snapshot, struct program *program,
                       const char *text, size_t size, struct messages *messages)
{
    const struct reader_report report = {receive_message, messages};

    *messages = (struct messages){.rows = count_rows(text, size)};
    bool good = state_read(snapshot, program, text, size, &report);

    MUST(messages->errors == (good ? 0 : 1));
    return good;
}

/* Writes a saved state, reads it back, and checks that it is unchanged. */
static void check_state(const struct snapshot *snapshot,
                        const struct program *program)
{
    static char buffer[2][SNAPSHOT_FILE_SIZE];
    struct strbuf text = strbuf_begin(buffer[0], SNAPSHOT_FILE_SIZE);
    struct strbuf copy = strbuf_begin(buffer[1], SNAPSHOT_FILE_SIZE);
    struct snapshot read;
    struct program beside;
    struct messages messages;

    check_program(program);
    snapshot_file_write(&text, snapshot, program);
    MUST(!text.cut && snapshot_file_is(buffer[0], text.length));
    MUST(read_state(&read, &beside, buffer[0], text.length, &messages));
    MUST(messages.warnings == 0 && beside.numbers == program->numbers);
    MUST(lockstep_same(&read.machine, &snapshot->machine));
    snapshot_file_write(&copy, &read, &beside);
    MUST(strcmp(buffer[0], buffer[1]) == 0);
}

/* Checks that the state of a freshly loaded program can be saved. */
static void check_loaded(const struct program *program)
{
    struct snapshot snapshot = {.controls = controls_normal};

    program_load(program, &snapshot.machine);
    check_state(&snapshot, program);
}

static void check_card(const struct library_file *file)
{
    struct library_info card;

    memset(&card, UNTOUCHED, sizeof card);
    library_read_info(file, &card);
    MUST(memchr(card.title, '\0', sizeof card.title) != NULL);
    MUST(memchr(card.author, '\0', sizeof card.author) != NULL);
    MUST(card.title[0] != '\0');
    for (const char *at = card.title; *at != '\0'; at++)
        MUST((uint8_t)*at >= ' ');
    for (const char *at = card.author; *at != '\0'; at++)
        MUST((uint8_t)*at >= ' ');
}

/* Checks that reading a file in slices gives the same result. */
static void check_slices(const struct library_file *file,
                         const struct program *program,
                         const struct snapshot *snapshot, const char *says)
{
    static struct library_reader reader;
    size_t i = 0;

    library_start(&reader, file);
    while (library_slice(
        &reader, file->size > 0 ? 1u + (uint8_t)file->text[i] * 4u : 1)) {
        MUST(reader.reader.lines.at >= file->text);
        MUST(reader.reader.lines.at <= file->text + file->size);
        i = (i + 1) % file->size;
    }
    MUST(strncmp(reader.message, says, strlen(says)) == 0);
    if (reader.reader.good)
        MUST(memcmp(&reader.reader.program, program, sizeof *program) == 0);
    if (reader.reader.good && reader.reader.is_state)
        MUST(memcmp(&reader.reader.snapshot, snapshot, sizeof *snapshot) == 0);
}

/* Reads a file without reporting messages. */
static const struct reader *read_silently(const char *text, size_t size)
{
    static struct reader reader;

    reader_start(&reader, text, size, NULL);
    while (reader_slice(&reader, FILE_MAX))
        continue;
    return &reader;
}

/* Returns true if the last program in FILE is a snapshot. */
static bool is_state(const struct library_file *file)
{
    return read_silently(file->text, file->size)->is_state;
}

/* Checks that the note of each line that has a word begins with its first name,
   other than START. */
static void check_names(const struct reader *reader)
{
    const struct names *names = &reader->parser.assembler.names;
    uint32_t left = reader->parser.builder.seen;

    for (unsigned i = 0; i < names->count; i++) {
        const struct name *name = &names->name[i];

        MUST(name->line < LINES || name->line == NAME_OF_NONE);
        if (name->line >= LINES || !(left >> name->line & 1) ||
            span_is((struct span){name->text, name->length}, "START"))
            continue;
        left &= ~(UINT32_C(1) << name->line);
        const char *note = reader->program.note[name->line];

        MUST(memcmp(note, name->text, name->length) == 0);
        MUST(note[name->length] == ':');
    }
}

/* Checks that TEXT means the same as the file that gave PROGRAM. */
static void check_alike(const char *text, size_t size,
                        const struct program *program, bool same_texts)
{
    const struct reader *reader = read_silently(text, size);
    const struct program *is = &reader->program;

    MUST(reader->good);
    MUST(memcmp(is->store, program->store, sizeof is->store) == 0);
    MUST(is->a == program->a && is->ci == program->ci);
    MUST(is->numbers == program->numbers);
    if (same_texts) {
        MUST(memcmp(is->note, program->note, sizeof is->note) == 0);
        MUST(memcmp(is->head, program->head, sizeof is->head) == 0);
    }
}

/* Ends the rows of FILE with END. */
static void check_line_ends(const struct library_file *file, const char *end,
                            const struct program *program)
{
    static char text[2 * FILE_MAX];
    size_t size = 0;

    for (size_t i = 0; i < file->size; i++)
        if (file->text[i] != '\n')
            text[size++] = file->text[i];
        else
            for (const char *at = end; *at != '\0'; at++)
                text[size++] = *at;
    check_alike(text, size, program, true);
}

static void check_case(const struct library_file *file, int (*letter)(int c),
                       const struct program *program)
{
    static char text[FILE_MAX];

    for (size_t i = 0; i < file->size; i++)
        text[i] = (char)letter((uint8_t)file->text[i]);
    check_alike(text, file->size, program, false);
}

/* Checks that line ends and the case of letters make no difference, except in
   the binary and the compact format. */
static void check_variants(const struct library_file *file,
                           const struct program *program)
{
    const struct reader *reader = read_silently(file->text, file->size);

    /* Those two formats have no rows. */
    if (reader->lines.row == 0 || file->size > FILE_MAX / 2)
        return;
    check_names(reader);
    if (memchr(file->text, '\r', file->size) == NULL) {
        check_line_ends(file, "\r\n", program);
        check_line_ends(file, "\r", program);
    }
    check_case(file, toupper, program);
    check_case(file, tolower, program);
}

/* Returns false if the file is rejected. */
static bool check_library(const struct library_file *file)
{
    static struct program program, untouched;
    static struct snapshot snapshot, before;
    char buffer[64];
    struct strbuf message = strbuf_begin(buffer, sizeof buffer);

    memset(&untouched, UNTOUCHED, sizeof untouched);
    memset(&before, 0, sizeof before);
    program = untouched;
    snapshot = before;
    bool good = library_read(file, &program, &snapshot, &message);

    MUST(strlen(buffer) == message.length && (good || message.length > 0));
    if (!good || !is_state(file))
        MUST(memcmp(&snapshot, &before, sizeof snapshot) == 0);
    if (!good)
        MUST(memcmp(&program, &untouched, sizeof program) == 0);
    check_slices(file, &program, &snapshot, buffer);
    return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct library_file file = {"file", (const char *)data, size};
    struct program program;
    struct snapshot snapshot;
    struct messages messages;
    bool good = check_library(&file);

    check_card(&file);
    if (is_state(&file)) {
        MUST(read_state(&snapshot, &program, file.text, size, &messages) ==
             good);
        if (good) {
            check_state(&snapshot, &program);
            check_variants(&file, &program);
        }
        return 0;
    }
    MUST(read_program(&program, file.text, size, &messages) == good);
    if (good) {
        check_all_forms(&program);
        check_loaded(&program);
        check_variants(&file, &program);
    }
    return 0;
}
