# SPDX-License-Identifier: MIT
"""Reads the QR codes of random programs from the screen with zbar.

The programs are known from their own files; the compact text is decoded here a
second time, so that neither side of the test shares code with the Baby."""
import os
import random
import subprocess

import pytest
from baby import tube
from pc import PC
from test_framebuffer import on

PROGRAMS = int(os.environ.get("BABY_QR_PROGRAMS", 20))
PHONE = 480  # pixels
ALPHABET = ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
            "0123456789-_")
SHORT = 0xE01F  # digits 0-4 and 13-15
LINK = "https://example.org/baby/?s="


def random_program(number):
    """32 words, of which more or fewer are instructions."""
    numbers = random.Random(number)
    share = numbers.random()
    return [numbers.getrandbits(32) & (SHORT if numbers.random() < share
                                       else 0xFFFFFFFF)
            for _ in range(32)]


def snp(words):
    rows = [f"{line:04}:" + "".join(str(word >> digit & 1)
                                    for digit in range(32))
            for line, word in enumerate(words)]
    return "\r\n".join(["32", *rows, ""])


def words_of(text):
    """The words that a compact text encodes, without its check."""
    bits = "".join(f"{ALPHABET.index(c):06b}" for c in text)
    data = [int(bits[i:i + 8], 2) for i in range(0, len(bits) - 7, 8)]
    short = int.from_bytes(data[:4], "big")
    words, at = [], 4
    for line in range(32):
        if short >> line & 1:
            words.append(data[at] & 31 | data[at] >> 5 << 13)
            at += 1
        else:
            words.append(int.from_bytes(data[at:at + 4], "big"))
            at += 4
    return words


def scaled(path, width):
    """Scales a .ppm to WIDTH pixels, as a camera does, and makes it grey."""
    with open(path, "rb") as file:
        magic, size, _, pixels = file.read().split(b"\n", 3)
    assert magic == b"P6"
    columns, rows = map(int, size.split())
    height = rows * width // columns
    grey = bytearray()
    for y in range(height):
        row = y * rows // height * columns
        for x in range(width):
            left, right = x * columns // width, (x + 1) * columns // width
            part = pixels[3 * (row + left):3 * (row + max(right, left + 1))]
            grey.append(sum(part) // len(part))
    with open(path, "wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (width, height) + grey)


def decoded(pc, path, width=None):
    """The text of the QR code on the screen, or an empty one."""
    pc.execute("screendump", filename=path)
    if width:
        scaled(path, width)
    return subprocess.run(["zbarimg", "-q", "--raw", path], text=True,
                          capture_output=True, check=False).stdout.strip()


def read(pc, path, width=None):
    """Waits until the QR code on the screen can be decoded."""
    texts = []
    pc.until(lambda: texts.append(decoded(pc, path, width)) or texts[-1],
             "a QR code that can be decoded")
    return texts[-1]


@pytest.mark.parametrize("first", [
    pytest.param(first, marks=pytest.mark.long if first else [])
    for first in range(0, PROGRAMS, 10)])
def test_random_programs(tmp_path, first):
    numbers = range(first, min(first + 10, PROGRAMS))
    for number in numbers:
        file = tmp_path / f"p{number}.snp"
        file.write_bytes(snp(random_program(number)).encode())
    picture = str(tmp_path / "screen.ppm")
    for number in numbers:
        with PC(append=f"program=p{number}",
                modules=[f"{tmp_path}/p{number}.snp"]) as pc:
            pc.wait_for("Editor")
            pc.key("f3")
            pc.wait_for("Save and receive")
            text = read(pc, picture)
            assert words_of(text[:-2]) == random_program(number)
            assert read(pc, picture, PHONE) == text


def test_link(tmp_path):
    with PC(append=f"program=july1948 link={LINK}") as pc:
        pc.wait_for("Editor")
        pc.key("f3")
        pc.wait_for("Save and receive")
        pc.key("q")
        text = read(pc, str(tmp_path / "screen.ppm"))
        assert text.startswith(LINK)
        # Line 1 of July 1948 is LDN 24.
        assert words_of(text[len(LINK):])[1] == 0x4018


def light_box(path):
    """The width and height in pixels of the bright part of a .ppm."""
    with open(path, "rb") as file:
        _, size, _, pixels = file.read().split(b"\n", 3)
    columns, rows = map(int, size.split())
    bright = [(at % columns, at // columns)
              for at in range(columns * rows) if pixels[3 * at + 1] > 0xE0]
    return [max(part) - min(part) + 1 for part in zip(*bright)]


def test_the_large_code_is_square(tmp_path):
    """Each module is a cell of 8 by 8 pixels, with the quiet zone."""
    picture = str(tmp_path / "screen.ppm")
    with PC(append="program=july1948") as pc:
        pc.wait_for("Editor")
        pc.key("f3")
        pc.wait_for("Save and receive")
        read(pc, picture)
        pc.key("q")
        pc.wait(lambda lines: not any("Save and receive" in l for l in lines),
                "the QR code alone")
        read(pc, picture)
    width, height = light_box(picture)
    assert width == height and width % 8 == 0 and width > 8 * 21


def test_on_a_framebuffer(tmp_path):
    """The modules of a QR code are nearly square in cells of 8 by 14."""
    picture = str(tmp_path / "screen.ppm")
    with on(tmp_path, "1024x768x32", "program=july1948") as pc:
        pc.wait_for("Editor")
        pc.key("f3")
        pc.wait_for("Save and receive")
        text = read(pc, picture)
        pc.key("q")
        pc.wait(lambda lines: not any("Save and receive" in l for l in lines),
                "the QR code alone")
        assert read(pc, picture) == text
    width, height = light_box(picture)
    assert 0.85 < height / width < 1.15 and height > 500


def test_the_text_loads_the_program(tmp_path):
    with PC(append="program=primes") as pc:
        pc.wait_for("Editor")
        pc.key("f3")
        pc.wait_for("Save and receive")
        text = read(pc, str(tmp_path / "screen.ppm"))
        pc.key("esc")
        pc.wait_for("Editor")
        words = tube(pc)
    with PC(append=f"store={text}") as pc:
        pc.wait_for("Editor")
        assert tube(pc) == words


def test_a_long_link_is_refused(tmp_path):
    file = tmp_path / "full.snp"
    file.write_bytes(snp([0xFFFFFFFF] * 32).encode())
    with PC(append="program=full link=" + 120 * "x",
            modules=[str(file)]) as pc:
        pc.wait_for("Editor")
        pc.key("f3")
        pc.wait_for("Save and receive")
        assert not decoded(pc, str(tmp_path / "screen.ppm"))
        pc.key("q")
        pc.until(lambda: decoded(pc, str(tmp_path / "screen.ppm")),
                 "the QR code on the whole screen")
