# SPDX-License-Identifier: MIT
"""Configuration of pytest for this folder."""


def pytest_configure(config):
    config.addinivalue_line("markers", "long: in `make test-nightly` only")
