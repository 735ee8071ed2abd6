#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""coverage.py FILE: prints the line coverage in FILE, from gcovr: of each
folder, and of files below their folder's minimum.  Fails if one is."""
import json
import sys

FOLDERS = ["emu/", "kernel/console/", "kernel/ui/"]
LEAST = 95  # per cent


def show(name, files):
    reached = sum(file["line_covered"] for file in files)
    lines = sum(file["line_total"] for file in files)
    # A folder without lines was not found.
    percent = 100 * reached / lines if lines else 0
    print(f"{name:32}{reached:6} of {lines:5} lines  {percent:5.1f} %")
    return percent >= LEAST


def main(path):
    with open(path, encoding="ascii") as file:
        files = json.load(file)["files"]
    good = True
    for folder in FOLDERS:
        inside = [file for file in files
                  if file["filename"].startswith(folder)]
        good &= show(folder, inside)
        for file in inside:
            if 100 * file["line_covered"] < LEAST * file["line_total"]:
                show("  " + file["filename"], [file])
    return 0 if good else f"A folder is below {LEAST} %."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
