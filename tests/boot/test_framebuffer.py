# SPDX-License-Identifier: MIT
"""Tests the console on a framebuffer set up by GRUB, read back from its
pixels."""
import re

import pytest
from baby import registers, started, tube, wait_tube
from pc import PC
from test_image import add_to_image

# All pixel sizes; cells of 8 by 8, and 8 by 8 doubled.
MODES = [("640x480x24", ""), ("640x480x16", ""), ("1280x1024x32", "scale=2")]


def on(folder, mode, options, *arguments, **more):
    """A PC on which GRUB has set MODE."""
    file = folder / "options.cfg"
    file.write_text(f'set timeout=0\nset mode={mode}\n'
                    f'set options="{options}"\n')
    image = add_to_image(folder, (file, "/boot/options.cfg"))
    bits = int(mode.split("x")[2])
    return PC("-vga", "std", *arguments, iso=image, pixels=bits, **more)


def still(pc):
    """The screen's text, once each cell can be read."""
    pc.wait(lambda _: all(attribute is not None
                          for row in pc.cells() for _, attribute in row),
            "a screen of which each cell can be read")
    return pc.text()


@pytest.mark.parametrize("mode, scale", MODES)
def test_shows_what_a_vga_shows(mode, scale, tmp_path):
    """Compares July 1948 as loaded and at its end, with each pixel size."""
    with PC(append="speed=max") as vga, on(
            tmp_path, mode, "video=lfb speed=max " + scale) as pc:
        for machine in vga, pc:
            started(machine)
            machine.key("f5")
            machine.wait_for("the machine has stopped at line 13")
        wait_tube(pc, tube(vga))
        assert tube(pc)[27] == 131072
        assert registers(pc) == registers(vga)
        check_same(still(pc), vga.text())


@pytest.mark.parametrize("mode, rows, columns", [
    ("800x600x32", 50, 133), ("1280x1024x16", 51, 128),
    ("1920x1080x32", 54, 192),
    pytest.param("2560x1600x32", 50, 160, marks=pytest.mark.long)])
def test_wide_screen(mode, rows, columns, tmp_path):
    """The screen holds as many letters as fit, notes are complete, and the
    tube has two cells for each digit."""
    with on(tmp_path, mode, "program=july1948 run speed=max", "-vga", "none",
            "-device", "VGA,vgamem_mb=32") as pc:
        pc.wait_for("the machine has stopped at line 13")
        shown = still(pc)
        assert (len(shown), len(pc.cells()[0])) == (rows, columns)
        assert tube(pc)[27] == 131072
        assert registers(pc) == [0, 13, 0xE000]
        assert any(line.endswith("trial, then the answer")
                   for line in shown)
        pc.key("tab")
        pc.wait_for("Typewriter")
        pc.key("f4")
        pc.wait_for("V-state")
        still(pc)


def unframed(line):
    """LINE without frames, as the tube's frame is drawn as glass."""
    return line.translate(str.maketrans("─│┌┐└┘├┤", " " * 8)).rstrip()


def check_same(shown, expected):
    for line, wanted in zip(map(unframed, shown), map(unframed, expected),
                            strict=True):
        # The rate is measured, and the name of the screen differs.
        if " x 1948" not in wanted and "Found: " not in wanted:
            assert line == wanted


def test_short_screen(tmp_path):
    """24 rows, two lines of the tube in each; the large tube, whose digits take
    two cells; another theme."""
    terminal = "console=ttyS1", "-serial", "null"  # so that all pages have 24
    with PC(*terminal[1:], append=terminal[0], rows=24) as vga, \
            on(tmp_path, "800x600x24", *terminal) as pc:
        for machine in vga, pc:
            started(machine)
        check_same(still(pc), vga.text())
        for keys, words in ((["ctrl", "t"], "Theme: amber"),
                            (["ctrl", "l"], "Tube")):
            for machine in vga, pc:
                machine.key(*keys)
                machine.wait_for(words)
            check_same(still(pc), vga.text())


def test_large_tube(tmp_path):
    """The tube alone has larger cells and a caption beside it."""
    with on(tmp_path, "1024x768x32", "run speed=max") as pc:
        pc.wait_for("the machine has stopped at line 13")
        pc.key("ctrl", "l")
        pc.wait_for("last instruction")
        still(pc)
        assert (len(pc.cells()), len(pc.cells()[0])) == (38, 102)
        assert tube(pc, row=3)[27] == 131072
        pc.key("esc")
        pc.wait_for("Menu:")
        pc.key("esc")
        pc.key("f1")
        pc.wait_for("Help 1 of")
        assert len(pc.cells()) == 54
        pc.key("esc")
        pc.wait_for("last instruction")
        pc.key("ctrl", "l")
        pc.wait_for("minus first trial")
        assert tube(pc)[27] == 131072


def test_system_information(tmp_path):
    """The row of the screen is not truncated, however long it is."""
    with on(tmp_path, "1280x1024x32", "console=ttyS1", "-serial", "null",
            rows=24) as pc:
        started(pc)
        pc.key("f1")
        pc.wait_for("Help 1 of")
        while not any("Found" in line for line in pc.text()):
            pc.key("pgdn")
        pc.wait_for("Found: screen 1280x1024x32, keyboard 8042, COM1, "
                    "COM2 terminal, ACPI timer")


def test_bios_is_named(tmp_path):
    """The page names the BIOS, as UEFI sets up such screens, too."""
    with on(tmp_path, "640x480x32", "") as pc:
        started(pc)
        pc.key("ctrl", "p")
        pc.wait_for("started by  BIOS, GRUB")


def test_unwanted_framebuffer(tmp_path):
    """An unused framebuffer causes no warning."""
    with on(tmp_path, "800x600x32", "video=none selftest") as pc:
        pc.until(lambda: "Found: screen none, " in pc.serial(), "the report")


def test_does_not_slow_the_machine(tmp_path):
    """At full speed, with a screen that takes longer to draw than a turn.
    Time is the PC's own, measured in its instructions."""
    with on(tmp_path, "1280x1024x32", "program=ducks run speed=max",
            "-icount", "shift=3,sleep=off") as pc:
        pc.wait_for("RUNNING")
        pc.until(lambda: pc.perf_counters()[3] > 5000, "five seconds")
        lines = pc.wait_for("/s, ")
        rate, prefix = re.search(r"([\d.]+) ([kMGTP]?)/s, ",
                                 "\n".join(lines)).groups()
        assert float(rate) * 1000 ** " kMGTP".index(prefix or " ") > 100000
