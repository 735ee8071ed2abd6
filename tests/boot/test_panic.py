# SPDX-License-Identifier: MIT
"""Fault injection: each fault must end in the panic screen, which names it.
Without the protection that catches it the console would come up instead."""
import os
import re

import pytest
from baby import shipped, started, wait_tube
from gdb import Held
from pc import COUNTED, KERNEL, PC, symbol
from test_console import after_july
from test_framebuffer import on

OLD, NEW = ("-cpu", "486"), ("-cpu", "max")
TITLE = "Kernel panic. Photograph this; Enter restarts."

# Value of fault=, cause shown, function in the backtrace.
CPU = [
    ("divide", "#DE Divide error (vector 0)", "divide"),
    ("opcode", "#UD Invalid opcode (vector 6)", "opcode"),
    ("int", "Unexpected interrupt (vector 128)", "interrupt"),
    ("smash", "Stack smashing: a function wrote past the end of an array",
     "smash"),
    ("hang", "Watchdog: the main loop has not run for two seconds", "hang"),
]
PAGES = [
    ("null", r"#PF Page fault \(vector 14\): read from 00000000, null pointer",
     "read_null"),
    ("call-null", r"#PF Page fault \(vector 14\): execution at 00000000, null "
                  "pointer", None),
    ("stack", r"#DF Double fault \(vector 8\); last page fault: stack overflow "
              r"\(guard page\)", r"sink\S+ \(\d+ times"),
]
SEGMENTS = [
    ("data", r"#GP General protection \(vector 13\)", "call_data"),
    ("open", r"#GP General protection \(vector 13\)", "call_open"),
]
# A 386 lets the kernel write to read-only pages.
WRITING = [
    ("code", r"#PF Page fault \(vector 14\): write to \w+, kernel code",
     "write_code"),
    ("constant", r"#PF Page fault \(vector 14\): write to \w+, kernel "
                 "constants", "write_constant"),
    ("sealed", r"#PF Page fault \(vector 14\): write to \w+, translated code",
     "write_sealed"),
]
ALL = [(name, re.escape(words), function) for name, words, function in CPU]
ALL += PAGES + SEGMENTS + WRITING


def page(pc):
    """The rows of the complete panic screen.  It is drawn from the top down,
    and every program here has at least 16 lines."""
    pc.rows = 24
    return pc.wait(lambda lines: TITLE in lines[0] and
                   re.fullmatch(r"( +\d{4}:[01]{32})+", lines[23]),
                   "the panic screen")


def snp(text):
    """Parses the store from .snp text."""
    store = [0] * 32
    for line, digits in re.findall(r"(\d{4}):([01]{32})", text):
        store[int(line)] = int(digits[::-1], 2)
    return store


def sent(pc):
    """The complete text of the panic on COM1."""
    def complete():
        _, mark, text = pc.serial().partition("\r\nbaby: fault\r\n")
        count = re.search(r"^(\d+)\r\n0", text, re.M)
        return (mark and count and text.count("\n", count.end()) ==
                int(count[1]) and text)
    pc.until(complete, "all on COM1")
    return complete().replace("\r\n", "\n")


@pytest.mark.parametrize("cpu", [OLD, NEW], ids=["486", "max"])
@pytest.mark.parametrize("name, words, function", ALL,
                         ids=[row[0] for row in ALL])
def test_injected_faults(cpu, name, words, function):
    with PC(*cpu, append="fault=" + name, rows=24) as pc:
        lines = page(pc)
        assert re.match(" " + words, lines[1]), lines[1]
        if function:
            assert re.search(rf"\b{function}\b", "\n".join(lines[5:7]))
        assert snp("\n".join(lines[8:])) == shipped("july1948")


def test_a_386():
    """A 386 lacks only the protection against writing."""
    with PC(*OLD, append="fault=code cpu=386") as pc:
        started(pc)
    for name, words, _ in PAGES + SEGMENTS:
        with PC(*OLD, append=f"fault={name} cpu=386", rows=24) as pc:
            assert re.match(" " + words, page(pc)[1])


def test_without_interrupts():
    """Without a keyboard interrupt, the kernel polls for Enter."""
    with PC(append="fault=divide noirq acpi=off", rows=24) as pc:
        page(pc)
        restarts(pc, lambda: pc.key("ret", up=False, taken=False))


def without_paging(append, **more):
    """Starts a PC without memory for the page tables."""
    held = Held()
    pc = PC(*held.arguments, append=append, **more)
    held.at("memory_protection_start", "set own_used = 8",
            "set history_memory.end = history_memory.start")
    return pc


def test_nothing_to_protect_with():
    """The kernel warns; translated code and the panic screen still work."""
    with without_paging("engine=translator speed=max") as pc:
        pc.wait_for("memory is not protected")
        pc.key("f5")
        wait_tube(pc, after_july())
        pc.key("ctrl", "p")
        pc.wait_for("engine in ring 0")
    with without_paging("fault=divide", rows=24) as pc:
        restarts(pc, lambda: page(pc) and
                 pc.key("ret", up=False, taken=False))


def test_contents():
    with PC(append="fault=divide program=hcf", rows=24) as pc:
        lines = page(pc)
        text = sent(pc)
        assert re.search(r"version \S+, build [0-9a-f]{8}$", lines[0])
        # The screen and COM1 show the same.
        for line in lines[:8]:
            assert line + "\n" in text
        assert snp(text) == snp("\n".join(lines)) == shipped("hcf")
        eip = int(re.search(r"eip +(\w{8})", text)[1], 16)
        assert eip == symbol("divide") + int(
            re.search(r"Backtrace: divide\+(\w+)", text)[1], 16)
        assert lines[7].startswith(" Baby: A 0  CI 0  PI 0  Test 0  neon 0")


def test_the_baby_as_it_was():
    """The panic screen shows the Baby as it was when an NMI arrived."""
    with PC(append="program=ducks speed=max run", rows=50) as pc:
        started(pc)
        pc.wait_for("RUNNING")
        pc.execute("inject-nmi")
        lines = page(pc)
        assert "NMI Nonmaskable interrupt (vector 2)" in lines[1]
        # The backtrace has two rows, which may end before main.c, and before
        # the session if an engine in ring 3 was interrupted.
        assert re.search(r"kmain|main_loop|vm_enter|\b(ui|session)_",
                         "\n".join(lines[5:7]))
        assert int(re.search(r"after (\d+)", lines[7])[1]) > 0


@pytest.mark.parametrize("place, callers", [
    ("ui_work", r"ui_work\+\w+ <\??( \w+\+\w+ <\??)* kmain\+"),
    ("*engine_predecoded.run", r"<\?? vm_enter\+")])
def test_backtrace(place, callers):
    """The panic screen names the callers of what an NMI interrupts, in the
    kernel, and in the kernel that entered ring 3."""
    held = Held()
    with PC(*held.arguments, append="run speed=max", rows=50) as pc:
        held.at(place, "monitor nmi")
        lines = page(pc)
        assert "NMI Nonmaskable interrupt (vector 2)" in lines[1]
        assert re.search(callers, " ".join(l.strip() for l in lines[5:7]))


def restarts(pc, press):
    press()
    assert pc.wait_shutdown() == "guest-reset"


def test_enter_restarts():
    with PC(append="fault=stack", rows=24) as pc:
        page(pc)
        for key in "spc", "esc", "a":
            pc.key(key, taken=False)
        sent(pc)
        assert pc.shutdown is None
        restarts(pc, lambda: pc.key("ret", up=False, taken=False))


def test_kiosk_restarts_by_itself():
    with PC(*COUNTED, append="fault=stack kiosk=5", rows=24) as pc:
        pc.wait_for("Kernel panic. Photograph this; restarts in 30 s.")
        assert pc.wait_shutdown() == "guest-reset"


def test_enter_on_a_terminal_restarts():
    with PC(append="fault=int video=none console=ttyS0 keyboard=off",
            com1="wire") as pc:
        heard = b""
        while heard.count(b"\r\n00") < sum(map(bool, shipped("july1948"))):
            heard += pc.receive(1)
        assert TITLE.encode() in heard
        pc.receive(len("00:" + "1" * 32 + "\r\n"))
        pc.send(b"qz \x1b")
        restarts(pc, lambda: pc.send(b"\r"))


@pytest.mark.parametrize("place", [
    "acpi_start", "serial_io_start", "watchdog_start", "screen_start"])
def test_fault_before_there_is_a_screen(place):
    """A panic before screen and keyboard are started starts them."""
    held = Held()
    with PC(*held.arguments, rows=24) as pc:
        held.at(place, "set *(int *)0x300000 = 0x0B0F", "set $pc = 0x300000")
        lines = pc.wait(lambda lines: TITLE in lines[0] and "Baby: " in
                        lines[7], "the panic screen")
        # Page fault with paging on, invalid opcode before that.
        assert re.search(r"\(vector (14|6)\)", lines[1])
        pc.key("ret", up=False, taken=False)
        assert pc.wait_shutdown() == "guest-reset"


@pytest.mark.parametrize("part, lost", [
    ("panic_draw_registers", " eax "), ("panic_draw_backtrace", "Backtrace:"),
    ("panic_draw_baby", " Baby: ")])
def test_fault_while_drawing(part, lost):
    """Only the part of the screen with the fault is missing."""
    held = Held()
    with PC(*held.arguments, append="fault=divide", rows=24) as pc:
        held.at(part, "set $pc = 0")
        lines = pc.wait(lambda lines: TITLE in lines[0], "the panic screen")
        text = "\n".join(lines)
        assert "#DE Divide error" in lines[1]
        for words in " eax ", "Backtrace:", " Baby: ":
            assert (words in text) == (words != lost)
        restarts(pc, lambda: pc.key("ret", up=False, taken=False))


@pytest.mark.parametrize("place", ["panic_draw_backtrace",
                                   "keyboard_input_enter_pressed"])
def test_nmi_while_drawing(place):
    """The panic screen is complete, and Enter still restarts."""
    held = Held()
    with PC(*held.arguments, append="fault=divide", rows=24) as pc:
        # Interrupt the function's first instruction, as the processor does.
        held.at(place, "set $pc = (unsigned)&trap_stubs + 2 * 16",
                "set $esp = $esp - 12", "set *(int *)($esp + 4) = $cs",
                "set *(int *)($esp + 8) = 2")
        lines = page(pc)
        assert "#DE Divide error" in lines[1]
        assert "Backtrace: divide" in lines[5]
        sent(pc)
        restarts(pc, lambda: pc.key("ret", up=False, taken=False))


def test_double_fault_while_drawing():
    """Drawing continues on the double-fault stack."""
    held = Held()
    with PC(*held.arguments, append="fault=divide", rows=24) as pc:
        held.at("panic_draw_backtrace", "set $esp = 4")
        lines = pc.wait(lambda lines: TITLE in lines[0], "the panic screen")
        assert "#DE Divide error" in lines[1] and " Baby: " in lines[7]


def test_qemu_exit_after_panic():
    with PC("-device", "isa-debug-exit,iobase=0xf4,iosize=0x4",
            append="fault=null qemu-exit") as pc:
        assert pc.wait_exit() == 0x11 << 1 | 1
        assert "read from 00000000" in pc.serial()


@pytest.mark.parametrize("options, words", [
    ("fault=wibble", '"fault=wibble"'), ("fault=none", None)])
def test_nothing_is_asked_for(options, words):
    with PC(append=options) as pc:
        started(pc)
        if words:
            pc.wait_for("fault=wibble")


# Built by `make debug`.
CHECKED = ("-kernel", os.path.join(os.path.dirname(KERNEL), "debug/baby.elf"))


def test_undefined_behaviour():
    with PC(*CHECKED, loader=False, append="fault=undefined", rows=24) as pc:
        lines = page(pc)
        assert "vector 6" in lines[1] and "overflow" in lines[5]
    with PC(append="fault=undefined") as pc:
        started(pc)


def test_checked_kernel():
    """The engines do nothing undefined in the self test."""
    with PC(*CHECKED, "-device", "isa-debug-exit,iobase=0xf4,iosize=0x4",
            loader=False, append="selftest qemu-exit") as pc:
        assert pc.wait_exit() == 0x10 << 1 | 1
        assert re.search(r"^\d+ passed, 0 failed\r$", pc.serial(), re.M)
    with PC(*CHECKED, loader=False, append="speed=max run") as pc:
        started(pc)
        wait_tube(pc, after_july())


def test_on_a_framebuffer(tmp_path):
    with on(tmp_path, "1280x1024x32", "fault=hang") as pc:
        assert "has not run" in page(pc)[1]
