# SPDX-License-Identifier: MIT
"""Inspects the kernel without starting it."""
import os
import re
import struct
import subprocess

from pc import ISO, KERNEL

OBJDUMP = os.environ.get("OBJDUMP", "objdump")
AS = OBJDUMP.replace("objdump", "as")
STRIP = OBJDUMP.replace("objdump", "strip")
NM = OBJDUMP.replace("objdump", "nm")

# Functions that may use instructions newer than the 386; their callers check
# first.
GUARDED = {"cpuid_checked": "cpuid", "tsc_checked": "rdtsc"}


def disassembly():
    """(function, instruction) of all code, in the syntax of GNU as."""
    out = subprocess.run([OBJDUMP, "-d", "--no-show-raw-insn", KERNEL],
                         check=True, capture_output=True, text=True).stdout
    function = None
    for line in out.splitlines():
        if match := re.match(r"[0-9a-f]+ <(.+)>:$", line):
            function = match[1]
        elif match := re.match(r"\s*[0-9a-f]+:\t(.+)$", line):
            instruction = re.sub(r"<.*>|#.*", "", match[1]).strip()
            instruction = re.sub(r"\b(?<![$%x])([0-9a-f]{6,})$", r"0x\1",
                                 instruction)
            if instruction:
                yield function, instruction


def refused_by_i386(instructions, folder):
    """The indices of instructions that GNU as rejects for a 386."""
    source = folder / "all.s"
    source.write_text("\n".join(instructions) + "\n")
    result = subprocess.run(
        [AS, "--32", "-march=i386+no87", "-mindex-reg", "-o", os.devnull,
         source],
        capture_output=True, text=True)
    lines = re.findall(r":(\d+): Error", result.stderr)
    return {int(line) - 1 for line in lines}


def test_i386_instructions_only(tmp_path):
    code = list(disassembly())
    assert len(code) > 5000
    bad = refused_by_i386([i for _, i in code], tmp_path)
    assert [code[i] for i in bad if code[i][0] not in GUARDED] == []
    # The check works: it rejects the guarded functions.
    assert {code[i] for i in bad} == set(GUARDED.items())


def test_check_refuses_newer_instructions(tmp_path):
    newer = ["cmova %eax,%ebx", "bswap %eax", "rdtsc", "nopl (%eax)",
             "movaps %xmm0,%xmm1", "fld1", "invlpg (%eax)"]
    assert refused_by_i386(newer, tmp_path) == set(range(len(newer)))


def test_routines_dispatch_each_other():
    """The compiler must not merge threaded code into one dispatch loop: each
    of the seven routines, in two engines, has its own indirect jump."""
    jumps = [i for function, i in disassembly()
             if function == "thread" and re.match(r"jmp +\*", i)]
    assert len(jumps) >= 2 * 7


def test_switch_has_one_dispatch_jump():
    """The engine switch, with which threading is compared, must keep the one
    indirect jump that all functions share."""
    jumps = [i for function, i in disassembly()
             if function == "interpret" and re.match(r"jmp +\*", i)]
    assert len(jumps) == 1


def test_nothing_undefined():
    out = subprocess.run([NM, "--undefined-only", KERNEL], check=True,
                         capture_output=True, text=True).stdout
    assert out == ""


def test_multiboot_header():
    with open(KERNEL, "rb") as file:
        head = file.read(8192)
    at = head.find(struct.pack("<I", 0x1BADB002))
    assert at > 0 and at % 4 == 0
    fields = struct.unpack_from("<12I", head, at)
    assert sum(fields[:3]) % 2**32 == 0
    assert fields[1] == 7, "modules on pages, memory, video"
    assert fields[8] == 1, "text preferred"


def test_sizes(tmp_path):
    stripped = tmp_path / "baby.elf"
    subprocess.run([STRIP, "-s", "-o", stripped, KERNEL], check=True)
    assert stripped.stat().st_size < 470_000
    assert os.path.getsize(ISO) < 7_000_000
