# SPDX-License-Identifier: MIT
"""Tests that the duration of a turn does not grow with the size of files or
their number.  On a PC of 2 MIPS, whose clock counts instructions, the watchdog
expires after four million instructions."""
import tempfile

import pytest
from baby import batch, reports, started
from pc import PC

FILE_MAX = 65536
SLOW = "-cpu", "486", "-icount", "shift=9,sleep=off"
SUCCESS, FAILURE = 0x10 << 1 | 1, 0x11 << 1 | 1
TOO_LARGE = "the file has {} bytes, but the maximum is 65536"


def comments(size, row="; a row of comment as long as people write them\n"):
    """A program of SIZE bytes: a title, comments, and a Stop."""
    end = "1 STP\n"
    body = "; Long\n" + row * (size // len(row) + 1)
    return (body[:size - len(end) - 1] + "\n" + end).encode()


def write(folder, name, data):
    (folder / name).write_bytes(data)
    return str(folder / name)


SHAPES = {
    "comments": comments(FILE_MAX),
    "one-row": comments(FILE_MAX, ";" * FILE_MAX),
    "empty": b"\n" * (FILE_MAX - 6) + b"1 STP\n",
    "warnings": (b"0001:0000000000000111 STP\n" * 2520).ljust(FILE_MAX),
}


def test_a_large_module_is_refused_and_the_next_is_run(tmp_path):
    """A batch with files of 16 MB, and of one byte more than the maximum."""
    last = write(tmp_path, "last.asm", b"1 STP\n")
    big = write(tmp_path, "big.bin", bytes(16 << 20))
    over = write(tmp_path, "over.asm", comments(FILE_MAX + 1))
    out, status = batch(modules=[big, over, last])
    assert status == FAILURE
    errors = [l for l in out.splitlines() if l.startswith("baby: error ")]
    assert errors == [
        "baby: error big.bin:0: " + TOO_LARGE.format(16 << 20),
        "baby: error over.asm:0: " + TOO_LARGE.format(FILE_MAX + 1)]
    assert [r["name"] for r in reports(out)] == ["last.asm"]
    assert "fault" not in out


def test_batch_on_a_slow_pc(tmp_path):
    """The largest files of each shape, files ten times as large, and the next
    program."""
    modules = [write(tmp_path, n + ".asm", data) for n, data in SHAPES.items()]
    modules += [write(tmp_path, "ten.asm", comments(10 * FILE_MAX)),
                write(tmp_path, "last.asm", b"1 STP\n")]
    out, status = batch(modules=modules, arguments=SLOW)
    assert status == FAILURE
    assert "baby: error ten.asm:0: " + TOO_LARGE.format(655360) in out
    assert [r["name"] for r in reports(out)] == \
        [n + ".asm" for n in SHAPES] + ["last.asm"]
    assert "fault" not in out


def panics(pc):
    return any("has not run" in line for line in pc.text())


@pytest.mark.parametrize("name", SHAPES)
def test_list_on_a_slow_pc(name, tmp_path):
    """Keys work while F2 reads the largest file, and it is loaded."""
    modules = [write(tmp_path, "first.asm", b"; First\n1 STP\n"),
               write(tmp_path, name + ".asm", SHAPES[name])]
    with PC(*SLOW, modules=modules) as pc:
        started(pc)
        for key in "f2", "down", "up", "down", "ret":
            pc.key(key)
        pc.wait(lambda lines: "Editor" in lines[0] and
                "First" not in lines[0], "the second program")
        assert not panics(pc)


def test_start_on_a_slow_pc(tmp_path):
    with PC(*SLOW, append="run", modules=[
            write(tmp_path, "long.asm", SHAPES["comments"])]) as pc:
        pc.wait(lambda lines: "Long" in lines[0] and "STOP " in lines[0],
                "the program")


def test_a_large_file_is_refused_by_f2_and_at_the_start(tmp_path):
    size = 10 * FILE_MAX
    modules = [write(tmp_path, "ten.asm", comments(size)),
               write(tmp_path, "next.asm", b"; Next\n1 STP\n")]
    with PC(*SLOW, modules=modules) as pc:
        started(pc)
        pc.wait_for("ten.asm: the file has 655360 bytes")
        pc.key("f2")
        pc.wait_for("ten.asm: the file has 655360 bytes")
        pc.key("down")
        pc.key("ret")
        pc.wait(lambda lines: "Next" in lines[0], "the next program")


def test_f2_refuses_16_mb(tmp_path):
    modules = [write(tmp_path, "first.asm", b"; First\n1 STP\n"),
               write(tmp_path, "big.bin", bytes(16 << 20))]
    with PC(modules=modules) as pc:
        started(pc)
        pc.key("f2")
        pc.key("down")
        pc.wait_for("big.bin: the file has 16777216 bytes")


def test_640_modules_on_a_slow_pc(tmp_path):
    """The list of all programs, and the page with the remaining memory."""
    module = write(tmp_path, "m.asm", b"; Many\n1 STP\n")
    with PC(*SLOW, modules=[module] * 640) as pc:
        started(pc)
        for key in "f2", "end", "up", "pgup", "esc":
            pc.key(key)
        pc.key("esc")
        pc.key("v")
        pc.wait_for("ranges (free or in use)")


def test_6400_modules():
    """640 are listed, and the others counted."""
    with tempfile.NamedTemporaryFile(dir="/tmp", prefix="m") as file:
        file.write(b"; Many\n1 STP\n")
        file.flush()
        assert len(file.name) < 20  # in one argument of 128 KB
        with PC(modules=[file.name] * 6400) as pc:
            pc.wait_for("5760 modules ignored: the maximum is 640")
