# SPDX-License-Identifier: MIT
"""The same sources and tools give the same media, wherever they are built."""
import os
import shutil
import subprocess

LIMIT = 3000  # seconds; only a guard


def media_of(clone, **environment):
    """What `make` builds in a copy of this tree."""
    shutil.copytree(".", clone, ignore=shutil.ignore_patterns("build", ".git"))
    for folder, _, files in os.walk(clone):
        for name in files:
            os.utime(os.path.join(folder, name))
    ours, terminal = os.openpty()  # never waits for input
    subprocess.run(["make", "-j4"], cwd=clone, check=True, capture_output=True,
                   stdin=terminal, env={**os.environ, **environment},
                   timeout=LIMIT)
    os.close(ours)
    os.close(terminal)
    found = {}
    for name in "baby.iso", "baby.img":
        with open(os.path.join(clone, "build", name), "rb") as file:
            found[name] = file.read()
    return found


def test_two_clones(tmp_path):
    one = media_of(str(tmp_path / "one"), TZ="Asia/Tokyo", LC_ALL="C")
    other = media_of(str(tmp_path / "another" / "place"), TZ="UTC")
    assert len(one["baby.iso"]) > 1_000_000
    for name, data in one.items():
        assert data == other[name], name
