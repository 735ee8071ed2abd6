# SPDX-License-Identifier: MIT
"""Keyboards of several countries, read from the files of QEMU, which were
generated from the data of the X Keyboard Extension."""
import functools
import os
import re

FOLDER = os.environ.get("QEMU_KEYMAPS", "/usr/share/qemu/keymaps")

# Our name: QEMU's.  Its file "sv" has no letters; Finland has the same keys.
NAMES = {
    "us": "en-us", "uk": "en-gb", "de": "de", "ch": "de-ch", "fr": "fr",
    "be": "fr-be", "es": "es", "it": "it", "pt": "pt", "se": "fi",
    "no": "no", "dk": "da",
}

# Names of characters, from X11's keysymdef.h, in the order of ASCII.  Accents
# that wait for a letter count as characters.
SYMBOLS = dict(zip(
    "space exclam quotedbl numbersign dollar percent ampersand apostrophe "
    "parenleft parenright asterisk plus comma minus period slash colon "
    "semicolon less equal greater question at bracketleft backslash "
    "bracketright asciicircum underscore grave braceleft bar braceright "
    "asciitilde dead_grave dead_circumflex dead_tilde".split(),
    " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~`^~"))

# What XKB adds to the caps: (name, scancode, Shift, AltGr)
NOT_ON_CAPS = {
    ("us", 0x56, False, False), ("us", 0x56, True, False),  # no such key
    ("fr", 0x29, True, False), ("ch", 0x02, False, True),
}
# With AltGr, XKB types these on all keyboards that it derives from its basic
# Latin one.  Where another key has them, they are not on these caps.
LATIN = {(0x08, "{"), (0x09, "["), (0x0A, "]"), (0x0B, "}"), (0x0C, "\\"),
         (0x10, "@")}

ROW = re.compile(r"^(\w+) 0x([0-9a-f]+)((?: shift| altgr)*)$", re.M)
QCODE = re.compile(r'^# evdev .* QKeyCode "(\w+)", number 0x([0-9a-f]+)$',
                   re.M)


def is_there():
    return all(os.path.exists(os.path.join(FOLDER, name))
               for name in NAMES.values())


def read(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


@functools.cache
def load(name):
    """{(scancode, Shift, AltGr): character in ASCII, or None for another} of
    the keyboard that the Baby calls NAME."""
    keys = {}
    for symbol, code, held in ROW.findall(read(NAMES[name])):
        ascii_ = symbol if len(symbol) == 1 else SYMBOLS.get(symbol)
        keys.setdefault((int(code, 16), "shift" in held, "altgr" in held),
                        ascii_)
    return keys


@functools.cache
def qcodes():
    """{scancode: name of the key in QEMU}."""
    return {int(code, 16): name for name, code in QCODE.findall(read("en-us"))}


def find(name, character):
    """(scancode, Shift, AltGr) of CHARACTER on the caps of this keyboard."""
    ways = [key for key, c in load(name).items()
            if c == character and (name, *key) not in NOT_ON_CAPS]
    return min(ways, key=lambda key: (
        key[2] and (key[0], character) in LATIN, key[2], key[1], key[0]))


def strokes(name, character):
    """The keys to press together on this keyboard to type CHARACTER."""
    code, shift, alt_gr = find(name, character)
    return shift * ["shift"] + alt_gr * ["alt_r"] + [qcodes()[code]]
