# SPDX-License-Identifier: MIT
"""Tests the static checks: each must find a fault of its kind injected into a
copy of the sources, and none before."""
import os
import shutil
import subprocess

import pytest

TEXT = "emu/text/strbuf.c"
PASSED = "build/check/"

# Target, file, text to replace ("" appends to the file), replacement, and part
# of the expected message.
FAULTS = [
    (PASSED + TEXT + ".analyzed", TEXT, "",
     "int planted(void);\n"
     "int planted(void)\n{\n    int *at = NULL;\n    return *at;\n}\n",
     "null-dereference"),
    (PASSED + TEXT + ".clang", TEXT, "",
     "int planted(long long n);\n"
     "int planted(long long n)\n{\n    return n;\n}\n", "Wshorten-64-to-32"),
    (PASSED + "tests/unit/test_strbuf.c.gcc-host", "tests/unit/test_strbuf.c",
     "", "static int planted(void)\n{\n    return 0;\n}\n", "planted"),
    (PASSED + "tests/unit/test_strbuf.c.clang-host", "tests/unit/test_strbuf.c",
     "", "static int planted(void)\n{\n    return 0;\n}\n", "planted"),
    (PASSED + TEXT + ".tidy", TEXT, "",
     "int planted(int n);\n"
     "int planted(int n)\n{\n    return n == 0 ? 1 / n : n;\n}\n",
     "core.DivideZero"),
    ("check-format", TEXT, "", "extern  int planted;\n", "clang-format"),
    ("check-python", "tests/lib/model.py", "", "import os\n", "unused"),
    ("check-shell", "boot/media.sh", "", "echo $1\n", "SC2086"),
    ("check-stack", TEXT, "void strbuf_add_apart(struct strbuf *text)\n{\n",
     "void strbuf_add_apart(struct strbuf *text)\n{\n"
     "    volatile char much[600];\n\n    much[0] = much[1] = 0;\n"
     "    text->length += much[0];\n",
     "at most 512"),
    ("check-stack", TEXT, "void strbuf_add_apart(struct strbuf *text)\n{\n",
     "void strbuf_add_apart(struct strbuf *text)\n{\n"
     "    volatile char *any = __builtin_alloca(text->size);\n\n"
     "    *any = 0;\n", "nothing bounds its stack"),
    ("check-stack", TEXT, "void strbuf_add_apart(struct strbuf *text)\n{\n",
     "void strbuf_add_apart(struct strbuf *text)\n{\n"
     "    if (text->size-- > 9)\n        strbuf_add_apart(text);\n"
     "    text->size++;\n", "itself: strbuf_add_apart > strbuf_add_apart"),
    # By a pointer.
    ("check-stack", "kernel/ui/pages/help.c",
     "static void draw_baby_options(struct view *view)\n{\n",
     "static void draw_baby_options(struct view *view)\n{\n"
     "    help_draw(view);\n", "itself: help_draw > "),
    ("check-stack", "kernel/arch/stacks.S", "STACK,       16384",
     "STACK, 9000", "of 9000 bytes"),
    ("check-stack", "kernel/arch/stacks.S", "FAULT_STACK, 8192",
     "FAULT_STACK, 1200", "of 1200 bytes"),
    # An include from a folder that must not be used.
    ("check-structure", "kernel/ui/base/confirm.c", "",
     "#include \"ui/kiosk.h\"\n",
     "uses kernel/ui/kiosk, which kernel/ui/base must not"),
    # A circle by includes within a folder.
    ("check-structure", "emu/history/history.h", "struct history;\n",
     "#include \"trace.h\"\nstruct history;\n",
     "a circle: emu/history/history > emu/history/trace > "),
    # A circle by a symbol alone.
    ("check-structure", "emu/text/span.c", "",
     "int number_read(void);\nint planted(void);\n"
     "int planted(void)\n{\n    return number_read();\n}\n",
     "emu/text/span > emu/text/number > emu/text/span"),
    ("check-structure", "emu/machine/machine.c", "",
     "#include \"tests/lib/plain.h\"\n", "includes tests/lib/plain.h"),
    ("check-stack", "boot/header.S", "        call    kmain\n",
     "        call    kmain\n        call    screen_invalidate\n",
     "is to tell what assembly takes, and whom it calls: screen_invalidate"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the tree, including build results and their times."""
    folder = tmp_path_factory.mktemp("check") / "copy"
    shutil.copytree(".", folder,
                    ignore=shutil.ignore_patterns(".git", "unit", "*.log",
                                                  "com1.*"))
    shutil.copytree("tests/unit", folder / "tests/unit")
    assert make(folder, "build/baby.elf").returncode == 0
    return folder


def make(folder, target, *more):
    return subprocess.run(["make", target, *more], cwd=folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)


def forget(folder, target):
    """Makes the check of TARGET run again."""
    if target.startswith(PASSED) and os.path.exists(folder / target):
        os.remove(folder / target)


@pytest.mark.parametrize("target", sorted({fault[0] for fault in FAULTS}))
def test_no_fault_is_found(copy, target):
    forget(copy, target)
    result = make(copy, target)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f[0]}: {f[4]}")
def test_fault_is_found(copy, fault):
    target, path, old, new, says = fault
    file = copy / path
    source = file.read_text(encoding="utf-8")
    assert not old or source.count(old) == 1, "it does not fit the source"
    try:
        file.write_text(source.replace(old, new) if old else source + new,
                        encoding="utf-8")
        result = make(copy, target)
        assert result.returncode != 0 and says in result.stdout, result.stdout
    finally:
        file.write_text(source, encoding="utf-8")


def test_missing_tool(copy):
    result = make(copy, "check-shell", "SHELLCHECK=no-such-tool")
    assert result.returncode != 0
    assert "no-such-tool is missing: make deps-check installs it " \
        "(shellcheck on Debian)." in result.stdout
