# SPDX-License-Identifier: MIT
"""Tests page tables and segments, as read from the PC's memory: which pages
are mapped, and how."""
import functools
import os
import re
import struct
import subprocess

import pytest
from baby import started
from gdb import Held
from pc import KERNEL, PC, symbol
from test_framebuffer import on

PAGE = 4096
PRESENT, WRITABLE, USER = 1, 2, 4
LOW, MEGABYTE = 0xFFC00000, 0x100000
PLACES = ("translated", "translated_end", "constants_end", "kernel_end",
          "stack_guard", "fault_stack_guard", "engine_code_end", "guest_code",
          "engine_constants_end", "guest_data")
GUEST_CODE = 8 * PAGE


@functools.cache
def value_of(expression):
    """An unsigned expression of C that is constant in the kernel."""
    told = subprocess.run(["gdb", "-batch", "-nx", KERNEL, "-ex",
                           f"print/u {expression}"], check=True, text=True,
                          capture_output=True).stdout
    return int(told.split("=")[1])


def pages(pc, user=None, at=None):
    """{address: (physical address, writable)} of all mapped pages, or of those
    that ring 3 can access, or cannot.  AT: another directory."""
    found = {}
    directory = struct.unpack("<1024I", pc.memory(at or symbol("directory"),
                                                  PAGE))
    for i, table in enumerate(directory):
        if not table & PRESENT:
            continue
        entries = struct.unpack("<1024I", pc.memory(table & ~0xFFF, PAGE))
        for j, entry in enumerate(entries):
            if entry & PRESENT and user in (None, bool(entry & table & USER)):
                found[(i << 10 | j) * PAGE] = (entry & ~0xFFF,
                                               bool(entry & WRITABLE))
    return found


def ranges(found):
    """[(start, end, writable)] of adjacent pages."""
    result = []
    for address, (_, writable) in sorted(found.items()):
        if result and result[-1][1:] == (address, writable):
            result[-1] = (result[-1][0], address + PAGE, writable)
        else:
            result.append((address, address + PAGE, writable))
    return result


def registers(pc):
    return pc.execute("human-monitor-command",
                      **{"command-line": "info registers"})


def code_ends(pc):
    """The limit of the current code segment."""
    match = re.search(r"^CS =\w+ (\w+) (\w+)", registers(pc), re.M)
    assert int(match[1], 16) == 0
    return int(match[2], 16) + 1


def up(address):
    return -(-address // PAGE) * PAGE


def check(pc, *more):
    """The kernel, low memory at its new address, history, and MORE are mapped,
    and nothing else except page tables, which are taken from the end of
    history."""
    at = {name: symbol(name) for name in PLACES}
    history = struct.unpack("<2I", pc.memory(symbol("history_memory"), 8))
    found = pages(pc)
    for address, (where, writable) in found.items():
        assert where == (address - LOW if address >= LOW else address)
        # Writable pages are not executable.
        assert not writable or address >= at["translated_end"]
    expected = {}
    for start, end, writable in [
            (MEGABYTE, at["constants_end"], False),
            (at["constants_end"], guest_guard(), True),
            (guest_guard() + PAGE, at["stack_guard"], True),
            (at["stack_guard"] + PAGE, at["fault_stack_guard"], True),
            (at["fault_stack_guard"] + PAGE, up(at["kernel_end"]), True),
            (LOW, LOW + MEGABYTE, True), (*history, True), *more]:
        for address in range(start, up(end), PAGE):
            expected[address] = writable
    tables = sorted(found.keys() - expected.keys())
    assert tables == list(range(up(history[1]), up(history[1]) +
                                len(tables) * PAGE, PAGE)), tables
    assert len(tables) <= 64
    assert {a: w for a, (_, w) in found.items() if a not in tables} == expected
    assert code_ends(pc) in (at["translated"], at["translated_end"])
    check_user(pc, at)


def guest_guard():
    """The page below the stack of ring 3."""
    return value_of("(unsigned)&guest_data.guard")


def check_user(pc, at):
    """Ring 3 can read the code and constants of the engines, and write what
    belongs to one guest."""
    expected = {}
    for start, end, writable in [
            (MEGABYTE, at["engine_code_end"], False),
            (at["guest_code"], at["guest_code"] + GUEST_CODE, False),
            (at["translated_end"], at["engine_constants_end"], False),
            (at["guest_data"], guest_guard(), True),
            (guest_guard() + PAGE,
             value_of("(unsigned)(&guest_data + 1)"), True)]:
        for address in range(start, end, PAGE):
            expected[address] = writable
    found = pages(pc, user=True)
    assert {a: w for a, (_, w) in found.items()} == expected


@pytest.mark.parametrize("cpu, protects", [("486", True), ("max", True),
                                           ("486 as a 386", False)])
def test_mapped_pages(cpu, protects):
    append = "cpu=386" if "386" in cpu else ""
    with PC("-cpu", cpu.split()[0], append=append) as pc:
        started(pc)
        check(pc)
        cr0 = int(re.search(r"CR0=(\w+)", registers(pc))[1], 16)
        assert cr0 >> 31 == 1 and bool(cr0 >> 16 & 1) == protects


def test_modules_are_read_only(tmp_path):
    path = tmp_path / "one.asm"
    path.write_text("1 STP\n" + ";\n" * 5000)
    with PC("-m", "64", modules=[str(path)]) as pc:
        started(pc)
        found = [r for r in ranges(pages(pc)) if not r[2]]
        assert len(found) == 2  # one for the kernel, one for the module
        start, end, _ = found[1]
        check(pc, (start, end, False))
        assert path.read_bytes() in pc.memory(start, end - start)


def test_framebuffer(tmp_path):
    """A large one: its page tables are taken from history's memory."""
    with on(tmp_path, "1600x1200x32", "video=lfb", "-m", "128") as pc:
        started(pc)
        size = up(1600 * 1200 * 4)
        start = max(a for a in pages(pc) if a < LOW) + PAGE - size
        check(pc, (start, start + size, True))


def test_while_translated_code_is_written():
    """While it is written, the code lies beyond the executable segment;
    interrupts use the same segment."""
    held = Held()
    with PC(*held.arguments, append="engine=translator speed=max run") as pc:
        table = os.path.join(held.folder.name, "table")
        told = held.at("code_make_writable", "finish", "print/x $cs",
                       f"dump binary memory {table} "
                       "&own_tables[0] &own_tables[1]")
        kernel_code = int(re.search(r"^\$1 = 0x(\w+)", told, re.M)[1], 16)
        start, end = symbol("translated"), symbol("translated_end")
        with open(table, "rb") as file:  # the one of the first 4 MB
            entries = struct.unpack("<1024I", file.read())
        opened = [page for page in range(start // PAGE, end // PAGE)
                  if entries[page] & WRITABLE]
        assert opened == list(range(opened[0], opened[0] + 8))
        gdt = struct.unpack("<6Q", pc.memory(symbol("gdt"), 48))
        descriptor = gdt[kernel_code // 8]
        limit = descriptor & 0xFFFF | descriptor >> 32 & 0xF0000
        assert (limit + 1) * PAGE == start
        gates = struct.unpack("<256Q", pc.memory(symbol("idt"), 2048))
        assert {gate >> 16 & 0xFFFF for gate in gates[32:]} == {kernel_code}
        started(pc)
        pc.wait_for("the machine has stopped")  # so nothing is translated
        check(pc)
