# SPDX-License-Identifier: MIT
"""Checks that the README files match the sources."""
import os
import re
import subprocess

import pytest
from baby import batch, reports

ROOT = "README.md"
BOOT, KERNEL, UI = "boot/README.md", "kernel/README.md", "kernel/ui/README.md"
EMU, TESTS = "emu/README.md", "tests/README.md"
CONFORMANCE = "tests/conformance/README.md"
READMES = [ROOT, BOOT, KERNEL, UI, EMU, TESTS, CONFORMANCE]


def source(path, encoding="ascii"):
    with open(path, encoding=encoding) as file:
        return file.read()


def readme(path):
    return source(path, "utf-8")


def section(path, title):
    return re.search(rf"^##+ {title}\n(.*?)(^## |\Z)", readme(path),
                     re.M | re.S)[1]


def first_column(text):
    return [line.split(" | ")[0].strip("| ") for line in text.splitlines()
            if line.startswith("| ")]


def test_root_is_short():
    assert len(readme(ROOT).splitlines()) <= 160


@pytest.mark.parametrize("path", [ROOT, TESTS, CONFORMANCE])
def test_root_and_tests_name_real_targets(path):
    targets = phony_targets()
    for target in re.findall(r"(?:`|    )make ((?:[a-z][a-z-]+ ?)+)",
                             readme(path)):
        assert set(target.split()) <= targets, target


def phony_targets():
    text = "".join(source(path) for path in
                   ("Makefile", "tests/lint/check.mk")).replace("\\\n", " ")
    rules = re.findall(r"^\.PHONY: (.*)", text, re.M)
    return set(" ".join(rules).split()) - {"FORCE"}


def test_make_help_lists_every_target():
    shown = subprocess.run(["make", "help"], capture_output=True, text=True,
                           check=True).stdout
    assert phony_targets() == set(re.findall(r"^  ([a-z][a-z-]*) ", shown,
                                             re.M))


def engine_names():
    return re.findall(r"^    ROW\((\w+)\)", source("emu/engine/engine.h"), re.M)


def test_options():
    engines = engine_names()
    names = '"' + "|".join(engines + ["translator"]) + '"'
    rows = re.findall(r'^    \{"([\w=-]+)", "([^"]*)"',
                      source("kernel/services/option_table.c").replace(
                          "ENGINE_NAMES", names), re.M)
    assert len(rows) == 35
    shown = re.findall(r"^\| `([^`]+)` \|", section(KERNEL, "Boot options"),
                       re.M)
    assert shown == [(name + values).replace("|", "\\|")
                     for name, values in rows]


def test_faults():
    table = source("kernel/services/option_table.c")
    table = table.split("bool set_fault(")[1].split("};")[0]
    names = re.findall(r'\] = "([\w-]+)"', table)
    assert len(names) == 17
    names += re.findall(r'"(guest-[\w-]+)"',
                        source("kernel/services/options.h"))
    assert len(names) == 17 + 24
    column = first_column(section(KERNEL, "Fault injection"))
    shown = re.findall(r"`([\w-]+)`", " ".join(column))
    assert sorted(shown) == sorted(set(names) - {"none"})


def test_keys():
    rows = re.findall(r"^    \{'.', KEY_\w+, \S+, \"([^\"]+)\"",
                      source("kernel/ui/command_table.c"), re.M)
    assert len(rows) == 59
    keys = " ".join(key for title in ("Keys", "The lab", "The debugger")
                    for key in first_column(section(UI, title)))
    for key in " ".join(rows).replace("^", "Ctrl-").split():
        assert re.search(rf"(^|[ ,;]){key}($|[ ,;])", keys), key


def test_programs():
    names = re.findall(r'program "(.+)"', source("boot/programs.S"))
    column = first_column(section(BOOT, "Programs"))
    shown = re.findall(r"`([\w-]+)`", " ".join(column))
    assert sorted(names) == sorted(shown)
    files = [f[:-4] for f in os.listdir("boot/programs")]
    assert sorted(names) == sorted(files)
    told = re.findall(r"^(\S+)\t", source("tests/lib/programs.tsv"), re.M)
    assert sorted(names) == sorted(n for n in told if n[0] != "#")


def test_engines():
    names = engine_names()
    names.append("translator")
    rows = re.findall(r"^\| \*(\w+)\* \|.*\| `(.+)` \|$",
                      section(EMU, "Engines"), re.M)
    assert [name for name, _ in rows] == names
    for name, file in rows:
        assert f'.name = "{name}"' in source("emu/" + file)


def test_own_program(tmp_path):
    """The example program computes the sum it claims."""
    lines = re.findall(r"^    ((?:;|\d).*)", section(ROOT, "Your own program"),
                       re.M)
    file = tmp_path / "sum.asm"
    file.write_text("\n".join(lines) + "\n")
    [report] = reports(batch(modules=[str(file)])[0])
    assert (report["end"], report["store"][22]) == ("stop", 5 + 7)


def test_snapshot_file():
    """The README lists every name of a snapshot, in order."""
    names = re.findall(r'^    \{"([A-Z0-9-]+)", KIND_',
                       source("emu/format/snapshot_file.c"), re.M)
    assert len(names) == 17
    part = section(EMU, "Snapshot files")
    assert re.findall(r"^    ([A-Z0-9-]+) ", part, re.M) == names


def test_course():
    text = re.sub(r'"\n\s*"', "", source("kernel/ui/pages/course.c"))
    ideas = re.findall(r'\{"([^"]+)",\s*"([^"]+)",\s*"([^"]+)",\s*"([^"]+)"\}',
                       text)
    assert len(ideas) == 34
    for name, keys, file, exercise in ideas:
        assert f"| {name} | {keys} | `{file}` | {exercise} |" in readme(UI)
        assert os.path.exists(file), file
    lacks = re.search(r'course_lacks\[\] =\s*"([^"]+)"', text)[1]
    assert lacks in " ".join(readme(UI).split())


def anchors(path):
    """Returns the anchors that GitHub generates from headings."""
    headings = re.findall(r"^##* (.+)", readme(path), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
            for heading in headings}


@pytest.mark.parametrize("path", READMES)
def test_links(path):
    links = re.findall(r"\]\(([\w./-]*)(?:#([\w-]+))?\)",
                       " ".join(readme(path).split()))
    assert path == BOOT or links
    for file, anchor in links:
        target = os.path.normpath(os.path.join(os.path.dirname(path), file)) \
            if file else path
        assert os.path.exists(target), file
        assert not anchor or anchor in anchors(target), anchor


@pytest.mark.parametrize("path", READMES[1:])
def test_first_paragraph_is_for_somebody(path):
    first = readme(path).split("\n\n")[1]
    assert first.startswith("This page is for "), first
