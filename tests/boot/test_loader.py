# SPDX-License-Identifier: MIT
"""Boot loaders that tell nonsense: what QEMU's told is changed at the kernel's
first instruction.  The console comes up on what is left, and says what is
missing.  tests/fuzz/multiboot.c tries what nobody thought of."""
import pytest
from baby import started, wait_tube
from gdb import Held
from pc import PC, symbol
from test_console import after_july

MAP, MODULES, FRAMEBUFFER = 1 << 6, 1 << 3, 1 << 12
FLAGS, MODULE_COUNT, MODULE_LIST = "$ebx", "$ebx + 20", "$ebx + 24"
MAP_LENGTH, MAP_PLACE, SCREEN = "$ebx + 44", "$ebx + 48", "$ebx + 88"
FREE = 0x300000  # where new lists are put
KB, MB = 1 << 10, 1 << 20


def put(place, value, kind="unsigned int"):
    return f"set *({kind} *)({place}) = {value}"


def put_map(*entries):
    """A map of (start, length, type)."""
    yield put(MAP_PLACE, FREE)
    yield put(MAP_LENGTH, 24 * len(entries))
    for i, (start, length, kind) in enumerate(entries):
        at = FREE + 24 * i
        yield put(at, 20)
        yield put(at + 4, start, "unsigned long long")
        yield put(at + 12, length, "unsigned long long")
        yield put(at + 20, kind)


def put_modules(*modules):
    """A list of (start, end), without strings."""
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
    # 32 bits, of which red, green and blue have eight each.
    for i, value in enumerate((32, 1, 16, 8, 8, 8, 0, 8)):
        yield put(f"{SCREEN} + {20 + i}", value, "unsigned char")


def boot(changes, *arguments, **more):
    held = Held()
    pc = PC(*held.arguments, *arguments, **more)
    held.at("start", *changes)
    return pc


def works(pc):
    """The July program, to its end."""
    started(pc)
    pc.key("f5")
    wait_tube(pc, after_july())


@pytest.mark.parametrize("entries", [
    # A hole at 15 MB, as old PCs have; out of order; over one another.
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
def test_pages_of_another_kind(cr4):
    """Left on by firmware: large ones, larger addresses, global ones."""
    with boot([f"set $cr4 = {cr4}"], "-cpu", "max", append="speed=max") as pc:
        works(pc)


@pytest.mark.parametrize("modules, astray", [
    ([(0x100000, 0x180000)], 1),
    ([(0x1000000, 0x900000), (0xFFFFF000, 0xFFFFFFFF)], 1),
    ([(0, 0x1000), (4, 0xFFFFFFFF), (0xB8000, 0x100001)], 3),
    ([(0x400000, 0x400010), (0x400008, 0x400020)] * 20, 0),
])
def test_modules(modules, astray):
    """On the kernel, round the end of memory, nowhere, over one another."""
    with boot(put_modules(*modules), append="speed=max program=july1948") as pc:
        if astray:
            pc.wait_for(f"{astray} module")
        works(pc)


def test_module_right_behind_the_kernel():
    """On the kernel's last page, which stays writable."""
    end = symbol("kernel_end")
    with boot(put_modules((end, end + 16)), "-cpu", "486",
              append="speed=max program=july1948") as pc:
        works(pc)


@pytest.mark.parametrize("address", [
    0x100000, 0x200000, 0x1000000, 0xFFFFF000, 1 << 32, 0xB8000])
def test_screen_out_of_reach(address):
    """In memory that is used for more, on the kernel, beyond reach: COM1 says
    that there is none, and serves."""
    with boot(put_screen(address), com1="wire") as pc:
        heard = b""
        while b"screen out of reach" not in heard:
            heard += pc.receive(1)


@pytest.mark.parametrize("width, height", [(640, 480), (7680, 4320)])
def test_screen_on_nothing(width, height):
    """Where no memory answers what is drawn is lost, and nothing else, though
    it may take seconds."""
    with boot(put_screen(0xD0000000, 4 * width, width, height),
              append="console=ttyS0", com1="wire") as pc:
        heard = b""
        while b"Menu" not in heard:
            assert b"baby: fault" not in heard
            heard += pc.receive(1)
    assert symbol("kernel_end") < FREE
