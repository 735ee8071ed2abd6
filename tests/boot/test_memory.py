# SPDX-License-Identifier: MIT
"""Tests the memory given to the debugger's history, on PCs with little and
much."""
import struct

import pytest
from baby import started
from pc import PC, symbol

KB, MB = 1 << 10, 1 << 20
PAGE, BLOCK = 4 * KB, 64 * KB
HISTORY_MAX = 16 * MB
GUESTS_MAX = 8 * MB  # at most this much more for 63 guests
FIRMWARE = 256 * KB  # SeaBIOS keeps at most this much at the top of memory


def history(pc):
    """Its first and last address."""
    started(pc)
    return struct.unpack("<2I", pc.memory(symbol("history_memory"), 8))


def kernel_end():
    return -(-symbol("kernel_end") // PAGE) * PAGE


@pytest.mark.parametrize("machine, megabytes, iso", [
    ("isapc", 4, False), ("isapc", 4, True), ("pc", 4, False),
    ("pc", 16, False), ("pc", 16, True), ("pc", 64, False),
    ("pc", 4096, False),
])
def test_most_of_what_is_free(machine, megabytes, iso):
    more = ("-cpu", "486") if machine == "isapc" else ()
    with PC("-m", str(megabytes), *more, machine=machine, iso=iso) as pc:
        start, end = history(pc)
        # QEMU places its data right after the kernel, GRUB below 1 MB.
        assert kernel_end() <= start <= kernel_end() + 2 * PAGE
        most = (megabytes * MB - start) // 8 * 7
        assert end - start <= min(HISTORY_MAX + GUESTS_MAX, most)
        assert end - start >= min(HISTORY_MAX, most - FIRMWARE - BLOCK)
        assert start % PAGE == 0 and (end - start) % BLOCK == 0
        # The memory was probed up to its end, two words per block.
        words = (end - start) // BLOCK * 2
        assert pc.memory(end - 4, 4) == struct.pack("<I", 2**32 - 1 - words)


FILE = 64 * KB  # maximum size of a file in bytes


def large(text, size=FILE):
    """A program of SIZE bytes."""
    return (text + (";" * 63 + "\n") * (size // 64))[:size]


def test_history_avoids_modules(tmp_path):
    """96 modules of 64 KB in 16 MB: history begins after them, and a program
    in the last one is unchanged."""
    text = "; {}\n1 STP\n7 NUM {}\n"
    paths = [tmp_path / "first.asm", tmp_path / "second.asm"]
    for i, path in enumerate(paths):
        path.write_text(large(text.format(path.stem, i)))
    modules = [str(path) for path in paths] * 48
    with PC("-m", "16", modules=modules) as pc:
        start, end = history(pc)
        assert start >= kernel_end() + 96 * FILE
        assert 5 * MB < end - start < 7 * MB
        taken = pc.memory(kernel_end(), start - kernel_end())
        for path in paths:
            assert taken.count(path.read_bytes()) == 48


def test_memory_full_of_modules(tmp_path):
    path = tmp_path / "large.asm"
    size = 4 * MB - kernel_end() - 2 * BLOCK
    path.write_text(large("1 STP\n"))
    with PC("-m", "4", modules=[str(path)] * (size // FILE)) as pc:
        start, end = history(pc)
        assert start == end


def test_refused_module_frees_its_memory(tmp_path):
    """Of a refused module only the beginning is kept, from which the list
    reads its title."""
    path = tmp_path / "large.asm"
    path.write_text(large("; Too large\n1 STP\n", 10 * MB))
    with PC("-m", "16", modules=[str(path)]) as pc:
        start, end = history(pc)
        assert start < kernel_end() + 2 * FILE
        assert end - start > 5 * MB
        pc.key("f2")
        pc.wait_for("Too large")
        pc.wait_for(f"has {10 * MB} bytes")
