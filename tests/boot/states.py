# SPDX-License-Identifier: MIT
"""States of the machine as text, as sent on COM1."""
import re

from baby import model


def save(pc, letter):
    """Reads a state from COM1, as long as the screen says.  The number on the
    screen may be half drawn, so all bytes are read as they arrive."""
    data = b""

    def all_came():
        nonlocal data
        data += pc.receive_some()
        said = f", {len(data)} bytes"
        return any("Sent " in line and said in line for line in pc.text())

    pc.key(letter)
    pc.until(all_came, "all that is saved")
    return data


def parse(text):
    """A state as a dictionary, with numbers as int."""
    rows = text.split("\r\n")
    assert rows[0].split(" ;")[0] == "baby: state 1"
    assert rows[-2:] == ["baby: end", ""]
    values = {"head": [r[2:] for r in rows if r.startswith(";")],
              "store": [None] * 32, "notes": {}}
    for row in rows[1:-2]:
        if match := re.fullmatch(r"(\d{4}):([01]{32})(?: ; (.+))?", row):
            values["store"][int(match[1])] = int(match[2][::-1], 2)
            if match[3]:
                values["notes"][int(match[1])] = match[3]
        elif match := re.fullmatch(r"([A-Z0-9-]+) (-?\d+)", row):
            switches = match[1] in ("L", "F", "NUMBERS")
            values[match[1]] = match[2] if switches else int(match[2])
        else:
            assert row.startswith(";"), row
    return values


def state_of(baby, **more):
    """The state of the Python MODEL's machine as text."""
    values = {
        "A": model.signed(baby.a), "CI": baby.ci, "PI": baby.pi,
        "TEST": int(baby.test), "NEON": int(baby.neon), "HUNG": 0,
        "CI5": int(baby.ci5), "IMMEDIATE-TEST": int(baby.immediate_test),
        "PREPULSES": baby.instructions, "INSTRUCTIONS": baby.instructions,
        "UNCOUNTED": 0, "MICROSECONDS": 1440 * baby.instructions,
        "L": "11111", "F": "111", "MAN": 0, "ERASE": 0, "NUMBERS": "0" * 32,
    } | {name.replace("_", "-"): value for name, value in more.items()}
    rows = ["baby: state 1"] + [f"{k} {v}" for k, v in values.items()]
    rows += [f"{i:04}:{model.digits(w)}" for i, w in enumerate(baby.store)]
    return "".join(row + "\n" for row in rows + ["baby: end"])
