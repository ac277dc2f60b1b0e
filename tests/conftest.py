"""What every process of the tests needs; the fixtures are in `tests.fixtures`."""

import gc
import os

import pytest

from tests.properties import register_profiles

register_profiles()


def pytest_configure(config: pytest.Config) -> None:
    # The process that hands out tests to others runs none, so it need not import the program first.
    if os.environ.get("PYTEST_XDIST_WORKER") or not config.getoption("numprocesses", default=None):
        config.pluginmanager.import_plugin("tests.fixtures")


def pytest_collection_finish() -> None:
    """Take what is imported by now out of the garbage collector's sight: none of it goes before the end."""
    gc.collect()
    gc.freeze()
