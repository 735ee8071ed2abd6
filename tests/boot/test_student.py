# SPDX-License-Identifier: MIT
"""Tests the kernel with a student's engine, whose source is in any folder."""
import shutil
import subprocess

import pc
import pytest
from baby import started, wait_tube
from test_console import after_july


@pytest.mark.long
def test_engine_from_elsewhere(tmp_path, monkeypatch):
    """It runs in ring 3, as the engines of this project do."""
    source = tmp_path / "mine.c"
    shutil.copy("tests/engine/solution_4.c", source)
    kernel = "build/student/baby.elf"
    subprocess.run(["make", "-s", "ENGINE=student", f"STUDENT={source}",
                    kernel], check=True)
    monkeypatch.setattr(pc, "KERNEL", kernel)
    with pc.PC(append="speed=max") as machine:
        started(machine)
        machine.key("f4")
        machine.key("5")
        machine.wait_for("The machine runs under the student engine")
        machine.key("tab")
        machine.key("f5")
        wait_tube(machine, after_july())
