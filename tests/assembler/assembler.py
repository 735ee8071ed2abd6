# SPDX-License-Identifier: MIT
"""A second assembler of source texts, in plain Python.

It shares no code with emu/format/, which is tested against it.  It follows the
grammar in emu/format/assembler.h, emu/text/mnemonic.h and the tables of
emu/README.md.  It is written to be obvious, not fast.
"""
import re

FUNCTIONS = {"JMP": 0, "JRP": 1, "JPR": 1, "JMR": 1, "LDN": 2, "STO": 3,
             "SUB": 4, "CMP": 6, "SKN": 6, "TST": 6, "STP": 7, "STOP": 7,
             "HLT": 7, "HALT": 7}
LONE = [name for name in FUNCTIONS if FUNCTIONS[name] >= 6]
NUMBERS = ["NUM", "VAR", "DATA", "DW"]
DIGITS = ["BINS", "BIN", "BNUM"]
MASK = 0xFFFFFFFF
DECODED = 0xE01F  # digits 0-4 and 13-15

PARTS = re.compile(r"(.*?)(?:(?:;|#|//|--)(.*))?$")
LINE = re.compile(r"(?:\[(\d+)\]|(\d+)[:.]|(\d+)(?:[ \t]|$))[ \t]*")
LABEL = re.compile(r"([A-Z_.$][A-Z0-9_.$]*):[ \t]*", re.I)
STOP = re.compile(r"(STP|STOP|HLT|HALT)[ \t]+:$", re.I)
NUMBER = [(re.compile(r"(-?)0x([0-9a-f]+)$", re.I), 16),
          (re.compile(r"(-?)(\d[0-9a-f]*)h$", re.I), 16),
          (re.compile(r"(-?)0b([01]+)$", re.I), 2),
          (re.compile(r"(-?)(\d+)$"), 10)]


class Refused(Exception):
    """The source is refused because of the row of this number."""


class Wrong(Exception):
    """The word in a row is wrong."""


class Row:
    """A row, split at its number, name, word and note."""

    def __init__(self, row, text):
        data, comment = PARTS.match(text).groups()
        data = data.strip(" \t")
        line = None if digits_at(data) else LINE.match(data)
        self.row, self.note = row, comment or ""  # a row counts from 1
        self.is_count = data.isdecimal() and not digits_at(data)
        self.line = int(line[line.lastindex]) if line else None
        data = STOP.sub(r"\1", data[line.end() if line else 0:])
        name = LABEL.match(data)
        self.name = name[1] if name else ""
        self.word = data[name.end() if name else 0:]
        is_start = data.upper() in ("START", "START:")
        self.starts_after = self.line if is_start else None
        if is_start:
            self.name, self.word = "" if self.line is not None else "START", ""
        elif self.word.upper() == "END" and self.line is None:
            self.word = ""
        self.at = None      # where its word goes
        self.plain = False  # that line has no number


def place(rows):
    """Finds where words go.  Returns the lines of names in upper case, and the
    first name of each line."""
    lines, first = {}, {}
    waiting = []     # rows whose names have no line yet
    alone = None     # the row before, if it has a number and no word
    following = 0
    for row in rows:
        waiting += [row] if row.name else []
        if row.starts_after is not None or row.line is None and not row.word:
            continue
        row.plain = row.line is None and not alone
        row.at = following if row.plain else row.line
        if row.line is None and alone:
            row.at, alone.at = alone.line, None
        elif row.at > 31 and not row.plain:
            continue
        for named in waiting if row.at < 32 else []:
            name = named.name.upper()
            line = lines.setdefault(name, row.at)
            if name != "START" and line != row.at or len(name) > 31 or \
                    len(lines) > 64:
                raise Refused(named.row)
            if name != "START":
                first.setdefault(line, named.name + ":")
        waiting, following = [], row.at + 1
        alone = None if row.word else row
    return lines, first


def digits_at(text):
    """The length of the digits of a word at the start of TEXT, or 0."""
    groups = re.match(r"(?:[01]+(?:[ \t]+|$))+", text)
    ends = [end.end() for end in re.finditer("[01]+", groups[0])] \
        if groups else []
    for end in ends:
        if len(re.sub("[ \t]", "", text[:end])) == 32:
            return end
    return ends[0] if ends and ends[0] >= 11 else 0


def digits(text):
    """Digits mean an instruction if it could have been written as one."""
    text = re.sub("[ \t]", "", text)
    if not re.fullmatch("[01]{1,32}", text):
        raise Wrong
    word = int(text[::-1], 2)
    function, line = word >> 13, word & 31
    return word, word & ~DECODED == 0 and function not in (0, 5) and \
        not (function >= 6 and line)


def number(text):
    """The value of TEXT, or None if it is not a number."""
    text = re.sub("^L0b([01]+)$", lambda least: "0b" + least[1][::-1], text)
    for pattern, base in NUMBER:
        match = pattern.match(text)
        if match:
            value = int(match[1] + match[2], base)
            if not -2**31 <= value < 2**32:
                raise Wrong
            return value & MASK
    return None


def instruction(text, lines):
    """The word of TEXT, whether it is an instruction, and the rest of TEXT."""
    first, operand, rest = (text.split(None, 2) + 3 * [""])[:3]
    mnemonic = first.upper()
    if mnemonic in DIGITS:
        return *digits(operand), rest
    if mnemonic != "EJA" and mnemonic not in FUNCTIONS:
        if mnemonic not in NUMBERS:
            operand, rest, lines = first, f"{operand} {rest}", {}
        value = number(operand)
        value = lines.get(operand.upper()) if value is None else value
        if value is None:
            raise Wrong
        return value, False, rest
    line = int(operand) if operand.isdecimal() else lines.get(operand.upper())
    if line is None and mnemonic in LONE:
        line, rest = 0, f"{operand} {rest}"
    if line is None or line > 31:
        raise Wrong
    if mnemonic == "EJA":
        return line - 1 & MASK, False, rest
    return FUNCTIONS[mnemonic] << 13 | line, True, rest


def word_of(row, lines):
    """Like instruction(), but of a word that may start with its digits: a few
    are enough after a line number."""
    text = row.word
    end = digits_at(text)
    if row.line is not None and not row.name and not end:
        end = len(re.match("(?:[01]+(?=[ \t]|$))?", text)[0])
    try:
        return instruction(text[end:], lines)
    except Wrong:
        if end == 0:
            raise
        return *digits(text[:end]), text[end:]


def assemble(source):
    """The store, CI, and the first words of the notes as {line: word}."""
    rows = [Row(number, text) for number, text in
            enumerate(re.split("\r?\n", source), 1)]
    rows = [row for row in rows if row.line is not None or row.name or row.word]
    lines, first = place(rows[1:] if rows and rows[0].is_count else rows)
    store, notes, begins, ci = [0] * 32, {}, 1, None
    starting = False
    for row in rows:
        if row.starts_after is not None:
            ci = row.starts_after
        starting |= row.name.upper() == "START"
        if row.at is None:
            continue
        try:
            word, obeyed, rest = word_of(row, lines) if row.word else \
                (0, False, "")
            if row.at > 31:
                raise Wrong
        except Wrong:
            raise Refused(row.row) from None
        store[row.at] = word
        ci, starting = row.at - 1 & 31 if starting else ci, False
        notes[row.at] = [*first.get(row.at, "").split(), *rest.split(),
                         *row.note.split()]
        if row.at == 0:
            begins = 0 if row.plain and obeyed and word != 0 else 1
    ci = begins - 1 & 31 if ci is None else ci
    return store, ci, {line: words[0] for line, words in sorted(notes.items())
                       if words}
