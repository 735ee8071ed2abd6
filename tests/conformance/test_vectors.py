# SPDX-License-Identifier: MIT
"""Tests the reader of vectors.txt and the simulator reference.py, as it is and
with one fault."""
import os
import sys

import pytest
import reference
import vectors

FOLDER = os.path.dirname(os.path.abspath(__file__))
ROWS = vectors.read()
OPTIONS = ["-", "ci5", "ci5,immediate-test"]


def source(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


def test_the_file_holds_900_vectors():
    assert len(ROWS) == len({(row.name, row.options) for row in ROWS}) == 900
    for options in OPTIONS:
        assert sum(row.options == options for row in ROWS) == 300


def test_the_options_of_a_vector_share_its_store():
    stores = {}
    for row in ROWS:
        assert stores.setdefault(row.name, row.store) == row.store


@pytest.mark.parametrize("damage, message", [
    (lambda row: row[:-9], "36 words"),
    (lambda row: row + " 00000000", "38 words"),
    (lambda row: row.replace(" hung ", " hang "), "the end is hang"),
    (lambda row: row.replace(" 00042021 ", " 0004202g "), "0004202g"),
    (lambda row: row.replace(" 2000 ", " many "), "many"),
])
def test_a_damaged_row_is_refused(damage, message):
    row = source("vectors.txt").splitlines()[1]
    assert vectors.parse(row) == ROWS[0]
    with pytest.raises(ValueError, match=message):
        vectors.parse(damage(row))


def run_main(monkeypatch, run, *arguments):
    """The status of vectors.main() with ARGUMENTS."""
    monkeypatch.setattr(sys, "argv", ["runner", *arguments])
    return vectors.main("a simulator", run)


def test_the_reference_agrees_with_all(monkeypatch, capsys):
    run = lambda rows: map(reference.expected, rows)
    assert run_main(monkeypatch, run, "--all") == 0
    assert capsys.readouterr().out.count(": agrees\n") == 900


# A name, and the code to replace in reference.py.
FAULTS = [
    ("counts CI after the fetch", "ci = (ci + 1 + test)", "ci = (ci + test)"),
    ("decodes 4 digits of a line", "pi & 31", "pi & 15"),
    ("decodes 2 digits of a function", "pi >> 13 & 7", "pi >> 13 & 3"),
    ("JMP jumps to the line", "ci = store[line]", "ci = line"),
    ("JMP jumps a line before", "ci = store[line]", "ci = store[line] - 1"),
    ("JRP jumps back", "ci + store[line]", "ci - store[line]"),
    ("JRP jumps a line before", "ci + store[line]", "ci - 1 + store[line]"),
    ("LDN does not negate", "a = -store", "a = store"),
    ("STO clears A", "store[line] = a", "store[line], a = a, 0"),
    ("SUB adds", "a - store[line]", "a + store[line]"),
    ("function 5 does nothing", "in (4, 5):", "== 5: pass\n"
     "        elif function == 4:"),
    ("function 5 is a Stop", "in (4, 5)", "== 4"),
    ("A has 31 digits", "(a - store[line]) & MASK",
     "(a - store[line]) & MASK >> 1"),
    ("CMP skips if A is 0", "a >> 31", "a >> 31 | (a == 0)"),
    ("CMP skips if A is not negative", "a >> 31", "1 - (a >> 31)"),
    ("STP does nothing", 'end = "stop"', "pass"),
]


def broken(old, new):
    """reference.run() with NEW instead of OLD."""
    text = source("reference.py")
    assert old in text
    names = {"__name__": "broken"}
    exec(text.replace(old, new), names)
    return names["expected"]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("old, new", [row[1:] for row in FAULTS],
                         ids=[row[0] for row in FAULTS])
def test_a_fault_is_reported(old, new, options, monkeypatch, capsys):
    """Even if the simulator shows only its store."""
    end = broken(old, new)
    run = lambda rows: ({"store": end(row)["store"]} for row in rows)
    assert run_main(monkeypatch, run, "--options", options) == 1
    out = capsys.readouterr().out
    assert out.count(": differs: ") >= 26
    assert out.count(": differs: ") + out.count(": agrees\n") == 300


@pytest.mark.parametrize("old, new", [
    ("fetch >= 2", "fetch >= 8"),
    ("pi if fetch == 1 else 0", "0"),
    ("test = 0\n        fetch", "fetch"),
])
def test_a_fault_of_the_control_of_1948_is_reported(old, new, monkeypatch):
    run = lambda rows: map(broken(old, new), rows)
    assert run_main(monkeypatch, run) == 1


def test_what_differs_is_named():
    row = ROWS[0]
    state = reference.expected(row)
    assert vectors.differences(row, state) == {}
    store = list(state["store"])
    store[3] ^= 1
    state.update(end="limit", a=row.a ^ 1, store=store)
    assert vectors.differences(row, state) == {
        "end": "end is limit instead of hung",
        "a": "a is 09cc0e7e instead of 09cc0e7f",
        "store": "line 3 is 1255994e instead of 1255994f"}


def test_fields_that_are_not_shown_are_not_compared():
    row = next(row for row in ROWS if row.a >> 31)
    assert vectors.differences(row, {"a": row.a - 2 ** 32}) == {}
    assert vectors.differences(row, {"a": 0}).keys() == {"a"}
    assert vectors.differences(row, {}).keys() == {"state"}
    assert vectors.differences(row, None).keys() == {"state"}


def test_a_simulator_that_ends_early_is_reported(monkeypatch, capsys):
    run = lambda rows: map(reference.expected, rows[:299])
    assert run_main(monkeypatch, run) == 1
    assert "loop-100 -: differs: the simulator shows no state\n" in \
        capsys.readouterr().out


def test_unknown_options_are_refused(monkeypatch, capsys):
    with pytest.raises(SystemExit) as ending:
        run_main(monkeypatch, None, "--options", "immediate-test")
    assert ending.value.code == 2
    assert "no vector has the options" in capsys.readouterr().err
