# SPDX-License-Identifier: MIT
"""Tests the tests: each fault put into an engine must make test_engines fail.

Slow: the test is built anew for each.
"""
import os
import shutil
import subprocess

import pytest

from faults import FAULTS

TEST = "build/unit/test_engines"
# No sanitizers, for the time they take; no warnings of what a fault leaves
# unused.
FLAGS = "HOST=-std=c11 -O1 -I. -Ikernel"
# Fewer programs than usual, as most faults show at once; a fault may also
# make the test run for ever.
ENVIRONMENT = dict(os.environ, BABY_PROGRAMS="20000")
SECONDS = 20


def make(folder):
    subprocess.run(["make", "-s", FLAGS, TEST], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)


def passes(folder):
    try:
        return subprocess.run([os.path.join(folder, TEST)], cwd=folder,
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
    make(folder)
    assert passes(folder)
    return folder


@pytest.mark.parametrize("what,path,old,new", FAULTS,
                         ids=[f"{f[1]}: {f[0]}" for f in FAULTS])
def test_fault_is_found(copy, what, path, old, new):
    file = copy / path
    source = file.read_text(encoding="ascii")
    assert source.count(old) == 1, "the fault does not fit the source"
    try:
        file.write_text(source.replace(old, new), encoding="ascii")
        make(copy)
        assert not passes(copy), what
    finally:
        file.write_text(source, encoding="ascii")
