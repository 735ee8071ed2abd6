# SPDX-License-Identifier: MIT
"""Tests ring 3: what its instructions do on this processor, and that an engine
in it can harm nothing else."""
import re

import pytest
from baby import model, shipped, started, wait_tube
from gdb import Held
from pc import PC, symbol
from test_console import after_july
from test_paging import PAGE, pages, value_of

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


# Value of fault= after "guest-", what the screen shows.
PAGE_FAULTS = [
    ("read", r"read from \w+, kernel constants, at fault_read\+"),
    ("call", r"execution at \w+, kernel code, at inject_fault\+0"),
    ("null", r"read from 00000000, null pointer, at fault_null\+"),
    ("call-null", r"execution at 00000000, null pointer, at 00000000, null "
                  "pointer"),
    ("write", r"write to \w+, kernel constants, at fault_write\+"),
    ("code", r"write to \w+, code of the engines, at fault_code\+"),
    ("constant", r"write to \w+, constants of the engines, at fault_constant"),
    ("sealed", r"write to \w+, translated code, at fault_sealed\+"),
    ("stack", r"write to \w+, stack overflow \(guard page\), at recurse\+"),
]
OTHERS = [
    ("data", r"#GP General protection, at fault_data\+"),
    ("open", r"#GP General protection, at fault_open\+"),
    ("opcode", r"#UD Invalid opcode, at fault_opcode\+"),
    ("divide", r"#DE Divide error, at fault_divide\+"),
    ("cli", r"#GP General protection, at fault_cli\+"),
    ("port", r"#GP General protection, at fault_port\+"),
    ("int", r"#GP General protection, at fault_int\+"),
    ("step", r"#DB Debug, at "),
    ("hang", r"No end: the timer stopped the engine, at fault_hang\+"),
    ("smash", "Stack smashing: wrote past the end of an array"),
    ("number", "Called the hypervisor with an unknown number"),
    ("registers", "Called the hypervisor with an unknown number"),
    ("result", "Returned a result that is not possible"),
]
FAULTS = [(name, "Page fault: " + words) for name, words in PAGE_FAULTS]
FAULTS += OTHERS
WORDS_ROW = 42


def killed(pc, words):
    """Waits until the screen shows why the engine was killed."""
    pc.wait(lambda lines: re.match(" " + words, lines[WORDS_ROW]) and
            any("The engine was killed" in line for line in lines),
            f"the engine's fault: {words}")
    return pc


def state_after(count):
    """The store after so many instructions of the July program."""
    baby = model.Baby(shipped("july1948"))
    for _ in range(count):
        baby.step()
    return baby.store


def number(pc, variable):
    """The unsigned number in a variable of the kernel."""
    data = pc.memory(value_of(f"(unsigned)&{variable}"), 4)
    return int.from_bytes(data, "little")


def kills(pc):
    return number(pc, "first_guest.exits[VM_EXIT_EXCEPTION]")


def counted(pc):
    for line in pc.text():
        if match := re.match(r" ([\d ]+) instructions? ", line):
            return int(match[1].replace(" ", ""))
    raise AssertionError("no instructions are counted")


@pytest.mark.parametrize("cpu", CPUS)
@pytest.mark.parametrize("name, words", FAULTS,
                         ids=[row[0] for row in FAULTS])
def test_wild_engines(cpu, name, words):
    """An engine that faults in ring 3 is killed.  The machine keeps its state,
    and another engine continues from it."""
    with PC("-cpu", cpu, append=f"fault=guest-{name} speed=max") as pc:
        started(pc)
        pc.key("f5")
        killed(pc, words)
        wait_tube(pc, state_after(counted(pc)))
        pc.key("f4")
        pc.key("e")
        pc.wait_for("The machine runs under the reference engine")
        pc.key("4")
        pc.wait_for("The machine runs under the predecoded engine")
        pc.key("tab")
        pc.key("f5")
        wait_tube(pc, after_july())


def test_wild_engine_on_a_386():
    """Ring 3 cannot write to read-only pages, even on a 386."""
    for name, words in FAULTS:
        if name in ("code", "constant", "sealed", "open"):
            with PC("-cpu", "486",
                    append=f"fault=guest-{name} cpu=386 run") as pc:
                started(pc)
                killed(pc, words)


def test_without_interrupts():
    """The timer cannot stop an engine, but exceptions do."""
    with PC(append="fault=guest-cli noirq acpi=off run") as pc:
        started(pc)
        killed(pc, "#GP General protection, at fault_cli")


def test_restarted():
    """A restart of the program also restarts the engine, which is killed
    again."""
    with PC(append="fault=guest-cli run speed=max") as pc:
        started(pc)
        killed(pc, "#GP General protection, at fault_cli")
        before = kills(pc)
        pc.key("esc")
        pc.key("a")
        pc.until(lambda: kills(pc) == before + 1, "another exception")
        killed(pc, "#GP General protection, at fault_cli")


@pytest.mark.parametrize("engine", ["reference", "switch", "threaded",
                                    "predecoded", "translator"])
@pytest.mark.parametrize("append", ["", "noirq", "cpu=386"])
def test_engines_in_ring_3(engine, append):
    """The engines reach all that they need."""
    with PC("-cpu", "486", append=f"engine={engine} run speed=max " +
            append) as pc:
        started(pc)
        wait_tube(pc, after_july())
        assert number(pc, "first_guest.entries") > 0


# Memory for a second guest, from the end of history's.
MEMORY = 1 << 18


def in_second_guest(append):
    """Starts a PC whose console uses a guest that is not the kernel's own."""
    held = Held()
    pc = PC(*held.arguments, append=append)
    second = "(struct guest_space *)($at - 4096)"
    held.at("ui_start", f"set $at = history_memory.end - {MEMORY - PAGE}",
            f"set ui.view.environment.memory_size -= {MEMORY}",
            f"call guest_start({second}, $at, guest_fault_describe)",
            f"set ui.view.environment.engine_space = &({second})->space")
    return pc


def private(pc, directory):
    """The physical addresses of the pages that ring 3 can write, and of those
    with translated code."""
    found = pages(pc, user=True, at=directory)
    code = symbol("guest_code")
    return {where for address, (where, writable) in found.items()
            if writable or code <= address < code + 8 * PAGE}


def second_directory(pc):
    end = number(pc, "history_memory.end")
    return end - MEMORY + PAGE


@pytest.mark.parametrize("engine", ["predecoded", "translator"])
def test_second_guest(engine):
    """A guest with an address space of its own runs, and shares no page with
    the first one that either could write."""
    with in_second_guest(f"engine={engine} run speed=max") as pc:
        started(pc)
        wait_tube(pc, after_july())
        assert number(pc, "first_guest.entries") == 0
        first = pages(pc, user=True)
        second = pages(pc, user=True, at=second_directory(pc))
        assert {a: w for a, (_, w) in first.items()} == {
            a: w for a, (_, w) in second.items()}
        one, other = (private(pc, at)
                      for at in (symbol("directory"), second_directory(pc)))
        assert len(one) == len(other) == len(
            {a for a, (_, w) in first.items() if w}) + 8
        assert not one & other
        # The kernel's pages are the same.
        kernel = pages(pc, user=False)
        assert pages(pc, user=False, at=second_directory(pc)) == kernel
        assert other <= {where for where, _ in kernel.values()}


@pytest.mark.parametrize("name", ["cli", "stack", "sealed"])
def test_wild_engine_in_second_guest(name):
    with in_second_guest(f"fault=guest-{name} run") as pc:
        started(pc)
        killed(pc, dict(FAULTS)[name])
