# SPDX-License-Identifier: MIT
"""Checks tests/lib/behaviours.tsv: the behaviour of the controls and the tube
of 1948, and the test for each."""
import re

LEFT_OUT = "left out: "
SECTIONS = ["typewriter", "switches", "manual instructions", "write/erase",
            "CS and KC", "clearing keys", "monitor and neon", "recipes",
            "other simulators", "tubes", "keyboard"]

ROWS = [line.rstrip("\n").split("\t")
        for line in open("tests/lib/behaviours.tsv", encoding="ascii")
        if not line.startswith("#")]


def test_rows_are_whole():
    for row in ROWS:
        assert len(row) == 3 and all(row), row
    told = [(section, behaviour) for section, behaviour, _ in ROWS]
    assert len(set(told)) == len(told)


def test_sections():
    order = list(dict.fromkeys(section for section, _, _ in ROWS))
    assert order == SECTIONS
    for section in SECTIONS:
        assert any(row[0] == section and not row[2].startswith(LEFT_OUT)
                   for row in ROWS), section


def test_named_tests_are_run():
    for _, behaviour, test in ROWS:
        if test.startswith(LEFT_OUT):
            continue
        file, function = re.fullmatch(r"(test_\w+\.c):(test_\w+)",
                                      test).groups()
        source = open(f"tests/unit/{file}", encoding="ascii").read()
        assert re.search(rf"^static void {function}\(void \*\*state\)", source,
                         re.M), (behaviour, test)
        assert re.search(rf"(cmocka_unit_test|TEST)\({function}\)", source), \
            (behaviour, test)


def test_panel_tests_are_named():
    """Each test file of the panel occurs in the table."""
    named = {test.split(":")[0] for _, _, test in ROWS}
    assert {"test_controls.c", "test_panel.c", "test_panel_view.c",
            "test_operating.c", "test_monitor.c"} <= named
