# SPDX-License-Identifier: MIT
"""The simulator of README.md: the rules of vectors.txt in the shortest form.

    python3 tests/conformance/reference.py --all   run it on the vectors

It is written to be read, and imports nothing to simulate the machine.
"""

MASK = 0xFFFFFFFF


def run(store, limit, ci5=False, immediate_test=False):
    """Runs STORE, 32 words, from A, CI and PI = 0 for up to LIMIT instructions.
    Returns the state at the end, as vectors.differences() expects it."""
    store = list(store)
    a = ci = pi = test = instructions = 0
    digits_of_ci = 31 if ci5 else MASK
    end = "limit"
    while end == "limit" and instructions < limit:
        ci = (ci + 1 + test) & digits_of_ci
        test = 0
        fetch = ci >> 13 & 7
        if fetch >= 2:
            end = "hung"
            break
        pi = (store[ci & 31] + (pi if fetch == 1 else 0)) & MASK
        line, function = pi & 31, pi >> 13 & 7
        if function == 0:  # JMP
            ci = store[line] & digits_of_ci
        elif function == 1:  # JRP
            ci = (ci + store[line]) & digits_of_ci
        elif function == 2:  # LDN
            a = -store[line] & MASK
        elif function == 3:  # STO
            store[line] = a
        elif function in (4, 5):  # SUB
            a = (a - store[line]) & MASK
        elif function == 6 and immediate_test:  # CMP
            ci = (ci + (a >> 31)) & digits_of_ci
        elif function == 6:
            test = a >> 31
        else:  # STP
            end = "stop"
        instructions += 1
    return {"end": end, "instructions": instructions, "a": a, "ci": ci,
            "pi": pi, "test": test, "store": store}


def expected(vector):
    """The state at the end of VECTOR."""
    return run(vector.store, vector.limit, "ci5" in vector.options,
               "immediate-test" in vector.options)


if __name__ == "__main__":
    import sys
    import vectors
    sys.exit(vectors.main("reference.py", lambda rows: map(expected, rows)))
