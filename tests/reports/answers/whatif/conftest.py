"""Two ledgers and their grounds, made once per process: nothing in these tests writes to them."""

from collections.abc import Iterator
from datetime import timedelta

import polars as pl
import pytest

from reports.answers.whatif import ground as grounds
from reports.answers.whatif.ground import Ground
from tests.books import AS_OF, Desk, weekly_book


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A ledger with 50,000.00 in the bank, four bills and a monthly rent."""
    desk = Desk(tmp_path_factory.mktemp("whatif"))
    issued = AS_OF - timedelta(days=20)
    bills = [
        (f"B{n}", "Supplier", issued, AS_OF + timedelta(days=10 + 7 * n), "EUR", "700.00", "")
        for n in range(4)
    ]
    desk.load(
        **weekly_book(until=AS_OF),
        bank_balances=[("NL1", "EUR", AS_OF, "50000.00")],
        bills=bills,
        planned_cash=[("L1", "Rent", "rent", "-1500.00", AS_OF + timedelta(days=3), "monthly", "")],
    )
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def ground(book: Desk) -> Ground:
    return grounds.ground(book.books(), as_of=AS_OF)


@pytest.fixture(scope="session")
def far_ground(book: Desk) -> Ground:
    return grounds.ground(book.books(), as_of=AS_OF, weeks=26)


@pytest.fixture(scope="session")
def tight_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A ledger whose balance is lowest in the sixth week, when 150,000.00 goes out."""
    desk = Desk(tmp_path_factory.mktemp("tight"))
    issued = AS_OF - timedelta(days=20)
    desk.load(
        **weekly_book(until=AS_OF),
        bank_balances=[("NL1", "EUR", AS_OF, "50000.00")],
        bills=[("B1", "Supplier", issued, AS_OF + timedelta(days=24), "EUR", "700.00", "")],
        planned_cash=[("L1", "Rent", "rent", "-150000.00", AS_OF + timedelta(days=40), "none", "")],
    )
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def tight_ground(tight_book: Desk) -> Ground:
    return grounds.ground(tight_book.books(), as_of=AS_OF)


@pytest.fixture(scope="session")
def customers(tight_book: Desk) -> pl.DataFrame:
    """The rows of `customers` behind `tight_ground`."""
    return tight_book.books().ask("customers", as_of=AS_OF)
