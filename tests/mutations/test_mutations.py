# SPDX-License-Identifier: MIT
"""Tests the tests: each fault put into an engine must make its test fail, that
of the translator, of history and of the trace each its own.

Slow: the test is built anew for each.
"""
import os
import shutil
import subprocess

import pytest

from faults import FAULTS, HISTORY_FAULTS, TRACE_FAULTS, TRANSLATOR_FAULTS

# Fewer programs than usual, as most faults show at once.
ENGINES = ["build/unit/test_engines"]
TRANSLATOR = ["build/translator/test", "20000"]
HISTORY = ["build/unit/test_history"]
TRACE = ["build/unit/test_trace"]
ENVIRONMENT = dict(os.environ, BABY_PROGRAMS="20000")
# No sanitizers, for the time they take; no warnings of what a fault leaves
# unused.
FLAGS = ["HOST=-std=c11 -O1 -I. -Ikernel",
         "HOST32=-m32 -std=c11 -O1 -I. -Ikernel"]
# Some faults make the test run for ever.
SECONDS = 60


def make(folder, test):
    subprocess.run(["make", "-s", *FLAGS, test[0]], cwd=folder, check=True,
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


def links_32():
    return subprocess.run(["cc", "-m32", "-xc", "-", "-o", os.devnull],
                          input=b"int main(void){}", capture_output=True,
                          check=False).returncode == 0


def find(copy, test, fault):
    what, path, old, new = fault
    file = copy / path
    source = file.read_text(encoding="ascii")
    assert source.count(old) == 1, "the fault does not fit the source"
    try:
        file.write_text(source.replace(old, new), encoding="ascii")
        make(copy, test)
        assert not passes(copy, test), what
    finally:
        file.write_text(source, encoding="ascii")


def name(fault):
    return f"{fault[1]}: {fault[0]}"


@pytest.mark.parametrize("fault", FAULTS, ids=name)
def test_fault_is_found(copy, fault):
    find(copy, ENGINES, fault)


@pytest.mark.parametrize("fault", HISTORY_FAULTS, ids=name)
def test_fault_of_history_is_found(copy, fault):
    find(copy, HISTORY, fault)


@pytest.mark.parametrize("fault", TRACE_FAULTS, ids=name)
def test_fault_of_the_trace_is_found(copy, fault):
    find(copy, TRACE, fault)


needs_32 = pytest.mark.skipif(not links_32(), reason="cc -m32 makes no program")


@needs_32
@pytest.mark.parametrize("fault", TRANSLATOR_FAULTS, ids=name)
def test_fault_of_the_translator_is_found(copy, fault):
    find(copy, TRANSLATOR, fault)


# What finds faults where there are none finds nothing.
@pytest.mark.parametrize("test", [ENGINES, HISTORY, TRACE])
def test_no_fault_is_found(copy, test):
    make(copy, test)
    assert passes(copy, test)


@needs_32
def test_no_fault_of_the_translator_is_found(copy):
    make(copy, TRANSLATOR)
    assert passes(copy, TRANSLATOR)
