# SPDX-License-Identifier: MIT
"""Tests 64 machines on one PC: an engine that faults in one of them harms none
of the others, and they share no memory.  Tests what weights and caps give."""
import contextlib
import re

import pytest
from gdb import Held
from guests import GUESTS, accounts, compare, guests, halt, have_passed, \
    program_of
from pc import PC
from test_hypervisor import FAULTS, private
from test_paging import pages

ENGINES = 5
# Executed by each guest before a fault, and after it.
INSTRUCTIONS = 5000
# Programs that do not end during a test.
LASTING = "ducks", "helix", "july1948", "june1948", "lecture"


@contextlib.contextmanager
def many(*arguments):
    """A PC with 64 guests, which have different programs and engines."""
    held = Held()
    with PC(*held.arguments, "-m", "16", *arguments,
            append=f"guests={GUESTS} speed=x100") as pc:
        held.at("inject_fault", *[
            f"call guests_set_engine(&ui.guests, {i}, engines[{i % ENGINES}])"
            for i in range(1, GUESTS + 1)])
        pc.wait_for("Baby   Machines")
        yield pc, held


def pass_instructions(pc, count):
    """Waits until each guest has executed COUNT more instructions, or ends."""
    first = accounts(pc)
    pc.until(lambda: have_passed(pc, first, count), f"{count} instructions")


def kind_of(name):
    """The enum fault_kind of a fault."""
    return "FAULT_GUEST_" + name.upper().replace("-", "_")


def make_wild(held, victim, name):
    """Gives one guest an engine that faults, and shows that guest."""
    held.at("ui_turn",
            f"call guests_set_engine(&ui.guests, {victim}, "
            f"wild_engine({kind_of(name)}))",
            f"set ui.machines.chosen = {victim}",
            "set ui.machines.view = MACHINES_TABLE")


def check_others(pc, victim, words):
    """All machines, also that of the engine that was killed, are as in the
    model."""
    halt(pc)
    found = guests(pc)
    assert len(found) == GUESTS
    assert [i for i in found if found[i].killed] == [victim]
    assert re.match(words, found[victim].fault)
    assert len({one.engine for one in found.values()}) == ENGINES + 1
    compare(found)


VICTIMS = [i for i in range(1, GUESTS + 1) if program_of(i) in LASTING]
SHORT = "sealed", "hang", "registers"


def cases():
    for cpu in "486", "max":
        for i, (name, words) in enumerate(FAULTS):
            short = cpu == "max" and name in SHORT
            yield pytest.param(cpu, name, words, VICTIMS[7 * i % len(VICTIMS)],
                               id=f"{cpu}-{name}",
                               marks=[] if short else pytest.mark.long)


@pytest.mark.parametrize("cpu, name, words, victim", cases())
def test_wild_engine_among_others(cpu, name, words, victim):
    with many("-cpu", cpu) as (pc, held):
        pass_instructions(pc, INSTRUCTIONS)
        make_wild(held, victim, name)
        pc.wait_for(f" Machine {victim}: ")
        pc.wait(lambda lines: any(re.match(" " + words, l) for l in lines),
                f"the fault of machine {victim}: {words}")
        pass_instructions(pc, INSTRUCTIONS)
        check_others(pc, victim, words)


def test_no_shared_memory():
    """No page that a guest can write, or that holds its translated code, is
    mapped by another one.  The kernel's mappings are the same in all."""
    with many() as (pc, _):
        halt(pc)
        directories = [one.directory or None for one in guests(pc).values()]
        assert len(set(directories)) == GUESTS
        own = [private(pc, at) for at in directories]
        assert len(set.union(*own)) == sum(len(some) for some in own)
        kernel = pages(pc, user=False)
        for at in directories[1:]:
            assert pages(pc, user=False, at=at) == kernel
