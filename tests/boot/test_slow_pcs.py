# SPDX-License-Identifier: MIT
"""A PC of two million instructions a second, as a 386SX/16: the machine first,
the picture after.  QEMU counts instructions, so times do not depend on the
host."""
import pytest

from bench import screen_of, slow_cpu, slow_rates

REAL = 1e6 / 1440  # instructions a second of 1948
SHIFT = 9
FRAMEBUFFER = "640x480x32"


def slow_pc(mode, speed, folder):
    return screen_of(mode, f"program=ducks run speed={speed}", folder,
                     *slow_cpu(SHIFT))


@pytest.mark.parametrize("screen", ["text", FRAMEBUFFER])
def test_speed_of_1948_is_held(screen, tmp_path):
    with slow_pc(screen, "real", tmp_path) as pc:
        rate, frames = slow_rates(pc)
        assert 0.99 * REAL < rate < 1.01 * REAL
        assert frames > 1


def test_flat_out(tmp_path):
    """Half of the PC's time at less than 25 of its instructions for each, and
    the picture still moves."""
    with slow_pc("text", "max", tmp_path) as pc:
        rate, frames = slow_rates(pc)
        assert rate > 1e9 / 2 ** SHIFT / 2 / 25
        assert frames > 1


def test_first_picture_on_a_framebuffer(tmp_path):
    """Drawing the whole screen takes longer than the watchdog allows."""
    with slow_pc(FRAMEBUFFER, "1", tmp_path) as pc:
        pc.wait_for("RUNNING")
