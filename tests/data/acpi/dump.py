# SPDX-License-Identifier: MIT
"""Copies the ACPI tables of virtual PCs, for tests/unit/test_acpi.c.

    python3 tests/data/acpi/dump.py [OVMF.fd]

writes pc.tables, q35.tables and, given UEFI firmware, ovmf.tables beside this
file.  Each is a sequence of pieces of memory: address (32 bits), length
(32 bits), bytes.  Only the tables that the kernel reads are kept; the root
tables still list the others."""
import os
import struct
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "boot"))
from pc import LIMIT, POLL, PC  # noqa: E402

MEGABYTES = 128
KEPT = {b"FACP", b"DSDT", b"SSDT"}


def roots(memory):
    """Addresses of root pointers with a valid checksum."""
    at = memory.find(b"RSD PTR ")
    while at >= 0:
        if sum(memory[at:at + 20]) % 256 == 0:
            yield at
        at = memory.find(b"RSD PTR ", at + 1)


def table(memory, at):
    length, = struct.unpack_from("<I", memory, at + 4)
    return at, memory[at:at + length]


def listed(memory, root, code):
    """The tables listed in a root table that are kept."""
    width = struct.calcsize(code)
    for i in range(36, len(root), width):
        at, = struct.unpack_from(code, root, i)
        if memory[at:at + 4] in KEPT:
            yield table(memory, at)
        if memory[at:at + 4] == b"FACP":
            yield table(memory, *struct.unpack_from("<I", memory, at + 40))


def pieces(memory):
    """(address, bytes) of each piece kept, without duplicates."""
    found = {}
    for at in roots(memory):
        revision, rsdt, _, xsdt = struct.unpack_from("<15xBIIQ", memory, at)
        found[at] = memory[at:at + (36 if revision >= 2 else 20)]
        for address, code in ((rsdt, "<I"), (xsdt, "<Q")):
            if code == "<I" or revision >= 2:
                _, root = table(memory, address)
                found[address] = root
                found.update(listed(memory, root, code))
    return sorted(found.items())


def whole(memory):
    return memory.count(b"RSD PTR ") > 0 and any(
        data[:4] == b"DSDT" for _, data in pieces(memory))


def write(name, *arguments, **more):
    with PC("-m", str(MEGABYTES), *arguments, **more) as pc:
        end = time.monotonic() + LIMIT
        while not whole(memory := pc.memory(0, MEGABYTES << 20)):
            assert time.monotonic() < end, name
            time.sleep(POLL)
    with open(os.path.join(HERE, name + ".tables"), "wb") as file:
        for at, data in pieces(memory):
            file.write(struct.pack("<2I", at, len(data)) + data)


write("pc")
write("q35", machine="q35")
for firmware in sys.argv[1:]:
    write("ovmf", "-bios", firmware, machine="q35", loader=False)
