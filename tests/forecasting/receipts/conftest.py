"""A regular ledger that is loaded once."""

from collections.abc import Iterator

import pytest

from tests.books import Desk
from tests.ledger_forecasts import load_regular_ledger


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("forecast"))
    load_regular_ledger(desk)
    yield desk
    desk.close()
