# SPDX-License-Identifier: MIT
"""Tests saving and receiving by COM1 on a virtual PC."""
import random
import re

import pytest
from baby import model, shipped, started, tube, wait_tube
from pc import PC
from states import save

CTRL_D = b"\x04"


def source(name):
    with open(f"boot/programs/{name}.asm", encoding="ascii") as file:
        return file.read()


def page(pc):
    """Opens the page once the console has started."""
    started(pc)
    pc.key("f3")
    pc.wait_for("Esc: back")


def receive(pc):
    page(pc)
    pc.key("r")
    pc.wait_for("Waiting for a program on COM1")


def unchanged(pc):
    """Leaves the page and checks that the store is unchanged."""
    pc.key("esc")
    pc.wait_for("Esc Menu")
    wait_tube(pc, shipped("july1948"))


def snp(store):
    rows = [f"{i:04}:{model.digits(w)}" for i, w in enumerate(store) if w]
    return "".join(row + "\r\n" for row in [str(len(rows))] + rows).encode()


def asm(name):
    """Returns a built-in program as the Baby writes it, notes unaligned."""
    return re.sub(" +;", " ;", source(name)).replace("\n", "\r\n").encode()


@pytest.mark.parametrize("name", ["july1948", "ducks"])
def test_save_snp(name):
    with PC(append="program=" + name, com1="wire") as pc:
        page(pc)
        assert save(pc, "s") == snp(shipped(name))


@pytest.mark.parametrize("name", ["july1948", "fibonacci", "helix"])
def test_save_asm(name):
    with PC(append="program=" + name, com1="wire") as pc:
        page(pc)
        text = save(pc, "a")
        assert text == b"; baby: save 1\r\n" + asm(name)
        assert model.assemble(text.decode()) == shipped(name)


def test_save_the_store_and_read_it_back():
    """Saves the store after a run, and receives it into an edited store, which
    asks first."""
    with PC(append="program=hcf run speed=max", com1="wire") as pc:
        pc.wait_for("the machine has stopped at line 16")
        page(pc)
        text = save(pc, "d")
        after = model.Baby(shipped("hcf"))
        after.run(1000)
        assert model.assemble(text.decode()) == after.store
        pc.key("esc")
        pc.wait_for("Esc Menu")
        pc.type("-5\n")
        pc.wait(lambda _: tube(pc)[1] == -5 % 2**32, "-5 in line 1")
        receive(pc)
        pc.send(text + CTRL_D)
        pc.wait_for("has unsaved changes")
        pc.key("y")
        pc.wait_for("Loaded from COM1")
        wait_tube(pc, after.store)
        assert "Highest common factor" in pc.text()[0]


@pytest.mark.parametrize("end", [CTRL_D, b"baby: end\r\n", b""],
                         ids=["ctrl-d", "line", "silence"])
@pytest.mark.parametrize("machine", ["pc", "isapc"])
def test_receive(machine, end):
    more = ("-cpu", "486", "-m", "8") if machine == "isapc" else ()
    with PC(*more, machine=machine, com1="wire") as pc:
        receive(pc)
        pc.send(source("fibonacci").encode() + end)
        pc.wait_for("Loaded from COM1")
        wait_tube(pc, shipped("fibonacci"))
        assert source("fibonacci").split("\n")[0][2:] in pc.text()[0]


def test_receive_while_flat_out():
    with PC(append="program=ducks run speed=max", com1="wire") as pc:
        receive(pc)
        pc.send(source("hcf").encode() + CTRL_D)
        pc.wait_for("Loaded from COM1")
        wait_tube(pc, shipped("hcf"))


def test_receive_the_longest():
    """The longest program arrives at the full rate without loss."""
    program = snp(shipped("hcf"))
    row = b" " * 50 + b"\r\n"
    text = program + row * ((65536 - len(program)) // len(row))
    with PC(com1="wire") as pc:
        receive(pc)
        pc.send(text + CTRL_D)
        pc.wait_for(f"Loaded from COM1: {len(text)} bytes")
        wait_tube(pc, shipped("hcf"))


def test_receive_too_much():
    with PC(com1="wire") as pc:
        receive(pc)
        pc.send(b"1 STP\n" * 12000)
        pc.wait_for("exceeds the maximum of 65536 bytes")
        unchanged(pc)


def test_receive_invalid_program():
    with PC(com1="wire") as pc:
        receive(pc)
        pc.send(b"1 LDN 1\n2 STP\n3 FOO\n" + CTRL_D)
        pc.wait_for('COM1:3: there is no instruction "FOO"')
        unchanged(pc)


def test_cancel():
    with PC(com1="wire") as pc:
        receive(pc)
        pc.send(b"1 STP\n")
        pc.wait_for("Receiving: 6 bytes so far")
        pc.key("esc")
        pc.wait_for("Cancelled: nothing was loaded")
        pc.send(b"2 STP\n" + CTRL_D)
        unchanged(pc)


def garbage(size):
    """Random bytes except those that end a transfer."""
    return bytes(random.Random(1948).choices(
        [b for b in range(256) if b != CTRL_D[0]], k=size))


@pytest.mark.long
def test_random_bytes_at_full_rate():
    with PC(com1="wire") as pc:
        receive(pc)
        pc.send(garbage(1000))
        pc.wait_for("Receiving: 1000 bytes so far")
        pc.send(CTRL_D)
        pc.wait_for("COM1:")
        pc.key("r")
        pc.wait_for("Waiting for a program on COM1")
        pc.send(garbage(1 << 20))
        pc.wait_for("exceeds the maximum of 65536 bytes")
        unchanged(pc)
        pc.key("f6")
        pc.wait_for("LDN 24   A = 0 - 262143 = -262143")


def test_unexpected_bytes():
    """Keys work while unexpected bytes arrive."""
    with PC(com1="wire") as pc:
        started(pc)
        for count in range(1, 11):
            pc.send(garbage(1 << 16))
            pc.key("f6")
            pc.wait_for(f" {count} instruction")
        assert "STOPPED" in pc.text()[0]


def test_stuck_receiver():
    with PC(append="program=july1948", com1="wire") as pc:
        page(pc)
        text = b"; baby: save 1\r\n" + asm("july1948")
        size = len(text)
        said = re.compile(rf"COM1 accepted only (\d+) of {size} bytes")
        pc.key("a")
        lines = pc.wait(lambda ls: any(map(said.search, ls)), "Only")
        taken = int(said.search("\n".join(lines))[1])
        assert 0 < taken < size
        assert pc.receive(taken) == text[:taken]
        assert save(pc, "s") == snp(shipped("july1948"))


def test_no_com1():
    with PC(com1=None) as pc:
        page(pc)
        pc.wait_for("This PC has no COM1, so nothing can be sent")
        for letter in "sar":
            pc.key(letter)
        pc.key("esc")
        pc.wait_for("Esc Menu")
        pc.key("f6")
        pc.wait_for("LDN 24   A = 0 - 262143 = -262143")
