# SPDX-License-Identifier: MIT
"""Checks tests/lint/structure.py on small graphs."""
import pytest
from structure import FILES_MAX, FOLDERS, Wrong, check_folders, check_sizes, \
    circle


def test_circle_is_found():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]


def test_no_circle():
    assert circle({"a": {"b", "c", "a"}, "b": {"c"}}) is None


def test_folders_form_no_circle():
    assert circle({folder: set(others)
                   for folder, others in FOLDERS.items()}) is None


def test_arrow_upwards():
    check_folders({"emu/engine/reference": {"emu/machine/prepulse"}})
    with pytest.raises(Wrong, match="emu/machine must not"):
        check_folders({"emu/machine/prepulse": {"emu/engine/reference"}})


def test_unknown_folder():
    with pytest.raises(Wrong, match="emu/new is not in FOLDERS"):
        check_folders({"emu/new/file": set()})


def test_too_many_files():
    full = [f"emu/text/{i}.c" for i in range(FILES_MAX)]
    assert check_sizes(full) == {"emu/text": FILES_MAX}
    with pytest.raises(Wrong, match="emu/text holds 21 .c files"):
        check_sizes([*full, "emu/text/more.c"])
