# SPDX-License-Identifier: MIT
"""Tests the tests: each fault injected into the sources must make one fail.

The faults are in TEST.txt: the path of a source ("== PATH"), then for each
fault its description, the lines to replace ("- "), which must occur exactly
once, and their replacement ("+ ").  White space and comments are ignored.

Slow: each fault needs a build of the test."""
import collections
import os
import re
import shutil
import subprocess

import pytest

# How this host executes programs for an i386, and what does it.
I386 = ["tests/lib/i386.sh", "run"]
HOW = subprocess.run(["tests/lib/i386.sh", "how"], capture_output=True,
                     text=True, check=True).stdout.strip()
FEWER = ["--stride", "97"] if HOW == "emulated" else []

# The test for each file.  With fewer random programs, as most faults are found
# soon.
TRANSLATOR = [*I386, "build/translator/test", *FEWER]
TESTS = {
    "engines": ["build/unit/test_engines"],
    "isolation": ["build/unit/test_isolation"],
    "history": ["build/unit/test_history"],
    "scheduler": ["build/unit/test_scheduler"],
    "guests": ["build/unit/test_guests"],
    "machines": ["build/unit/test_random_machines"],
    "slices": ["build/unit/test_slices"],
    "trace": ["build/unit/test_trace"],
    "terminal": ["build/unit/test_terminal"],
    "escape": ["build/unit/test_escape_decoder"],
    "ports": ["build/unit/test_serial_ports"],
    "reader": ["build/unit/test_reader_recording"],
    "writer": ["build/unit/test_writer_random"],
    "pci": ["build/unit/test_pci"],
    "xhci_find": ["build/unit/test_xhci_find"],
    "usb_descriptors": ["build/unit/test_descriptors"],
    "keymap": ["build/unit/test_keymap"],
    "usb_report": ["build/unit/test_usb_report"],
    "floppy": ["build/unit/test_floppy"],
    "saved_file": ["build/unit/test_saved_file"],
    "translator": [*TRANSLATOR, "20000"],
    "translator_isolation": [*TRANSLATOR, "--isolation"],
}
ENVIRONMENT = dict(os.environ, BABY_PROGRAMS="20000")
# No sanitizers, to save time; no warnings about unused code.
FLAGS = ["HOST=-std=c11 -O1 -I. -Ikernel",
         "HOST32=-m32 -std=c11 -O1 -I. -Ikernel"]
# Some faults cause endless loops.
SECONDS = 300 if FEWER else 60

Fault = collections.namedtuple("Fault", "test source description old new")


def read_faults(test):
    """The faults of TEST.txt."""
    with open(f"tests/mutations/{test}.txt", encoding="ascii") as file:
        text = file.read()
    for section in re.split(r"^== ", text, flags=re.M)[1:]:
        source, *blocks = section.strip().split("\n\n")
        for block in blocks:
            lines = block.split("\n")
            old, new = ("\n".join(line[2:] for line in lines
                                  if line[0] == sign) for sign in "-+")
            yield Fault(test, source, lines[0], old, new)


FAULTS = [fault for test in TESTS for fault in read_faults(test)]


def make(folder, test):
    program = next(word for word in test if word.startswith("build/"))
    subprocess.run(["make", "-s", *FLAGS, program], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)


def passes(folder, test):
    try:
        return subprocess.run(test, cwd=folder,
                              env=ENVIRONMENT, timeout=SECONDS,
                              stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode == 0
    except subprocess.TimeoutExpired:
        return False


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mutations")
    shutil.copy("Makefile", folder)
    for part in ("boot", "emu", "kernel", "tests"):
        shutil.copytree(part, folder / part)
    return folder


COMMENT = r"/\*(?:[^*]|\*(?!/))*\*/"
GAP = rf"(?:\s|{COMMENT})"


def fragment(old):
    """A pattern for the C tokens of OLD, with any gap between them."""
    tokens = re.findall(r"\w+|[^\w\s]", re.sub(COMMENT, " ", old))
    pattern = re.escape(tokens[0])
    for before, token in zip(tokens, tokens[1:]):
        words = re.match(r"\w", before) and re.match(r"\w", token)
        pattern += GAP + ("+" if words else "*") + re.escape(token)
    return pattern


def inject(source, old, new):
    """SOURCE with OLD, which must occur exactly once, replaced by NEW."""
    changed, count = re.subn(fragment(old), lambda _: new, source)
    assert count == 1, f"the fault does not fit the source:\n{old}"
    return changed


def needed(test):
    """TEST, or a skip if its programs cannot be built."""
    none = HOW == "none" and test.startswith("translator")
    return pytest.mark.skipif(none, reason="cc -m32 makes no program")


def test_every_fault_fits():
    """Part of `make test`, so that faults are kept up with the sources."""
    for fault in FAULTS:
        with open(fault.source, encoding="ascii") as file:
            inject(file.read(), fault.old, fault.new)


@pytest.mark.parametrize("fault", [
    pytest.param(fault, marks=needed(fault.test),
                 id=f"{fault.source}: {fault.description}")
    for fault in FAULTS])
def test_fault_is_found(copy, fault):
    file = copy / fault.source
    source = file.read_text(encoding="ascii")
    try:
        file.write_text(inject(source, fault.old, fault.new),
                        encoding="ascii")
        make(copy, TESTS[fault.test])
        assert not passes(copy, TESTS[fault.test]), fault.description
    finally:
        file.write_text(source, encoding="ascii")


# A test that also fails without a fault proves nothing.
@pytest.mark.parametrize("test", [
    pytest.param(test, marks=needed(test)) for test in TESTS])
def test_passes_without_a_fault(copy, test):
    make(copy, TESTS[test])
    assert passes(copy, TESTS[test])
