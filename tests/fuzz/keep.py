# SPDX-License-Identifier: MIT
"""Takes into the corpus what `make fuzz` found that reaches something new.

    python3 tests/fuzz/keep.py build/fuzz TARGET...

What is in the corpus stays.  Of the rest those come that reach most of what
nothing smaller reaches, until there are MOST files; such as are longer than
LONGEST bytes are left out.
"""
import os
import shutil
import subprocess
import sys
import tempfile

MOST, LONGEST = 50, 2048
CORPUS = "tests/fuzz/corpus"


def reached(target, corpus, new):
    """By file of NEW what libFuzzer says that it reaches, and no smaller one
    before it, nor any of CORPUS."""
    with tempfile.TemporaryDirectory() as folder:
        notes = os.path.join(folder, "notes")
        copy = shutil.copytree(corpus, os.path.join(folder, "corpus"))
        subprocess.run([target, "-merge=1", f"-merge_control_file={notes}",
                        copy, new], check=True, capture_output=True)
        with open(notes) as file:
            count, _, *lines = file.read().splitlines()
    files = {}
    for line in lines[int(count):]:
        kind, number, *places = line.split()
        path = lines[int(number)]
        if kind == "COV" and path.startswith(new):
            files[path] = set(places)
    return files


def keep(build, name):
    new, corpus = os.path.join(build, "new", name), os.path.join(CORPUS, name)
    files = reached(os.path.join(build, name), corpus, new)
    room = max(MOST - len(os.listdir(corpus)), 0)
    best = sorted((path for path, places in files.items()
                   if places and os.path.getsize(path) <= LONGEST),
                  key=lambda path: -len(files[path]))[:room]
    for path in best:
        shutil.copy(path, os.path.join(corpus, os.path.basename(path)[:12]))
    print(f"{name}: {len(best)} files more, {len(os.listdir(corpus))} now")


for target in sys.argv[2:]:
    keep(sys.argv[1], target)
