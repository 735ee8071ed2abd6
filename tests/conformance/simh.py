#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the vectors on SSEM, the Baby of the simulator collection SIMH.

    SIMH=FOLDER tests/conformance/simh.py [--all | --path]

FOLDER holds the sources of SIMH.  If BIN/ssem is missing there, `make ssem`
builds it; --path only prints its path.  One SSEM runs all vectors, as it needs
a second to start: it LOADs each store from a file, STEPs, and EXAMINEs its
registers and store.
"""
import os
import re
import struct
import subprocess
import sys
import tempfile

import vectors

# SIMH pauses for 250 ms after each STEP unless an action is set for its end.
WITHOUT_PAUSE = "on STOP ignore\n"


def program(folder):
    """The path of SSEM in the sources FOLDER; builds it if it is missing."""
    path = os.path.abspath(os.path.join(folder, "BIN", "ssem"))
    if not os.path.exists(path):
        made = subprocess.run(["make", "-C", folder, "ssem"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if made.returncode or not os.path.exists(path):
            sys.exit(f"{made.stdout}make ssem fails in {folder}")
    return path


def script(rows):
    """The commands that run the vectors ROWS."""
    commands = (f"echo vector\nload {i}.st\nshow time\nstep {row.limit}\n"
                "show time\nexamine -h A,CI,PI,0-31\n"
                for i, row in enumerate(rows))
    return WITHOUT_PAUSE + "".join(commands) + "quit\n"


def state(text):
    """The state of the machine in TEXT, the output for one vector."""
    shown = {name: int(word, 16) for name, word in
             re.findall(r"^(\w+):\t([0-9A-F]+)$", text, re.M)}
    times = [int(time) for time in re.findall(r"^Time:\t(\d+)", text, re.M)]
    return {"end": "stop" if "\nStop, " in text else "limit",
            "instructions": times[1] - times[0],
            "a": shown["A"], "ci": shown["CI"], "pi": shown["PI"],
            "store": [shown[str(line)] for line in range(32)]}


def output(path, rows):
    """What SSEM at PATH prints: a greeting and a text for each of ROWS."""
    with tempfile.TemporaryDirectory() as folder:
        for i, row in enumerate(rows):
            with open(os.path.join(folder, f"{i}.st"), "wb") as file:
                file.write(struct.pack("<34I", 0, 0, *row.store))
        with open(os.path.join(folder, "run.ini"), "w",
                  encoding="ascii") as file:
            file.write(script(rows))
        return subprocess.run([path, "run.ini"], cwd=folder, text=True,
                              stdin=subprocess.DEVNULL, check=True,
                              stdout=subprocess.PIPE).stdout.split("vector\n")


def run(path, rows):
    greeting, *texts = output(path, rows)
    print(" ".join(greeting.split()))
    return map(state, texts)


if __name__ == "__main__":
    if not os.environ.get("SIMH"):
        sys.exit("Set SIMH to the folder that holds the sources of SIMH.")
    ssem = program(os.environ["SIMH"])
    if sys.argv[1:] == ["--path"]:
        sys.exit(print(ssem))
    sys.exit(vectors.main("SSEM of SIMH", lambda rows: run(ssem, rows),
                          "ci5,immediate-test"))
