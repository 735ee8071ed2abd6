# SPDX-License-Identifier: MIT
"""`make ENGINE=student` builds a kernel whose lab has the student's engine."""
import re
import subprocess

import pytest
from pc import PC

KERNEL = "build/student/baby.elf"


@pytest.mark.parametrize("options", ["", "video=text25 "])
def test_lab_has_its_row(options):
    subprocess.run(["make", "-s", "ENGINE=student", KERNEL], check=True,
                   stdout=subprocess.DEVNULL)
    with PC("-kernel", KERNEL, loader=False, rows=25 if options else 50,
            append=options + "engine=student program=july1948-989") as pc:
        pc.wait_for("F1 Help")
        pc.key("f4")
        pc.wait(lambda lines: [line[1:13] for line in lines if re.match(
            r" \d \w+ +[\d.]+ [kMG]?/s .* x\d", line)][4:] ==
            ["5 student   ", "6 translator"], "six rows with figures")
        for key, name in ("4", "predecoded"), ("5", "student"):
            pc.key(key)
            pc.wait_for(f"under the {name} engine")
        pc.key("l")
        pc.wait_for("Lockstep is on:")
        pc.key("f6")
        pc.wait_for("1 calls in lockstep")
