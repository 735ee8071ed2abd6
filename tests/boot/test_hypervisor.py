# SPDX-License-Identifier: MIT
"""Tests ring 3: what its instructions do on this processor."""
import re

import pytest
from gdb import Held
from pc import PC, symbol

CPUS = ["486", "max"]
GENERAL_PROTECTION = 13
PRIVILEGED = {"cli", "sti", "hlt", "mov cr0, eax", "mov eax, cr0", "in", "out",
              "lgdt"}
READING = {"pushf", "sgdt", "sidt", "sldt", "str", "smsw", "lar", "verr",
           "mov ax, cs"}
ROW = re.compile(r'name = \w+ "([^"]*)", what = [^"]*"[^"]*", '
                 r'result = SENSITIVE_(\w+), detail = (\d+)')


def sensitive(cpu, *options):
    """{instruction: (result, detail)}, as the kernel finds them."""
    held = Held()
    rows = "(struct sensitive_row *)history_memory.start"
    with PC(*held.arguments, "-cpu", cpu, append=" ".join(options)):
        told = held.at("inject_fault", f"print sensitive_run({rows})",
                       f"print *{rows}@18")
    assert "$1 = true" in told
    return {name: (result, int(detail))
            for name, result, detail in ROW.findall(told)}


@pytest.mark.parametrize("cpu, options", [
    ("486", []), ("max", []), ("486", ["cpu=386", "noirq"])])
def test_sensitive_instructions(cpu, options):
    """Half of the sensitive instructions do not trap, which is why ring 3 alone
    cannot virtualize an i386."""
    found = sensitive(cpu, *options)
    assert len(found) == 18
    assert found["popf"] == ("IGNORED", 0)
    assert {name for name, row in found.items()
            if row[0] == "READS"} == READING
    assert {name for name, row in found.items()
            if row == ("TRAPS", GENERAL_PROTECTION)} == PRIVILEGED
    assert found["sgdt"][1] == symbol("gdt")
    assert found["sidt"][1] == symbol("idt")
    assert found["str"][1] == 0x20
    assert found["mov ax, cs"][1] & 3 == 3
    assert found["lar"][1] >> 13 & 3 == 3
    assert bool(found["pushf"][1] & 1 << 9) == ("noirq" not in options)
