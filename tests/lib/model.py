# SPDX-License-Identifier: MIT
"""A model of the Manchester Baby of 1948 in plain Python.

It shares no code with emu/, which is tested against it; tests/lib/programs.tsv
was made with it.  It is written to be obvious, not fast.

    python3 tests/lib/model.py FILE.asm [LIMIT]  run a program, show the store

A word is 32 digits, held here as an int from 0 to 2^32 - 1.  Digit 0, the
least significant, is the leftmost on the tube.  An instruction has its line in
digits 0-4 and its function in digits 13-15; the others are not decoded.
"""

import sys

MASK = 0xFFFFFFFF
FUNCTIONS = ("JMP", "JRP", "LDN", "STO", "SUB", None, "CMP", "STP")
JMP, JRP, LDN, STO, SUB, SUB5, CMP, STP = range(8)


def signed(word):
    """The word in two's complement."""
    return word - (1 << 32) if word >> 31 else word


def digits(word):
    """The word as the tube shows it: 32 characters, digit 0 first."""
    return "".join(str(word >> digit & 1) for digit in range(32))


def function_of(word):
    return word >> 13 & 7


class Baby:
    """The whole state of the machine.  One step() is one prepulse.

    ci5             CI keeps only five digits, as in SIMH
    immediate_test  a successful Test moves CI at once, as in most simulators
    """

    def __init__(self, store=None, ci5=False, immediate_test=False):
        self.store = [word & MASK for word in store] if store else [0] * 32
        self.a = self.ci = self.pi = 0
        self.test = False               # the flip-flop a Test may set
        self.neon = False               # lit by Stop
        self.instructions = 0
        self.ci5 = ci5
        self.immediate_test = immediate_test

    def _set_ci(self, value):
        self.ci = value & (31 if self.ci5 else MASK)

    def step(self):
        """Send one prepulse.  Returns False if the machine hung."""
        self._set_ci(self.ci + (2 if self.test else 1))
        self.test = False

        # The fetch uses the function digits of CI like those of an
        # instruction: 0 moves the word into PI, 1 adds it to PI, and the
        # others do not reach PI.
        word = self.store[self.ci & 31]
        if function_of(self.ci) == 0:
            self.pi = word
        elif function_of(self.ci) == 1:
            self.pi = (self.pi + word) & MASK
        else:
            return False

        line, function = self.pi & 31, function_of(self.pi)
        if function == JMP:
            self._set_ci(self.store[line])
        elif function == JRP:
            self._set_ci(self.ci + self.store[line])
        elif function == LDN:
            self.a = -self.store[line] & MASK
        elif function == STO:
            self.store[line] = self.a
        elif function in (SUB, SUB5):
            self.a = (self.a - self.store[line]) & MASK
        elif function == CMP:
            if signed(self.a) < 0:
                if self.immediate_test:
                    self._set_ci(self.ci + 1)
                else:
                    self.test = True
        else:
            self.neon = True
        self.instructions += 1
        return True

    def run(self, limit):
        """Execute instructions until `limit` of them are counted in all.

        Returns 'stop', 'hung' or 'limit'.  A machine whose neon is lit stays
        stopped; a hang after the limit is not reached."""
        while not self.neon:
            if self.instructions >= limit:
                return "limit"
            if not self.step():
                return "hung"
        return "stop"


def assemble(text):
    """The store (a list of 32 words) from a program's .asm text.

    Comment lines begin with ';'.  The first other line is a count and is not
    used.  Then 'LINE MNEMONIC [OPERAND]', with anything after a ';' left out.
    """
    store = [0] * 32
    count = None
    for number, row in enumerate(text.splitlines(), 1):
        fields = row.split(";")[0].split()
        if not fields:
            continue
        if count is None:
            count = int(fields[0])
            continue
        mnemonic = fields[1] if len(fields) > 1 else ""
        bare = mnemonic in ("CMP", "STP")
        if len(fields) != (2 if bare else 3):
            raise ValueError("line %d: cannot read %r" % (number, row))
        line = int(fields[0])
        operand = 0 if bare else int(fields[2])
        if not 0 <= line <= 31:
            raise ValueError("line %d: no store line %d" % (number, line))
        if mnemonic == "NUM":
            if not -(1 << 31) <= operand < 1 << 32:
                raise ValueError("line %d: %d is too large" % (number, operand))
            store[line] = operand & MASK
        elif mnemonic in FUNCTIONS:
            if not 0 <= operand <= 31:
                raise ValueError("line %d: no operand %d" % (number, operand))
            store[line] = FUNCTIONS.index(mnemonic) << 13 | operand
        else:
            raise ValueError("line %d: no mnemonic %r" % (number, mnemonic))
    return store


def main(arguments):
    with open(arguments[0], encoding="ascii") as file:
        baby = Baby(assemble(file.read()))
    end = baby.run(int(arguments[1]) if len(arguments) > 1 else 10 ** 6)
    for line, word in enumerate(baby.store):
        print("%02d %s %12d" % (line, digits(word), signed(word)))
    print("%s after %d instructions, A %d, CI %d"
          % (end, baby.instructions, signed(baby.a), baby.ci))


if __name__ == "__main__":
    main(sys.argv[1:])
