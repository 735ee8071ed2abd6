# SPDX-License-Identifier: MIT
"""Tests the Baby on v86, a PC emulator in JavaScript, with QEMU's BIOS."""
import os
import re
import shutil
import subprocess

import pytest
from pc import FLOPPY, ISO, KERNEL

BIOS = "/usr/share/seabios"
# One for each parallel worker.
FOLDER = "build/v86" + os.environ.get("PYTEST_XDIST_WORKER", "")


@pytest.fixture(scope="module")
def v86():
    """Installs v86, in the version of tests/machines/v86, in the build
    folder."""
    for tool in "npm", "node":
        if not shutil.which(tool):
            pytest.skip(f"v86: {tool} is not installed")
    if not os.path.exists(BIOS):
        pytest.skip(f"v86: {BIOS} is not there")
    os.makedirs(FOLDER, exist_ok=True)
    for name in "package.json", "package-lock.json":
        shutil.copy("tests/machines/v86/" + name, FOLDER)
    if subprocess.run(["npm", "ci"], cwd=FOLDER, check=False,
                      capture_output=True).returncode != 0:
        pytest.skip("v86: npm could not get it")
    return FOLDER + "/node_modules/v86/build"


@pytest.mark.parametrize("medium, file", [
    ("multiboot", KERNEL), ("cdrom", ISO), ("fda", FLOPPY)])
def test_july(v86, medium, file):
    result = subprocess.run(["node", "tests/machines/v86/run.mjs", v86, BIOS,
                             medium, file], check=False, capture_output=True,
                            text=True, timeout=3000)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "2 097 154 instructions" in result.stdout
    assert re.search(r"│  27 +131072 ", result.stdout)
