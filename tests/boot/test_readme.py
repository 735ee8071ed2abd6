# SPDX-License-Identifier: MIT
"""README.md says what the code says."""
import os
import re

README = open("README.md", encoding="utf-8").read()


def source(path):
    with open(path, encoding="ascii") as file:
        return file.read()


def test_options():
    rows = re.findall(r'^    \{"([\w=-]+)", "([^"]*)"',
                      source("kernel/services/option_table.c"), re.M)
    assert len(rows) == 30
    shown = re.findall(r"^\| `([^`]+)` \|", section("Options"), re.M)
    assert shown == [(name + values).replace("|", "\\|")
                     for name, values in rows]


def section(title):
    return re.search(rf"^## {title}\n(.*?)^## ", README, re.M | re.S)[1]


def test_keys():
    rows = re.findall(r"^    \{'.', KEY_\w+, \S+, \"([^\"]+)\"",
                      source("kernel/ui/command_table.c"), re.M)
    assert len(rows) == 54
    told = section("Keys") + section("The lab") + section("The debugger")
    keys = " ".join(line.split("|")[1]
                    for line in told.splitlines() if "|" in line)
    for key in " ".join(rows).replace("^", "Ctrl-").split():
        assert re.search(rf"(^|[ ,;]){key}($|[ ,;])", keys), key


def test_programs():
    names = re.findall(r'program "(.+)"', source("boot/programs.S"))
    shown = re.findall(r"`([\w-]+)`", section("Programs").split("A program")[0])
    assert sorted(names) == sorted(shown)
    files = [f[:-4] for f in os.listdir("boot/programs")]
    assert sorted(names) == sorted(files)
    told = re.findall(r"^(\S+)\t", source("tests/lib/programs.tsv"), re.M)
    assert sorted(names) == sorted(n for n in told if n[0] != "#")


def test_state():
    """Every name, in order."""
    names = re.findall(r'^    \{"([A-Z0-9-]+)", KIND_',
                       source("emu/format/snapshot_file.c"), re.M)
    assert len(names) == 17
    part = section("Save and receive").split("### State")[1]
    assert re.findall(r"^    ([A-Z0-9-]+) ", part, re.M) == names


def test_course():
    text = re.sub(r'"\n\s*"', "", source("kernel/ui/pages/course.c"))
    ideas = re.findall(r'\{"([^"]+)",\s*"([^"]+)",\s*"([^"]+)",\s*"([^"]+)"\}',
                       text)
    assert len(ideas) == 16
    for name, keys, file, exercise in ideas:
        assert f"| {name} | {keys} | `{file}` | {exercise} |" in README
        assert os.path.exists(file), file
    lacks = re.search(r'course_lacks\[\] =\s*"([^"]+)"', text)[1]
    assert lacks in " ".join(README.split())


def test_files_named_exist():
    for name in re.findall(r"\]\(([\w./-]+)\)", README):
        assert os.path.exists(name), name
