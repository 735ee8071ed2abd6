# SPDX-License-Identifier: MIT
"""Tests `make test-engine`: each exercise of emu/README.md is passed by its
solution, but neither by the solution before it nor by the stub."""
import re
import subprocess

import pytest

HOW = subprocess.run(["tests/lib/i386.sh", "how"], capture_output=True,
                     text=True, check=True).stdout.strip()
STUB = "emu/engine/student.c"
EXERCISES = range(1, 6)


def make(*words):
    """The exit status and the output of make."""
    result = subprocess.run(["make", "-s", "test-engine", *words],
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True)
    return result.returncode, result.stdout


def mark(exercise, source):
    if exercise == 5 and HOW == "none":
        pytest.skip("cc -m32 makes no program")
    return make("ENGINE=student", f"EXERCISE={exercise}", f"STUDENT={source}")


def solution(exercise):
    return f"tests/engine/solution_{exercise}.c" if exercise else STUB


def wrong(folder, old, new):
    """A file like the solution of exercise 3, with one change."""
    with open("tests/engine/interpreter.h", encoding="ascii") as file:
        text = file.read()
    assert text.count(old) == 1
    path = folder / "wrong.c"
    path.write_text("#define FUNCTIONS 0xFFu\n" + text.replace(old, new),
                    encoding="ascii")
    return path


def test_readme_names_every_command():
    with open("emu/README.md", encoding="utf-8") as file:
        text = file.read()
    found = re.findall(r"`make test-engine ENGINE=student EXERCISE=(\d)`", text)
    assert found == [str(exercise) for exercise in EXERCISES]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_exercise(exercise):
    status, output = mark(exercise, solution(exercise))
    assert status == 0, output
    assert "student: passed" in output
    for before in {solution(exercise - 1), STUB}:
        status, output = mark(exercise, before)
        assert status and "student: passed" not in output, before


def test_difference_is_shown(tmp_path):
    """In single steps: the instruction, and the states."""
    status, output = mark(3, wrong(tmp_path, "machine->a -=", "machine->a +="))
    assert status
    match = re.search(r"line \d\d: SUB \d+ \((\w+)\)\n", output)
    rows = dict(re.findall(r"^(\S+) +\S+ +(\S+ +\S+(?:  \*)?)$", output, re.M))
    assert rows["A"].endswith("*") and not rows["CI"].endswith("*")
    assert rows["PI"].split()[0] == match[1].lstrip("0")


def test_difference_in_a_long_call(tmp_path):
    """The call is repeated with smaller budgets to find the instruction."""
    old = "is_plain(machine, breakpoints) &&"
    new = "(obeyed > 0 || is_plain(machine, breakpoints)) &&"
    status, output = mark(3, wrong(tmp_path, old, new))
    assert status
    assert re.search(r"instruction \d+ of a call, line \d\d: ", output)


def test_endless_call_is_shown(tmp_path):
    status, output = mark(2, wrong(tmp_path, "machine->ci = *line;",
                                   "for (;;)\n            ;"))
    assert status
    assert "run() does not return in" in output


@pytest.mark.parametrize("engine, exercise", [
    ("reference", 0), ("switch", 3), ("predecoded", 4), ("translator", 0)])
def test_engines_of_the_list(engine, exercise):
    """Each also fails in the next exercise; the translator leaves single steps
    to the reference."""
    if engine == "translator" and HOW == "none":
        pytest.skip("cc -m32 makes no program")
    status, output = make(f"ENGINE={engine}", f"EXERCISE={exercise}")
    assert status == 0 and f"{engine}: passed 900 vectors" in output
    assert make(f"ENGINE={engine}", f"EXERCISE={exercise + 1}")[0]


def test_unknown_engine():
    status, output = make("ENGINE=nothing")
    assert status and "ENGINE must be one of: reference switch" in output
