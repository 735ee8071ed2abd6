# SPDX-License-Identifier: MIT
"""Tests the console on a virtual PC, by keyboard and screen.

The console itself is tested on the host (tests/unit/test_ui.c).  These tests
show that the PC's devices work: keys, picture, and time."""
import time

import pytest
from baby import model, registers, shipped, started, tube, wait_tube
from pc import LIMIT, POLL, PC

JULY = [  # as typed from line 1 on; the source is in tests/data
    "LDN 24", "STO 26", "LDN 26", "STO 27", "LDN 23", "SUB 27", "CMP",
    "JRP 20", "SUB 26", "STO 25", "LDN 25", "CMP", "STP", "LDN 26", "SUB 21",
    "STO 27", "LDN 27", "STO 26", "JMP 22", "-3", "1", "4", "-262144",
    "262143",
]


def flat_out(pc):
    pc.key("esc")
    pc.wait_for("Menu:")
    pc.key("m")
    pc.wait_for("Speed: flat out")


def after_july():
    """The state after the July program.  It is a constant, as the model needs
    two seconds for it; test_batch.py checks the count."""
    store = shipped("july1948")
    store[25], store[26], store[27] = 0, -131072 % 2**32, 131072
    return store


def test_first_screen():
    with PC() as pc:
        lines = started(pc).text()
        assert lines[0].startswith(
            " Baby Editor  Highest factor of 2^18, July 1948")
        assert "STOPPED" in lines[0] and lines[0].rstrip().endswith(
            "real speed")
        assert tube(pc) == shipped("july1948")
        assert registers(pc) == [0, 0, 0]


def test_july_answer_in_four_keys():
    with PC() as pc:
        started(pc)
        pc.key("f5")
        pc.wait_for("RUNNING")
        pc.key("esc")
        pc.wait_for("Menu:")
        pc.key("m")
        lines = pc.wait_for("the machine has stopped at line 13")
        assert any("2 097 154 instructions" in l for l in lines)
        assert any("50 min 19.9 s of machine time" in l for l in lines)
        wait_tube(pc, after_july())
        assert registers(pc) == [0, 13, 57344]


def test_moving_picture_in_two_keys():
    with PC() as pc:
        started(pc)
        pc.key("f2")
        pc.wait_for("Ducks on a pond")
        pc.key("f5")
        pc.wait_for("RUNNING")
        pictures = set()

        def moves(_):
            pictures.add(tuple(tube(pc)[23:32]))
            return len(pictures) >= 5

        pc.wait(moves, "a picture that moves")


def type_july(pc):
    pc.key("esc")
    pc.wait_for("Menu:")
    pc.key("z")
    pc.wait_for("the store is cleared")
    wait_tube(pc, [0] * 32)
    wanted = shipped("july1948")
    for line, typed in enumerate(JULY, start=1):
        # The keyboard buffers 16 bytes, so wait for each word.
        pc.type(typed.lower())
        pc.wait_for(typed.lower())
        pc.key("ret")
        pc.wait(lambda _: tube(pc)[line] == wanted[line], typed)
    wait_tube(pc, wanted)
    pc.key("esc")
    pc.wait_for("Esc again opens the menu")
    flat_out(pc)
    pc.key("f5")
    pc.wait_for("the machine has stopped at line 13")
    wait_tube(pc, after_july())


def test_july_typed_by_hand():
    with PC() as pc:
        type_july(started(pc))


def test_single_steps_match_the_model():
    baby = model.Baby(shipped("hcf"))
    with PC(append="program=hcf") as pc:
        started(pc)
        for count in range(1, 31):
            pc.key("f6")
            baby.step()
            pc.wait_for(f" {count} instruction")
            wait_tube(pc, baby.store)
            assert registers(pc) == [baby.a, baby.ci, baby.pi]


def test_digit_by_digit():
    with PC() as pc:
        started(pc)
        pc.key("left")  # from the listing to digit 31 of line 1
        pc.key("home")
        pc.type("1011")
        pc.key("spc")
        word = shipped("july1948")[1]
        expected = (word & ~0b1111) | 0b1101
        expected ^= 1 << 4
        pc.wait(lambda _: tube(pc)[1] == expected, "the digits typed")


def test_invalid_word_is_explained():
    with PC() as pc:
        started(pc)
        pc.type("LDN 32\n")
        pc.wait_for("0 to 31")
        pc.wait_for("LDN 32")
        assert tube(pc) == shipped("july1948")
        pc.key("esc")
        pc.wait(lambda ls: not any("LDN 32" in l for l in ls), "entry gone")


def test_reboot_and_power_off_ask():
    with PC() as pc:
        started(pc)
        pc.key("f10")
        pc.wait_for("Reboot the PC")
        pc.key("q")
        pc.wait_for("Power off the PC?")
        pc.key("n")
        pc.wait(lambda ls: not any("Power off the PC?" in l for l in ls), "no")
        pc.key("f10")
        pc.wait_for("Reboot the PC")
        pc.key("b")
        pc.wait_for("Reboot the PC?")
        pc.key("y", up=False, taken=False)  # nothing reads its release
        assert pc.wait_shutdown() == "guest-reset"


def test_power_off():
    with PC() as pc:
        started(pc)
        pc.key("esc")
        pc.wait_for("Menu:")
        pc.key("q")
        pc.wait_for("Power off the PC?")
        pc.key("ret", up=False, taken=False)
        assert pc.wait_shutdown() == "guest-shutdown"


@pytest.mark.parametrize("machine, more", [
    ("pc", ()), ("q35", ()), ("q35,i8042=off", ()),
    ("isapc", ("-cpu", "486", "-m", "8")),
])
def test_machines(machine, more):
    """The console starts and runs a program on old and new PCs."""
    with PC(*more, machine=machine, append="program=hcf run speed=max") as pc:
        started(pc)
        pc.wait_for("the machine has stopped at line 16")
        pc.wait(lambda _: tube(pc)[30] == 3, "3 in line 30")


def test_short_screen():
    with PC(append="video=text25 program=hcf run speed=max", rows=25) as pc:
        pc.wait_for("Stopped: press F6")
        lines = pc.text()
        assert lines[24] == "", "24 rows are used, for terminals of 24"
        assert " 417 instructions" in "\n".join(lines)


def test_no_screen():
    with PC("-vga", "none", append="program=hcf batch") as pc:
        assert pc.wait_shutdown() == "guest-shutdown"
        assert "instructions=417 end=stop" in pc.serial()


BAD = {
    "mnemonic.asm": (b"1 LDM 24\n", 'there is no instruction "LDM"'),
    "line.snp": (b"0032:" + b"0" * 32, "line 0032 does not exist"),
    "digits.snp": (b"1:" + b"0" * 33, "33 digits"),
    "empty.snp": (b"", "the file contains no program"),
    "binary.bin": (b"\x7fELF\x01\0\0\0\n", "binary.bin:1: "),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_module(name, tmp_path):
    content, sentence = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    with PC(modules=[str(path)]) as pc:
        started(pc)
        lines = pc.wait_for(name + ":")
        assert sentence in "\n".join(lines)
        assert tube(pc) == shipped("july1948")


@pytest.mark.parametrize("append, sentence", [
    ("wibble", 'boot option "wibble" is unknown'),
    ("speed=warp", 'boot option "speed=warp" has an invalid value'),
    ("program=nothing", 'There is no program called "nothing"'),
    ("batch", "batch has nothing to run"),
])
def test_bad_option(append, sentence):
    with PC(append=append) as pc:
        started(pc)
        assert sentence in "\n".join(pc.text())
        assert tube(pc) == shipped("july1948")


def test_good_module_is_loaded_and_listed(tmp_path):
    path = tmp_path / "mine.asm"
    path.write_text("; My own program\n1 LDN 5 ; a note\n2 STP\n5 NUM -7\n")
    with PC(modules=[str(path)]) as pc:
        lines = started(pc).text()
        assert "My own program" in lines[0]
        assert any("a note" in line for line in lines)
        pc.key("f2")
        pc.wait_for("mine.asm")


def test_longest_boot_line_and_most_modules(tmp_path):
    path = tmp_path / "stop.snp"
    path.write_text("0001:00000000000001110000000000000000\n")
    with PC(modules=[str(path)] * 650) as pc:
        started(pc)
        assert "10 modules ignored: the maximum is 640" in "\n".join(
            pc.text())


def test_no_screen_is_reported_on_com1():
    with PC(append="video=none") as pc:
        end = time.monotonic() + LIMIT
        while "screen none" not in pc.serial():
            assert time.monotonic() < end
            time.sleep(POLL)
