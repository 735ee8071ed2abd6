# SPDX-License-Identifier: MIT
"""Reads vectors.txt and compares a simulator with it.

A runner of a simulator calls main() with a function that yields the state at
the end of each vector.  simh.py is an example, and README.md has a shorter one.
"""
import argparse
import collections
import os
import struct
import zlib

import reference

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "vectors.txt")
SCALARS = ["end", "instructions", "a", "ci", "pi", "test"]
WORDS = ["a", "ci", "pi"]
MASK = 0xFFFFFFFF

# The fields of a row in this order; store is a list of 32 words.
Vector = collections.namedtuple("Vector", "name options limit end instructions "
                                "a ci pi test crc store")


def parse(row):
    """The vector in ROW.  Raises ValueError if ROW is none."""
    name, options, limit, end, count, *words = row.split()
    if end not in ("stop", "limit", "hung"):
        raise ValueError(f"{name}: the end is {end}")
    if len(words) != 37:
        raise ValueError(f"{name}: {len(words)} words instead of 37")
    a, ci, pi, test, crc, *store = [int(word, 16) for word in words]
    return Vector(name, options, int(limit), end, int(count), a, ci, pi, test,
                  crc, store)


def read(path=PATH):
    """The vectors in the file PATH, in order."""
    with open(path, encoding="ascii") as file:
        return [parse(row) for row in file if not row.startswith("#")]


def crc(store, a, ci, pi, test):
    return zlib.crc32(struct.pack("<35IB", *store, a, ci, pi, test))


def snp(store):
    """STORE as a .snp file, which most simulators read: digit 0 at the left."""
    rows = (f"{line:04}:{f'{word:032b}'[::-1]}\n"
            for line, word in enumerate(store))
    return "32\n" + "".join(rows)


def shown(name, value):
    return f"{value:08x}" if name in WORDS else str(value)


def store_difference(vector, store):
    """The lines of STORE that differ, or None."""
    if crc(store, vector.a, vector.ci, vector.pi, vector.test) == vector.crc:
        return None
    lines = [f"line {line} is {found:08x} instead of {wanted:08x}"
             for line, (found, wanted) in enumerate(
                 zip(store, reference.expected(vector)["store"]))
             if found != wanted]
    return ", ".join(lines) or "the store has another CRC"


def differences(vector, state):
    """How STATE differs from the end of VECTOR, as {field: text}.

    STATE is a dict of what the simulator shows: "end", "instructions", "a",
    "ci", "pi", "test" and "store", a list of 32 words.  Fields that it does
    not show may be absent, and words may be negative.
    """
    if not state:
        return {"state": "the simulator shows no state"}
    found = {}
    for name in [name for name in SCALARS if name in state]:
        value, wanted = state[name], getattr(vector, name)
        if name in WORDS:
            value &= MASK
        if value != wanted:
            found[name] = (f"{name} is {shown(name, value)} instead of "
                           f"{shown(name, wanted)}")
    if "store" in state:
        text = store_difference(vector, [w & MASK for w in state["store"]])
        if text:
            found["store"] = text
    return found


def compare(vectors, states):
    """Prints how each state compares with its vector.  Returns for each kind
    of vector the number of vectors and of differences in each field."""
    counts = {}
    states = iter(states)
    for vector in vectors:
        found = differences(vector, next(states, None))
        print(f"{vector.name} {vector.options}:",
              "differs: " + "; ".join(found.values()) if found else "agrees",
              flush=True)
        kind = vector.options, vector.name.split("-")[0]
        counts.setdefault(kind, collections.Counter()).update(
            ["vectors", *(["differ"] if found else ["agree"]), *found])
    return counts


def summarize(title, counts):
    """Prints COUNTS of compare() as a table."""
    found = set().union(*counts.values())
    columns = ["vectors", "agree", "differ"]
    columns += [name for name in [*SCALARS, "store", "state"] if name in found]
    print(f"\n{title}")
    print(f"{'options':20} {'kind':4}", *columns)
    for (options, kind), count in sorted(counts.items()):
        print(f"{options:20} {kind:4}",
              *(f"{count[column]:{len(column)}}" for column in columns))


def main(title, run, options="-"):
    """Runs vectors on a simulator.  Returns 0 if all of OPTIONS agree, else 1.

    RUN takes a list of vectors and yields the state of each, in order.
    OPTIONS are those that describe the simulator.
    """
    parser = argparse.ArgumentParser(description=f"Runs vectors on {title}.")
    parser.add_argument("--options", default=options, help="run the vectors "
                        "of these options (default: %(default)s)")
    parser.add_argument("--all", action="store_true", help="run those of the "
                        "other options, too, which may differ")
    arguments = parser.parse_args()
    vectors = [vector for vector in read()
               if arguments.all or vector.options == arguments.options]
    if not vectors:
        parser.error(f"no vector has the options {arguments.options}")
    counts = compare(vectors, run(vectors))
    summarize(title, counts)
    return int(any(count["differ"] for kind, count in counts.items()
                   if kind[0] == arguments.options))
