"""The fixtures every test may ask for."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reports import language
from tests.apps import pages_of
from tests.books import Desk


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Keep the program that runs: a page under test puts its script in its place, which new processes run."""
    program = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = program


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English during a test; a file asks for it with `pytestmark`."""
    language.use("en")
    yield
    language.use("nl")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def open_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Run a page through app.py, as the browser does, on the desk's store."""
    yield from pages_of(desk.store, monkeypatch)
