/* SPDX-License-Identifier: MIT */
#include "mnemonic.h"
#include "number.h"

enum operand {
    LINE,          /* line number, 0 to 31 */
    LINE_OPTIONAL, /* optional line number, kept but not decoded */
    NUMBER,
    BEFORE, /* line number, of which one is subtracted */
    BINARY, /* string of digits, least significant first */
};

/* The first mnemonic of each function is used for output. */
static const struct mnemonic {
    const char *name;
    enum operand operand;
    enum function function; /* unused for data */
} mnemonics[] = {
    {"JMP", LINE, JMP},          {"JRP", LINE, JRP},
    {"LDN", LINE, LDN},          {"STO", LINE, STO},
    {"SUB", LINE, SUB},          {"CMP", LINE_OPTIONAL, CMP},
    {"STP", LINE_OPTIONAL, STP}, {"NUM", NUMBER, JMP},
    {"BINS", BINARY, JMP},       {"BNUM", BINARY, JMP}, /* emuStudio's alias */
    {"BIN", BINARY, JMP},                               /* NevynUK's alias */
    {"JPR", LINE, JRP},          {"JMR", LINE, JRP},
    {"SKN", LINE_OPTIONAL, CMP}, {"STOP", LINE_OPTIONAL, STP},
    {"HLT", LINE_OPTIONAL, STP}, {"HALT", LINE_OPTIONAL, STP},
    {"TST", LINE_OPTIONAL, CMP}, {"TEST", LINE_OPTIONAL, CMP},
    {"VAR", NUMBER, JMP},        {"DATA", NUMBER, JMP},
    {"DW", NUMBER, JMP},         {"EJA", BEFORE, JMP},
};

#define MNEMONICS (sizeof mnemonics / sizeof mnemonics[0])

static const struct mnemonic *find(struct span word)
{
    for (size_t i = 0; i < MNEMONICS; i++)
        if (span_is(word, mnemonics[i].name))
            return &mnemonics[i];
    return NULL;
}

#define EXTENDED                                                               \
    "an instruction of other machines; the Baby has JMP, JRP, LDN, STO, SUB, " \
    "CMP and STP"
#define DIRECTIVE                                                              \
    "a directive of another assembler; data here is NUM, BINS or EJA"
#define MACRO "the beginning of a macro; macros are not supported"

/* Words of other assemblers, with what they are. */
static const struct {
    const char *name;
    const char *what;
} foreign[] = {
    {"LDP", EXTENDED},   {"LDA", EXTENDED},   {"LDI", EXTENDED},
    {"LOAD", EXTENDED},  {"LD", EXTENDED},    {"STA", EXTENDED},
    {"STORE", EXTENDED}, {"ST", EXTENDED},    {"ADD", EXTENDED},
    {"MUL", EXTENDED},   {"MLT", EXTENDED},   {"DIV", EXTENDED},
    {"AND", EXTENDED},   {"OR", EXTENDED},    {"XOR", EXTENDED},
    {"NOT", EXTENDED},   {"NEG", EXTENDED},   {"INC", EXTENDED},
    {"DEC", EXTENDED},   {"SHL", EXTENDED},   {"SHR", EXTENDED},
    {"JGT", EXTENDED},   {"JLT", EXTENDED},   {"JEQ", EXTENDED},
    {"JNE", EXTENDED},   {"JZ", EXTENDED},    {"JNZ", EXTENDED},
    {"BRA", EXTENDED},   {"NOP", EXTENDED},   {"ORG", DIRECTIVE},
    {"EQU", DIRECTIVE},  {"DB", DIRECTIVE},   {"DS", DIRECTIVE},
    {"RES", DIRECTIVE},  {"MACRO", MACRO},    {"ENDM", MACRO},
    {"MEND", MACRO},     {"ENDMACRO", MACRO},
};

#define FOREIGN (sizeof foreign / sizeof foreign[0])

/* Returns what WORD of another assembler is, or NULL. */
static const char *foreign_word(struct span word)
{
    for (size_t i = 0; i < FOREIGN; i++)
        if (span_is(word, foreign[i].name))
            return foreign[i].what;
    return NULL;
}

static uint32_t assemble(enum function function, unsigned line)
{
    return (uint32_t)function << FUNCTION_BIT | line;
}

/* Reports an error such as "NUM needs a number, as in NUM -3, not x". */
static bool needs(struct strbuf *wrong, const struct mnemonic *mnemonic,
                  const char *what, struct span instead)
{
    strbuf_add(wrong, "%s needs %s", mnemonic->name, what);
    if (instead.length > 0) {
        strbuf_add(wrong, ", not ");
        span_quote(wrong, instead);
    }
    return false;
}

/* Sets *LINE to the line named WORD.  Returns false with an error message. */
static bool find_line(const struct names *names, struct span word,
                      unsigned *line, struct strbuf *wrong)
{
    if (!names_find(names, word, line)) {
        strbuf_add(wrong, "no line is named ");
        span_quote(wrong, word);
        return false;
    }
    if (*line < LINES)
        return true;
    strbuf_add(wrong, *line == NAME_OF_SEVERAL ? "several lines are named "
                                               : "none of the lines 0 to 31 "
                                                 "is named ");
    span_quote(wrong, word);
    return false;
}

/* Parses a line number or a name. */
static bool read_place(const struct mnemonic *mnemonic, struct span word,
                       const struct names *names, struct reading *reading,
                       unsigned *line, struct strbuf *wrong)
{
    if (span_only(word, "0123456789"))
        return number_read_line(word, line, wrong);
    reading->named = names != NULL && name_is(word);
    if (reading->named)
        return find_line(names, word, line, wrong);
    return needs(wrong, mnemonic,
                 names != NULL ? "a line number (0 to 31) or a name"
                               : "a line number (0 to 31)",
                 word);
}

static bool read_line(const struct mnemonic *mnemonic, struct span word,
                      const struct names *names, struct reading *reading,
                      struct strbuf *wrong)
{
    unsigned line;

    if (!read_place(mnemonic, word, names, reading, &line, wrong))
        return false;
    reading->number = mnemonic->operand == BEFORE;
    reading->word =
        reading->number ? line - 1 : assemble(mnemonic->function, line);
    return true;
}

static bool read_number(const struct mnemonic *mnemonic, struct span word,
                        const struct names *names, struct reading *reading,
                        struct strbuf *wrong)
{
    enum number result = number_read(word, &reading->word);

    unsigned line = 0;

    reading->number = true;
    reading->named = result == NUMBER_NOT && names != NULL && name_is(word);
    if (reading->named) {
        bool found = find_line(names, word, &line, wrong);

        reading->word = line;
        return found;
    }
    if (result == NUMBER_NOT)
        return needs(wrong, mnemonic, "a number, as in NUM -3", word);
    if (result == NUMBER_TOO_BIG)
        number_wrong(wrong, word, result);
    return result == NUMBER_READ;
}

static bool read_binary(const struct mnemonic *mnemonic, struct span word,
                        struct reading *reading, struct strbuf *wrong)
{
    unsigned digits = (unsigned)word.length;

    if (!number_is_digits(word))
        return needs(wrong, mnemonic, "32 binary digits", word);
    if (!number_read_digits(word, &reading->word, wrong))
        return false;
    reading->number = true;
    reading->digits = true;
    number_short(wrong, digits);
    /* emuStudio right-aligns strings of fewer than 32 digits. */
    if (digits == 1)
        strbuf_add(wrong, " (but digit 31 in emuStudio)");
    else if (digits < DIGITS)
        strbuf_add(wrong, " (but digits %u to 31 in emuStudio)",
                   DIGITS - digits);
    return true;
}

/* Returns true if WORD may be an optional line number. */
static bool is_place(struct span word, const struct names *names)
{
    unsigned line;

    return span_only(word, "0123456789") ||
           (names != NULL && names_find(names, word, &line));
}

/* Parses the operand of MNEMONIC and removes it from *REST. */
static bool read_operand(const struct mnemonic *mnemonic, struct span *rest,
                         const struct names *names, struct reading *reading,
                         struct strbuf *wrong)
{
    struct span after = *rest;
    struct span word = span_word(&after);

    if (mnemonic->operand == LINE_OPTIONAL && !is_place(word, names)) {
        reading->word = assemble(mnemonic->function, 0);
        return true;
    }
    *rest = after;
    if (mnemonic->operand == NUMBER)
        return read_number(mnemonic, word, names, reading, wrong);
    if (mnemonic->operand == BINARY)
        return read_binary(mnemonic, word, reading, wrong);
    return read_line(mnemonic, word, names, reading, wrong);
}

static bool read_digits(struct span word, struct reading *reading,
                        struct strbuf *wrong)
{
    if (!number_read_digits(word, &reading->word, wrong))
        return false;
    reading->digits = true;
    number_short(wrong, word.length);
    return true;
}

/* Parses a word that is not a mnemonic, either as digits or as a number. */
static bool read_bare(struct span word, struct reading *reading,
                      struct strbuf *wrong)
{
    enum number result;

    reading->number = true;
    if (number_is_digits(word) && word.length >= DIGITS_CERTAIN)
        return read_digits(word, reading, wrong);
    result = number_read(word, &reading->word);
    if (result == NUMBER_READ)
        return true;
    if (word.length == 0) {
        strbuf_add(wrong, "an instruction or a number is missing");
    } else if (result == NUMBER_TOO_BIG ||
               span_only((struct span){word.at, 1}, "+-0123456789")) {
        number_wrong(wrong, word, result);
    } else if (foreign_word(word) != NULL) {
        span_quote(wrong, word);
        strbuf_add(wrong, " is %s", foreign_word(word));
    } else {
        strbuf_add(wrong, "there is no instruction ");
        span_quote(wrong, word);
        strbuf_add(wrong, "; use JMP, JRP, LDN, STO, SUB, CMP, STP or NUM");
    }
    return false;
}

bool mnemonic_read(const char *text, size_t length, const struct names *names,
                   struct reading *reading, struct strbuf *wrong)
{
    struct span rest = {text, length};
    struct span word = span_word(&rest);
    const struct mnemonic *mnemonic = find(word);
    struct reading read = {.word = 0};

    if (mnemonic == NULL && !read_bare(word, &read, wrong))
        return false;
    if (mnemonic != NULL && !read_operand(mnemonic, &rest, names, &read, wrong))
        return false;
    read.used = (size_t)(rest.at - text);
    *reading = read;
    return true;
}

bool instruction_is_mnemonic(const char *word, size_t length)
{
    return find((struct span){word, length}) != NULL;
}

bool instruction_is_foreign(struct span word)
{
    return foreign_word(word) != NULL;
}

bool instruction_is_stop(struct span word)
{
    const struct mnemonic *mnemonic = find(word);

    return mnemonic != NULL && mnemonic->function == STP;
}

void instruction_write(struct strbuf *text, uint32_t word)
{
    unsigned function = word_written_function(word);
    const struct mnemonic *mnemonic = mnemonics;

    while (mnemonic->function != function)
        mnemonic++;
    strbuf_add(text, "%s", mnemonic->name);
    if (mnemonic->operand == LINE)
        strbuf_add(text, " %u", word_line(word));
}

bool instruction_is_plain(uint32_t word)
{
    unsigned function = word_function(word);
    uint32_t decoded = (LINES - 1) | UINT32_C(7) << FUNCTION_BIT;

    if ((word & ~decoded) != 0 || function == SUB + 1)
        return false;
    return (function != CMP && function != STP) || word_line(word) == 0;
}

bool instruction_is_number(uint32_t word)
{
    return !instruction_is_plain(word) || word < LINES;
}

bool reading_is_number(const struct reading *reading)
{
    return reading->digits ? instruction_is_number(reading->word)
                           : reading->number;
}
