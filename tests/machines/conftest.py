# SPDX-License-Identifier: MIT
"""Uses the virtual PC of the boot tests."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "boot"))


def pytest_configure(config):
    config.addinivalue_line("markers", "short: also in `make test`")
    config.addinivalue_line("markers", "long: see tests/boot/conftest.py")
