/* SPDX-License-Identifier: MIT */
#include "instruction.h"
#include "historic.h"

bool instruction_read(const char *text, size_t length,
                      const struct names *names, struct reading *reading,
                      struct strbuf *wrong)
{
    if (historic_begins((struct span){text, length}))
        return historic_read(text, length, reading, wrong);
    return mnemonic_read(text, length, names, reading, wrong);
}

bool instruction_begins(struct span text)
{
    struct span rest = text;
    struct span first = span_word(&rest);

    return instruction_is_mnemonic(first.at, first.length) ||
           historic_begins(text);
}
