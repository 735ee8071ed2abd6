# SPDX-License-Identifier: MIT
"""Tests the runners with simulators that are right or have one fault."""
import contextlib
import os
import re
import subprocess
import sys

import pytest
import vectors

FOLDER = os.path.dirname(os.path.abspath(__file__))

# Obeys the commands of simh.py and answers as SSEM does.
FAKE_SSEM = """#!{python}
import struct
import sys
sys.path.insert(0, {folder!r})
import reference

print("\\nSSEM simulator, a fake")
time = 0
for row in open(sys.argv[1]):
    command, *words = row.split()
    if command == "echo":
        print(*words)
    elif command == "load":
        with open(words[0], "rb") as file:
            a, ci, *store = struct.unpack("<34I", file.read())
    elif command == "step":
        state = reference.run(store, int(words[0]), True, True)
        time += state["instructions"]
        print("\\nStop, CI: 01 (STOP)" if state["end"] == "stop"
              else "\\nSimulation stopped, CI: 01 (CMP)")
    elif command == "show":
        print(f"Time:\\t{{time}}")
    elif command == "examine":
        assert row == "examine -h A,CI,PI,0-31\\n"
        state["store"][31] ^= {fault}
        for name in ["a", "ci", "pi"]:
            digits = 2 if name == "ci" else 8
            print(f"{{name.upper()}}:\\t{{state[name]:0{{digits}}X}}")
        for line, word in enumerate(state["store"]):
            print(f"{{line}}:\\t{{word:08X}}")
    elif command == "quit":
        print("Goodbye")
"""


def executable(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def run_simh(folder):
    environment = {**os.environ, "SIMH": str(folder)}
    return subprocess.run([sys.executable, os.path.join(FOLDER, "simh.py")],
                          env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("fault", [0, 1])
def test_the_runner_of_simh(fault, tmp_path):
    """With a fake SSEM, right or with a fault in line 31."""
    executable(tmp_path / "BIN" / "ssem", FAKE_SSEM.format(
        python=sys.executable, folder=FOLDER, fault=fault))
    done = run_simh(tmp_path)
    assert done.stderr == ""
    assert done.returncode == fault
    assert done.stdout.startswith("SSEM simulator, a fake\n")
    assert done.stdout.count(": agrees\n") == (0 if fault else 300)
    assert done.stdout.count("; " if fault else ": differs") == 0
    assert done.stdout.count(": differs: line 31 is ") == (300 if fault else 0)


def test_the_runner_builds_ssem(tmp_path):
    executable(tmp_path / "ready", FAKE_SSEM.format(
        python=sys.executable, folder=FOLDER, fault=0))
    (tmp_path / "Makefile").write_text("ssem:\n\tmkdir BIN\n"
                                       "\tmv ready BIN/ssem\n")
    assert run_simh(tmp_path).returncode == 0


def test_a_failed_build_is_reported(tmp_path):
    (tmp_path / "Makefile").write_text("ssem:\n\tfalse\n")
    done = run_simh(tmp_path)
    assert done.returncode == 1
    assert "make ssem fails in " in done.stderr


def test_the_runner_needs_simh():
    done = run_simh("")
    assert done.returncode == 1
    assert done.stderr.startswith("Set SIMH to ")


@pytest.mark.skipif(not os.environ.get("SIMH"), reason="SIMH is not set")
def test_simh():
    done = run_simh(os.environ["SIMH"])
    assert done.returncode == 0, done.stdout


# Reads its store from a .snp file and prints A, CI and the store.
FAKE_SIMULATOR = """#!{python}
import sys
sys.path.insert(0, {folder!r})
import reference

with open(sys.argv[1]) as file:
    assert next(file) == "32\\n"
    rows = [row.rstrip().split(":") for row in file]
assert [int(line) for line, _ in rows] == list(range(32))
assert all(len(digits) == 32 for _, digits in rows)
store = [int(digits[::-1], 2) for _, digits in rows]
state = reference.run(store, int(sys.argv[2]), True, True)
print(*(f"{{word:x}}" for word in
        [state["a"], state["ci"], *state["store"]]))
"""


def test_the_runner_in_the_readme(tmp_path, monkeypatch, capsys):
    """The example drives a simulator; only the first vectors, for speed."""
    with open(os.path.join(FOLDER, "README.md"), encoding="utf-8") as file:
        readme = file.read()
    [example] = re.findall(r"^```python\n(.*?)^```", readme, re.M | re.S)
    executable(tmp_path / "mysim", FAKE_SIMULATOR.format(
        python=sys.executable, folder=FOLDER))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["mysim.py"])
    rows = vectors.read()[:30]
    monkeypatch.setattr(vectors, "read", lambda: rows)
    with contextlib.suppress(SystemExit):
        exec(example, {"__name__": "__main__"})
    out = capsys.readouterr().out
    assert out.count(": agrees\n") == 10
    assert "differs" not in out.replace(" differ\n", "")
