# SPDX-License-Identifier: MIT
"""The machines that share a PC, as read from its memory."""
import contextlib
import dataclasses
import functools
import re
import struct

from baby import model, shipped, started
from gdb import values
from pc import PC

GUESTS = 64
LINES = 32
NAME_SIZE, FAULT_SIZE = 16, 120
EXITS = ("budget", "stop", "hang", "breakpoint", "fault", "overrun")

# Places in the kernel's memory and in its structs.
PLACES = {
    "guests": "&ui.guests.guest",
    "focus": "&ui.guests.focus",
    "session in focus": "&ui.view.session",
    "guest size": "sizeof(struct guest)",
    "present": "&((struct guest *)0)->present",
    "instructions": "&((struct guest *)0)->account.instructions",
    "us": "&((struct guest *)0)->account.us",
    "exits": "&((struct guest *)0)->account.exits",
    "session": "&((struct guest *)0)->place.session",
    "space": "&((struct guest *)0)->place.space",
    "session size": "sizeof(struct session)",
    "session killed": "&((struct session *)0)->killed",
    "session engine": "&((struct session *)0)->engine",
    "store": "&((struct session *)0)->machine.store",
    "a": "&((struct session *)0)->machine.a",
    "ci": "&((struct session *)0)->machine.ci",
    "pi": "&((struct session *)0)->machine.pi",
    "test": "&((struct session *)0)->machine.test",
    "neon": "&((struct session *)0)->machine.neon",
    "executed": "&((struct session *)0)->machine.instructions",
    "engine name": "&((struct engine *)0)->name",
    "fault": "&((struct engine_space *)0)->fault",
    "directory": "&((struct guest_space *)0)->memory",
}


@functools.cache
def places():
    expressions = [text if text.startswith("sizeof") else f"(unsigned){text}"
                   for text in PLACES.values()]
    return dict(zip(PLACES, values(*expressions)))


def number(data, place, size=4):
    at = places()[place]
    return int.from_bytes(data[at:at + size], "little")


def text(data):
    return data.split(b"\0")[0].decode("ascii")


@dataclasses.dataclass
class Account:
    """What a guest has used since it was added."""
    instructions: int
    us: int
    exits: dict


@dataclasses.dataclass
class Guest:
    """A guest and its machine."""
    number: int
    at: int         # address of its session
    account: Account
    killed: bool
    fault: str
    engine: str
    directory: int  # its address, or 0 for that of the kernel
    executed: int   # instructions of the program
    state: dict     # T-state


def records(pc):
    """{number: struct guest} of those present."""
    size = places()["guest size"]
    data = pc.memory(places()["guests"], GUESTS * size)
    found = {i + 1: data[i * size:(i + 1) * size] for i in range(GUESTS)}
    return {i: record for i, record in found.items()
            if number(record, "present", 1)}


def account(record):
    at = places()["exits"]
    exits = struct.unpack_from(f"<{len(EXITS)}Q", record, at)
    return Account(number(record, "instructions", 8), number(record, "us", 8),
                   dict(zip(EXITS, exits)))


def accounts(pc):
    """{number: Account}, while the PC may run."""
    return {i: account(record) for i, record in records(pc).items()}


def state(session):
    """The T-state in a struct session."""
    store = struct.unpack_from(f"<{LINES}I", session, places()["store"])
    return {"store": list(store), "a": number(session, "a"),
            "ci": number(session, "ci"), "pi": number(session, "pi"),
            "test": bool(number(session, "test", 1)),
            "neon": bool(number(session, "neon", 1))}


def name_of_engine(pc, session):
    engine = number(session, "session engine")
    name = pc.memory(engine + places()["engine name"], 4)
    return text(pc.memory(int.from_bytes(name, "little"), NAME_SIZE))


def guest(pc, i, record, focus):
    at = places()["session in focus"] if i == focus else number(record,
                                                                "session")
    space = number(record, "space")
    session = pc.memory(at, places()["session size"])
    directory = pc.memory(space + places()["directory"], 4)
    return Guest(i, at, account(record),
                 bool(number(session, "session killed", 1)),
                 text(pc.memory(space + places()["fault"], FAULT_SIZE)),
                 name_of_engine(pc, session),
                 int.from_bytes(directory, "little"),
                 number(session, "executed", 8), state(session))


def guests(pc):
    """{number: Guest} of a PC that is halted()."""
    focus = int.from_bytes(pc.memory(places()["focus"], 4), "little")
    return {i: guest(pc, i, record, focus)
            for i, record in records(pc).items()}


def has_ended(account):
    return any(account.exits[how] for how in ("stop", "fault", "overrun"))


def have_passed(pc, first, count):
    """Returns whether each guest has ended, or executed COUNT instructions
    since its account was that in FIRST."""
    return all(has_ended(now) or
               now.instructions >= first[i].instructions + count
               for i, now in accounts(pc).items())


def halt(pc):
    """Stops the PC where the kernel is not changing any machine: while an
    engine executes in ring 3, or while the processor sleeps."""
    while True:
        pc.execute("stop")
        registers = pc.execute("human-monitor-command",
                               **{"command-line": "info registers"})
        if "CPL=3" in registers or "HLT=1" in registers:
            return
        pc.execute("cont")


@contextlib.contextmanager
def clones(count, options, *arguments, **more):
    """A PC with so many machines, which run the same program flat out.  The
    cursor of the page of machines is at the last one."""
    with PC("-m", "32", *arguments, append="run speed=max " + options,
            **more) as pc:
        started(pc)
        pc.key("ctrl", "g")
        pc.wait_for("Baby   Machines")
        for _ in range(count - 1):
            pc.key("c")
        pc.wait_for(f"{count} of 64")
        yield pc


# ---- Comparison with the model ----

@functools.cache
def programs():
    """The programs of the library, in its order."""
    with open("boot/programs.S", encoding="ascii") as file:
        return re.findall(r'program "(.+)"', file.read())


def program_of(i):
    """The program that the option guests= gives to a guest."""
    return "july1948" if i == 1 else programs()[(i - 2) % len(programs())]


def state_of(baby):
    return {"store": list(baby.store), "a": baby.a, "ci": baby.ci,
            "pi": baby.pi, "test": baby.test, "neon": baby.neon}


def compare(found):
    """Compares guests of the option guests= with the model after as many
    instructions.  Runs each program once."""
    by_program = {}
    for one in found.values():
        by_program.setdefault(program_of(one.number), []).append(one)
    for program, some in by_program.items():
        baby = model.Baby(shipped(program))
        for one in sorted(some, key=lambda one: one.executed):
            baby.run(one.executed)
            assert baby.instructions == one.executed, one
            assert one.state == state_of(baby), one
