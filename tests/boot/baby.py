# SPDX-License-Identifier: MIT
"""The Baby on a virtual PC: reads its console and its batch reports."""
import os
import re
import sys

from pc import PC

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
import model  # noqa: E402

DOT, DASH, WIDE = 0xFA, 0xCD, 0xD5
BETWEEN = {0xF9, 0xA9, 0xAA}  # digits that change within the frame
STORE_ROW, TUBE_COLUMN = 4, 4
REGISTER_ROW = 37
READY = "Esc Menu"


def started(pc):
    """Waits for the console's first complete screen."""
    pc.wait_for(READY)
    return pc


def margin(columns, width=144):
    """The first column of a page of at most WIDTH, by default the editor, on a
    wide screen of so many COLUMNS."""
    return (columns - min(columns - 4, width)) // 2


def digits(row):
    """The characters of the tube in a row of cells.  On a wide screen, each
    digit has two cells, and the page has a margin."""
    if len(row) == 80:
        return [c for c, _ in row[TUBE_COLUMN:TUBE_COLUMN + 32]]
    left = margin(len(row)) + TUBE_COLUMN
    heads = [c for c, _ in row[left:left + 64:2]]
    return [DASH if c == WIDE else c for c in heads]


def word(row):
    """The number shown by the 32 digits in a row of cells; None while a digit
    changes."""
    shown = digits(row)
    assert set(shown) <= {DOT, DASH} | BETWEEN, shown
    if BETWEEN & set(shown):
        return None
    return sum((c == DASH) << i for i, c in enumerate(shown))


def page(pc):
    """The rows of the page, which is in the middle of a wide screen."""
    cells = pc.cells()
    return cells[(len(cells) - 50) // 2:] if len(cells) > 50 else cells


def tube(pc, row=STORE_ROW):
    """The store as shown by the tube, from this ROW of the page on."""
    return [word(cells) for cells in page(pc)[row:row + 32]]


def wait_tube(pc, store):
    """Waits until the tube shows STORE."""
    pc.wait(lambda _: tube(pc) == store, f"on the tube: {store}")


def registers(pc):
    """A, CI and PI, read from their digits."""
    rows = page(pc)[REGISTER_ROW:REGISTER_ROW + 3]
    return [word(row) for row in rows]


def shipped(name):
    """The words of a built-in program."""
    with open(f"boot/programs/{name}.asm", encoding="ascii") as file:
        return model.assemble(file.read())


def table():
    """Rows of tests/lib/programs.tsv: name, instructions, ending, A, CI, and
    {line: value}."""
    with open("tests/lib/programs.tsv", encoding="ascii") as file:
        for row in file:
            if row.startswith("#") or not row.strip():
                continue
            name, count, end, a, ci, lines = row.rstrip("\n").split("\t")
            values = dict(pair.split("=") for pair in lines.split(","))
            yield (name, int(count), end, int(a), int(ci),
                   {int(k): int(v) for k, v in values.items()})


def batch(*options, modules=(), arguments=(), **more):
    """Boots and runs a batch; returns (output of COM1, QEMU's status)."""
    append = " ".join(("batch", "qemu-exit") + options)
    with PC("-device", "isa-debug-exit,iobase=0xf4,iosize=0x4", *arguments,
            append=append, modules=modules, **more) as pc:
        status = pc.wait_exit()
        return pc.serial().replace("\r\n", "\n"), status


def reports(text):
    """The reports of a batch's output, as dictionaries."""
    pattern = re.compile(
        r"^baby: batch program=(?P<name>\S+) engine=(?P<engine>\S+) "
        r"instructions=(?P<instructions>\d+) end=(?P<end>\w+)\n"
        r"A (?P<a>-?\d+)\nCI (?P<ci>\d+)\nPI (?P<pi>\d+)\nTEST (?P<test>[01])\n"
        r"(?P<lines>(?:\d{4}:[01]{32}\n){32})baby: end\n", re.M)
    for match in pattern.finditer(text):
        report = match.groupdict()
        lines = report["lines"].splitlines()
        assert [line[:5] for line in lines] == [f"{i:04}:" for i in range(32)]
        report["store"] = [int(line[5:][::-1], 2) for line in lines]
        for key in ("instructions", "a", "ci", "pi", "test"):
            report[key] = int(report[key])
        yield report
