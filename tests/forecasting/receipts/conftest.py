"""A regular ledger that is loaded once."""

from collections.abc import Iterator

import pytest

from tests.books import AS_OF, Desk, weekly_book


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("forecast"))
    desk.load(**weekly_book(until=AS_OF), bank_balances=[("NL1", "EUR", AS_OF, "50000.00")])
    yield desk
    desk.close()
