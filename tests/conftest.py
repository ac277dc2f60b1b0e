"""What every process of the tests needs; the fixtures are in `tests.fixtures`."""

import os

import pytest

from tests.properties import register_profiles

register_profiles()


def pytest_configure(config: pytest.Config) -> None:
    # The process that hands out tests to others runs none, so it need not import the program first.
    if os.environ.get("PYTEST_XDIST_WORKER") or not config.getoption("numprocesses", default=None):
        config.pluginmanager.import_plugin("tests.fixtures")
