# SPDX-License-Identifier: MIT
"""Compares the Baby's keyboards of several countries with those of QEMU."""
import functools
import os
import subprocess
import sys

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
import keymaps  # noqa: E402

DRIVER = "build/keymaps/driver"

# Keys that type characters, by their scancodes
KEYS = [*range(0x02, 0x0E), *range(0x10, 0x1C), *range(0x1E, 0x2A), 0x2B,
        *range(0x2C, 0x36), 0x56]
SPACE = 0x39  # with any modifier
MAIN = False, True
NO_ALT_GR = "us", "uk"  # no cap has a third character in ASCII

pytestmark = pytest.mark.skipif(not keymaps.is_there(),
                                reason=f"no keymaps in {keymaps.FOLDER}")


@functools.cache
def baby():
    """{name: {(scancode, Shift, AltGr): character}}."""
    rows = subprocess.run([DRIVER], check=True, capture_output=True,
                          text=True).stdout.splitlines()
    found = {}
    for row in rows:
        name, code, shift, alt_gr, character = row.split()
        keys = found.setdefault(name, {})
        keys[int(code), shift == "1", alt_gr == "1"] = chr(int(character))
    return found


def test_names():
    """No keyboard and no key is missing from the tests below."""
    assert list(baby()) == list(keymaps.NAMES)
    for keys in baby().values():
        assert {code for code, *_ in keys} <= {*KEYS, SPACE}


@pytest.mark.parametrize("name", keymaps.NAMES)
def test_plain_and_shift(name):
    """Each key types the same character, or none if it is not in ASCII."""
    ours, theirs = baby()[name], keymaps.load(name)
    for code in KEYS:
        for shift in MAIN:
            expected = theirs.get((code, shift, False))
            if (name, code, shift, False) in keymaps.NOT_ON_CAPS:
                assert expected is not None
                expected = None
            assert ours.get((code, shift, False)) == expected, \
                (hex(code), shift)


@pytest.mark.parametrize("name", keymaps.NAMES)
def test_alt_gr(name):
    """What AltGr types is the same, or it has no effect."""
    ours, theirs = baby()[name], keymaps.load(name)
    third = {key: c for key, c in ours.items() if key[2] and key[0] != SPACE}
    if name in NO_ALT_GR:
        assert third == {(code, shift, True): c
                         for (code, shift, alt_gr), c in ours.items()
                         if not alt_gr and code != SPACE}
        return
    assert len(third) >= 5
    for key, character in third.items():
        assert character == theirs.get(key), (hex(key[0]), key[1])


@pytest.mark.parametrize("name", keymaps.NAMES)
def test_caps(name):
    """Each character of ASCII is typed by the key that has it on its cap."""
    for character in map(chr, range(0x20, 0x7F)):
        code, shift, alt_gr = keymaps.find(name, character)
        assert baby()[name][code, shift, alt_gr] == character, hex(code)
