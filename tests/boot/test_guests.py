# SPDX-License-Identifier: MIT
"""Tests 64 machines on one PC: an engine that faults in one of them harms none
of the others, and they share no memory.  Tests what weights and caps give."""
import contextlib
import re

import pytest
from gdb import Held
from guests import (Account, GUESTS, accounts, clones, compare, guests, halt,
                    have_passed, program_of)
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
    held.at("ui_work",
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


# 62 million instructions a second, so that the PC's time passes quickly here.
SLOWER = "-icount", "shift=4,sleep=off", "-rtc", "base=2026-01-01,clock=vm"
# The least share is two seconds, of which a slice of 5 ms is a quarter of a
# hundredth.
SECONDS = 20
# Not of the machine in focus, which spends time on its tube.
WEIGHTS = {2: 4, 3: 8, 4: 16}
CAPPED, CAP = 1, 10


def set_shares(pc):
    """Sets weights and cap by keys.  The cursor is at the last machine."""
    for weight in reversed(WEIGHTS.values()):
        for _ in range(abs(weight - 8)):
            pc.key("equal" if weight > 8 else "minus")
        pc.key("up")
    for _ in range((100 - CAP) // 5):
        pc.key("bracket_left")


def reading(pc):
    """The accounts, and the PC's time in microseconds."""
    pc.execute("stop")
    found = accounts(pc), 1000 * pc.perf_counters()[3]
    pc.execute("cont")
    return found


def used(pc, seconds):
    """{number: Account} of what each guest uses in so many seconds of the PC's
    time, and that time in microseconds."""
    first, start = reading(pc)
    pc.until(lambda: 1000 * pc.perf_counters()[3] >= start + 10 ** 6 * seconds,
             f"{seconds} s of the PC's time")
    last, end = reading(pc)
    return {i: Account(last[i].instructions - first[i].instructions,
                       last[i].us - first[i].us, {})
            for i in last}, end - start


def test_shares():
    """Three machines flat out get shares by their weights, and a fourth gets
    its cap, within a hundredth."""
    with clones(len(WEIGHTS) + 1, "program=ducks", *SLOWER) as pc:
        set_shares(pc)
        used(pc, 1)
        use, elapsed = used(pc, SECONDS)
    for i, weight in WEIGHTS.items():
        share = pytest.approx(weight / WEIGHTS[2], rel=0.01)
        assert use[i].us / use[2].us == share
        assert use[i].instructions / use[2].instructions == share
    assert use[CAPPED].us / elapsed == pytest.approx(CAP / 100, rel=0.01)
