# SPDX-License-Identifier: MIT
"""Adds inputs found by `make fuzz` to the coverage seeds.

    python3 tests/fuzz/keep.py build/fuzz TARGET...

The seeds of a target are in corpus/TARGET.tar.  New inputs of at most LONGEST
bytes are added until the target has SEEDS_MAX seeds, starting with those that
add the most coverage.  Inputs that once failed are kept in corpus/TARGET/.
"""
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile

SEEDS_MAX, LONGEST = 50, 2048
CORPUS = "tests/fuzz/corpus"


def new_coverage(target, corpus, new):
    """Maps each file in the folder NEW to the coverage that it adds to CORPUS
    and to the smaller files in NEW, according to libFuzzer."""
    with tempfile.TemporaryDirectory() as folder:
        notes = os.path.join(folder, "notes")
        subprocess.run([target, "-merge=1", f"-merge_control_file={notes}",
                        corpus, new], check=True, capture_output=True)
        with open(notes) as file:
            count, _, *lines = file.read().splitlines()
    files = {}
    for line in lines[int(count):]:
        kind, number, *places = line.split()
        path = lines[int(number)]
        if kind == "COV" and path.startswith(new):
            files[path] = set(places)
    return files


def add_seeds(archive, paths):
    """Adds files with constant headers, to keep the archive reproducible."""
    with tarfile.open(archive, "a", format=tarfile.USTAR_FORMAT) as tar:
        for path in paths:
            entry = tarfile.TarInfo(os.path.basename(path)[:12])
            entry.size = os.path.getsize(path)
            with open(path, "rb") as file:
                tar.addfile(entry, file)


def keep(build, name):
    new, corpus = os.path.join(build, "new", name), os.path.join(CORPUS, name)
    archive = corpus + ".tar"
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as tar:
            seeds = len(tar.getnames())
            tar.extractall(folder)
        shutil.copytree(corpus, folder, dirs_exist_ok=True)
        files = new_coverage(os.path.join(build, name), folder, new)
    best = sorted((path for path, places in files.items()
                   if places and os.path.getsize(path) <= LONGEST),
                  key=lambda path: -len(files[path]))
    best = best[:max(SEEDS_MAX - seeds, 0)]
    add_seeds(archive, best)
    print(f"{name}: {len(best)} seeds added to {seeds}")


for target in sys.argv[2:]:
    keep(sys.argv[1], target)
