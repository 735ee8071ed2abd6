# SPDX-License-Identifier: MIT
"""Random source texts, of which about a fifth have a mistake.

    python3 tests/assembler/sources.py SEED  show a source

They leave out a number of 0 and 1 alone, or fewer than 11 digits, where there
may be a line number before it, and signs and capitals in numbers.
"""
import random
import sys

from assembler import DIGITS, FUNCTIONS, LONE, NUMBERS

NAMES = ["PEARS", "plums", "Total", "loop", "_x", ".again", "$2", "n.1", "A",
         "C", "S", "S22", "x9_", "A_name_of_31_letters_which_fits", "ends"]
COMMENT = ["first", "trial", "the", "factor", "18"]
MARKS = [";", "#", "//", "--"]
MISTAKES = {
    "unknown name": ["LDN NOBODY", "NUM nobody", "JMP PEAR", "EJA x9"],
    "operand": ["SUB 32", "STO 99", "LDN", "jmp", "STP 32", "EJA 32", "CMP 40"],
    "number": ["NUM 4294967296", "DW -2147483649", "NUM 0x100000000",
               "VAR 2x", "NUM", "DATA 0b12", "NUM 100000000h"],
    "digits": ["BINS", "BIN " + 33 * "1", "BNUM 0120", "BINS 2"],
    "mnemonic": ["LDP 4", "ADD 3", "LDN4", "STOPP", "MACRO", "lda 5"],
    "line": ["32 LDN 4", "[40] STP", "0099: NUM 5", "32. STO 3"],
    "long name": ["A_name_of_32_letters_is_too_long: STP"],
    "doubled name": ["twice: STP\nTwice: STP"],
    "too many lines": ["\n".join(["LDN 3"] * 33)],
}
AT_ENDS = ["doubled name", "too many lines"]


class Source:
    """A source text of instructions, the same for the same SEED."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.any = self.random.choice
        self.names = self.random.sample(NAMES, self.any([0, 1, 3, 6]))
        self.rows = []
        self.write_words()
        if self.chance(0.2):
            self.write_mistake()
        self.rows.append(self.any(["JMP 0", "LDN 24", "SUB 3"]))
        if self.chance(0.2):
            self.rows.append(self.any_case("END"))
        for _ in range(self.random.randrange(3)):
            self.rows.insert(self.random.randrange(len(self.rows) + 1), "")
        self.rows.insert(0, self.any(["", "; Title", str(len(self.rows))]))
        end = self.any(["\n", "\n", "\r\n"])
        self.text = end.join(map(self.commented, self.rows)) + \
            self.any(["", end])

    def chance(self, share):
        return self.random.random() < share

    def any_case(self, word):
        return self.any([word.upper(), word.lower(), word.title(), "".join(
            self.any([c.upper(), c.lower()]) for c in word)])

    def blanks(self, least=1):
        if self.chance(0.7):
            return " " * least
        return "".join(self.any(" \t")
                       for _ in range(self.random.randrange(least, 4)))

    def write_words(self):
        """Writes words with and without numbers, START and all names."""
        numbered = self.any([0, 0, 0.3, 0.7, 1])
        waiting = self.random.sample(self.names, len(self.names))
        start = self.random.randrange(40)
        line, used = 0, set()
        for left in range(self.random.randrange(6, 27), 0, -1):
            labels = []
            while waiting and self.chance(max(0.1, len(waiting) / left)):
                labels.append(waiting.pop())
            labels += ["START"] if left == start else []
            self.random.shuffle(labels)
            number = self.chance(numbered)
            if number and self.chance(0.05) and start > 26:
                line = self.random.randrange(1, 30 - left)
            elif number and line + left < 28:
                line += self.any([0, 0, 0, 1, 2])
            self.write_word(labels, line if number else None, line in used)
            used.add(line)
            line += 1

    def write_word(self, labels, line, again):
        """Writes a word after its line number, if any, and its LABELS.  AGAIN
        is true if its line has a word."""
        at = self.random.randrange(len(labels) + 1)
        row = ""
        for i, label in enumerate([*labels, ""]):
            if i == at and line is not None:
                self.end_row(row, True)
                row = self.end_row(self.number_of(line), self.chance(0.2))
            else:
                row = self.end_row(row, label != "")
            if label == "START":
                row = self.end_row(row, True)
            if label == "START" and self.chance(0.3):
                self.rows.append(self.any_case(label))
            elif label:
                row += self.any_case(label) + ":" + self.blanks(0)
                row = self.end_row(row, self.chance(0.3))
        self.rows.append(row + self.word(row, again or labels))

    def write_mistake(self):
        kind = self.any(list(MISTAKES))
        mistake = self.any(MISTAKES[kind])
        at = self.random.randrange(len(self.rows) + 1)
        if kind in AT_ENDS:
            at = self.any([0, len(self.rows)])
        self.rows[at:at] = mistake.split("\n")

    def end_row(self, row, ends):
        if ends and row:
            self.rows.append(row)
        return "" if ends else row

    def number_of(self, line):
        form = self.any(["{}", "{:02}", "{:04}", "{}:", "{:02}:", "{:04}:",
                         "[{}]", "{}."])
        return form.format(line) + self.blanks(0 if form.endswith(":") else 1)

    def operand(self):
        if self.names and self.chance(0.5):
            return self.any_case(self.any(self.names))
        return self.any(["{}", "{}", "{:02}"]).format(self.random.randrange(32))

    def word(self, row, named):
        """An instruction, a number or digits, to follow ROW."""
        kind = self.random.random()
        if kind < 0.6:
            mnemonic = self.any(list(FUNCTIONS))
            if mnemonic in LONE and self.chance(0.7):
                return self.any_case(mnemonic)
            operand = self.operand()
        elif kind < 0.8:
            mnemonic = self.any(NUMBERS)
            operand = self.operand() if self.chance(0.3) else self.number()
        elif kind < 0.87:
            mnemonic, operand = "EJA", self.operand()
        elif kind < 0.93:
            mnemonic = self.any(DIGITS)
            operand = self.digits()[:self.any([32, 32, 5, 12])]
        else:
            return self.bare(named)
        return self.any_case(mnemonic) + self.blanks() + operand

    def bare(self, named):
        """A number or digits without a mnemonic, perhaps as in a listing."""
        if named or self.chance(0.3):
            return self.any(["0x1F", "-3", "1Fh", "0b101", "L0b1101",
                             "-262144"])
        text = self.digits()
        if self.chance(0.3):
            text = " ".join(text[i:i + 8] for i in range(0, 32, 8))
        if self.chance(0.3):
            text += f" {self.any_case('LDN')} {self.operand()}"
        return text

    def number(self):
        value = self.random.getrandbits(self.any([3, 5, 16, 32]))
        signed = value - 2**32 if value >= 2**31 else -value
        return self.any([
            f"{value}", f"{signed}", f"0x{value:x}", f"0x{value:08X}",
            f"0{value:X}h", f"0b{value:b}", "L0b" + f"{value:b}"[::-1]])

    def digits(self):
        """The digits of an instruction or of any word."""
        word = self.random.getrandbits(32)
        return f"{word & 0xE01F if self.chance(0.6) else word:032b}"[::-1]

    def commented(self, row):
        comment = ""
        if self.chance(0.2):
            comment = self.blanks(0) + self.any(MARKS) + self.blanks(0) + \
                " ".join(self.random.choices(COMMENT,
                                             k=self.random.randrange(4)))
        return self.blanks(0) + row + comment + self.blanks(0)


if __name__ == "__main__":
    sys.stdout.write(Source(int(sys.argv[1])).text)
