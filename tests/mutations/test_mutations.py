# SPDX-License-Identifier: MIT
"""Tests the tests: each fault put into an engine must make its test fail, that
of the translator, of history, of the trace and of a terminal each its own.

Slow: the test is built anew for each.
"""
import os
import re
import shutil
import subprocess

import pytest

from faults import (ESCAPE_FAULTS, FAULTS, HISTORY_FAULTS, ISOLATION_FAULTS,
                    PORTS_FAULTS, TERMINAL_FAULTS, TRACE_FAULTS,
                    TRANSLATED_ISOLATION_FAULTS, TRANSLATOR_FAULTS)

# How this host executes programs for an i386, and what does it.
I386 = ["tests/lib/i386.sh", "run"]
HOW = subprocess.run(["tests/lib/i386.sh", "how"], capture_output=True,
                     text=True, check=True).stdout.strip()
FEWER = ["--stride", "97"] if HOW == "emulated" else []

# Fewer programs than usual, as most faults show at once.
ENGINES = ["build/unit/test_engines"]
TRANSLATOR = [*I386, "build/translator/test", *FEWER,
              "5000" if FEWER else "20000"]
ISOLATION = ["build/unit/test_isolation"]
TRANSLATED_ISOLATION = [*I386, "build/translator/test", *FEWER,
                        "--isolation"]
HISTORY = ["build/unit/test_history"]
TRACE = ["build/unit/test_trace"]
TERMINAL = ["build/unit/test_terminal"]
ESCAPE = ["build/unit/test_escape"]
PORTS = ["build/unit/test_ports"]
ENVIRONMENT = dict(os.environ, BABY_PROGRAMS="20000")
# No sanitizers, for the time they take; no warnings of what a fault leaves
# unused.
FLAGS = ["HOST=-std=c11 -O1 -I. -Ikernel",
         "HOST32=-m32 -std=c11 -O1 -I. -Ikernel"]
# Some faults make the test run for ever.
SECONDS = 300 if FEWER else 60


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


def fragment(old):
    """A pattern for the C tokens of OLD, with any white space between."""
    tokens = re.findall(r"\w+|[^\w\s]", old)
    pattern = re.escape(tokens[0])
    for before, token in zip(tokens, tokens[1:]):
        words = re.match(r"\w", before) and re.match(r"\w", token)
        pattern += (r"\s+" if words else r"\s*") + re.escape(token)
    return pattern


def inject(source, old, new):
    """SOURCE with OLD, which it must have once, replaced by NEW."""
    changed, count = re.subn(fragment(old), lambda _: new, source)
    assert count == 1, "the fault does not fit the source"
    return changed


def find(copy, test, fault):
    what, path, old, new = fault
    file = copy / path
    source = file.read_text(encoding="ascii")
    try:
        file.write_text(inject(source, old, new), encoding="ascii")
        make(copy, test)
        assert not passes(copy, test), what
    finally:
        file.write_text(source, encoding="ascii")


def name(fault):
    return f"{fault[1]}: {fault[0]}"


@pytest.mark.parametrize("fault", FAULTS, ids=name)
def test_fault_is_found(copy, fault):
    find(copy, ENGINES, fault)


@pytest.mark.parametrize("fault", ISOLATION_FAULTS, ids=name)
def test_a_way_out_is_found(copy, fault):
    find(copy, ISOLATION, fault)


@pytest.mark.parametrize("fault", HISTORY_FAULTS, ids=name)
def test_fault_of_history_is_found(copy, fault):
    find(copy, HISTORY, fault)


@pytest.mark.parametrize("fault", TRACE_FAULTS, ids=name)
def test_fault_of_the_trace_is_found(copy, fault):
    find(copy, TRACE, fault)


@pytest.mark.parametrize("fault", TERMINAL_FAULTS, ids=name)
def test_fault_of_a_terminal_is_found(copy, fault):
    find(copy, TERMINAL, fault)


@pytest.mark.parametrize("fault", ESCAPE_FAULTS, ids=name)
def test_fault_of_a_terminals_keys_is_found(copy, fault):
    find(copy, ESCAPE, fault)


@pytest.mark.parametrize("fault", PORTS_FAULTS, ids=name)
def test_fault_of_a_port_is_found(copy, fault):
    find(copy, PORTS, fault)


needs_32 = pytest.mark.skipif(HOW == "none", reason="cc -m32 makes no program")


@needs_32
@pytest.mark.parametrize("fault", TRANSLATOR_FAULTS, ids=name)
def test_fault_of_the_translator_is_found(copy, fault):
    find(copy, TRANSLATOR, fault)


@needs_32
@pytest.mark.parametrize("fault", TRANSLATED_ISOLATION_FAULTS, ids=name)
def test_a_way_out_of_code_is_found(copy, fault):
    find(copy, TRANSLATED_ISOLATION, fault)


# What finds faults where there are none finds nothing.
@pytest.mark.parametrize("test", [ENGINES, HISTORY, ISOLATION, TRACE, TERMINAL,
                                  ESCAPE, PORTS])
def test_no_fault_is_found(copy, test):
    make(copy, test)
    assert passes(copy, test)


@needs_32
@pytest.mark.parametrize("test", [TRANSLATOR, TRANSLATED_ISOLATION])
def test_no_fault_of_the_translator_is_found(copy, test):
    make(copy, test)
    assert passes(copy, test)
