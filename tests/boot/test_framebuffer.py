# SPDX-License-Identifier: MIT
"""The console on a framebuffer that GRUB hands over: what it shows is read
back from its pixels."""
import pytest
from baby import registers, shipped, started, tube, wait_tube
from pc import PC
from test_image import add_to_image

# VBE mode: the pixels of a cell, and how many times larger they are shown.
MODES = {
    "640x480x24": (8, 8, 1),
    "800x600x24": (10, 12, 1),
    "1024x768x32": (12, 15, 1),
    "1280x1024x16": (16, 20, 1),
    "1920x1080x32": (10, 10, 2),
}


def image(folder, mode, options):
    file = folder / "options.cfg"
    file.write_text(f'set gfxpayload={mode}\nset options="video=lfb {options}"\n')
    return add_to_image(folder, (file, "/boot/options.cfg"))


@pytest.mark.parametrize("mode", MODES)
def test_reads_as_on_a_vga(mode, tmp_path):
    """July 1948 from the first word to the answer."""
    with PC() as vga, PC("-vga", "std", iso=image(tmp_path, mode, "speed=max"),
                         pixels=True) as pc:
        started(vga)
        started(pc)
        wait_tube(pc, shipped("july1948"))
        same = [line for line in vga.text() if "Found" not in line]
        for row in 0, 2, *range(4, 38):
            assert pc.text()[row][38:] == vga.text()[row][38:] or row == 0
