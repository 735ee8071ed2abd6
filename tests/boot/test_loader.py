# SPDX-License-Identifier: MIT
"""Tests invalid data from a boot loader: QEMU's data are changed at the
kernel's first instruction.  The console must start with what is valid, and
warn about the rest. tests/fuzz/multiboot.c tries random data."""
import pytest
from baby import started, wait_tube
from gdb import Held
from pc import PC, symbol
from test_console import after_july

MAP, MODULES, FRAMEBUFFER = 1 << 6, 1 << 3, 1 << 12
FLAGS, MODULE_COUNT, MODULE_LIST = "$ebx", "$ebx + 20", "$ebx + 24"
MAP_LENGTH, MAP_PLACE, SCREEN = "$ebx + 44", "$ebx + 48", "$ebx + 88"
FREE = 0x300000  # address for new lists
KB, MB = 1 << 10, 1 << 20


def put(place, value, kind="unsigned int"):
    return f"set *({kind} *)({place}) = {value}"


def put_map(*entries):
    """Writes a map of (start, length, type)."""
    yield put(MAP_PLACE, FREE)
    yield put(MAP_LENGTH, 24 * len(entries))
    for i, (start, length, kind) in enumerate(entries):
        at = FREE + 24 * i
        yield put(at, 20)
        yield put(at + 4, start, "unsigned long long")
        yield put(at + 12, length, "unsigned long long")
        yield put(at + 20, kind)


def put_modules(*modules):
    """Writes a list of (start, end), without strings."""
    yield put(FLAGS, f"*(unsigned int *)$ebx | {MODULES}")
    yield put(MODULE_COUNT, len(modules))
    yield put(MODULE_LIST, FREE)
    for i, (start, end) in enumerate(modules):
        for j, value in enumerate((start, end, 0, 0)):
            yield put(FREE + 16 * i + 4 * j, value)


def put_screen(address, pitch=640 * 4, width=640, height=480):
    yield put(FLAGS, f"*(unsigned int *)$ebx | {FRAMEBUFFER}")
    yield put(SCREEN, address, "unsigned long long")
    for i, value in enumerate((pitch, width, height)):
        yield put(f"{SCREEN} + {8 + 4 * i}", value)
    # 32 bits per pixel: eight each for red, green and blue.
    for i, value in enumerate((32, 1, 16, 8, 8, 8, 0, 8)):
        yield put(f"{SCREEN} + {20 + i}", value, "unsigned char")


def boot(changes, *arguments, **more):
    held = Held()
    pc = PC(*held.arguments, *arguments, **more)
    held.at("start", *changes)
    return pc


def works(pc):
    """Runs the July program to its end."""
    started(pc)
    pc.key("f5")
    wait_tube(pc, after_july())


@pytest.mark.parametrize("entries", [
    # With a hole at 15 MB, as old PCs have; unsorted; overlapping.
    [(16 * MB, 100 * MB, 1), (0, 640 * KB, 1), (MB, 14 * MB, 1)],
    [(0, 1 << 40, 1), (2 * MB, MB, 2), (2 * MB, 6 * MB, 3)],
    [((1 << 64) - MB, 2 * MB, 1), (MB, 15 * MB, 1)],
    [(MB, 15 * MB, 77), (0, 0, 1)],
    [],
])
def test_maps(entries):
    with boot(put_map(*entries), append="speed=max") as pc:
        works(pc)


@pytest.mark.parametrize("cr4", [0x20, 0x30, 0x80])
def test_paging_left_on(cr4):
    """Firmware may leave paging on, with large pages, PAE or global pages."""
    with boot([f"set $cr4 = {cr4}"], "-cpu", "max", append="speed=max") as pc:
        works(pc)


@pytest.mark.parametrize("modules, astray", [
    ([(0x100000, 0x180000)], 1),
    ([(0x1000000, 0x900000), (0xFFFFF000, 0xFFFFFFFF)], 1),
    ([(0, 0x1000), (4, 0xFFFFFFFF), (0xB8000, 0x100001)], 3),
    ([(0x400000, 0x400010), (0x400008, 0x400020)] * 20, 0),
])
def test_modules(modules, astray):
    """Tests modules on the kernel, beyond memory, missing, overlapping."""
    with boot(put_modules(*modules), append="speed=max program=july1948") as pc:
        if astray:
            pc.wait_for(f"{astray} module")
        works(pc)


def test_module_right_behind_the_kernel():
    """Tests a module on the kernel's last page, which stays writable."""
    end = symbol("kernel_end")
    with boot(put_modules((end, end + 16)), "-cpu", "486",
              append="speed=max program=july1948") as pc:
        works(pc)


@pytest.mark.parametrize("address", [
    0x100000, 0x200000, 0x1000000, 0xFFFFF000, 1 << 32, 0xB8000])
def test_unreachable_framebuffer(address):
    """A framebuffer in memory in use, on the kernel, or unreachable: COM1
    reports it and serves as console."""
    with boot(put_screen(address), com1="wire") as pc:
        heard = b""
        while b"screen inaccessible" not in heard:
            heard += pc.receive(1)


@pytest.mark.parametrize("width, height", [(640, 480), (7680, 4320)])
def test_framebuffer_without_memory(width, height):
    """A framebuffer at an address without memory loses only the drawing,
    though that may take seconds."""
    with boot(put_screen(0xD0000000, 4 * width, width, height),
              append="console=ttyS0", com1="wire") as pc:
        heard = b""
        while b"Menu" not in heard:
            assert b"baby: fault" not in heard
            heard += pc.receive(1)
    assert symbol("kernel_end") < FREE
