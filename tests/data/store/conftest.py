"""Fixtures of the store's tests."""

import pytest

from tests.books import Desk
from tests.data.store.small_store import invoice


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Three batches: an invoice of 100.00, then one of 50.00 and a payment of 20.00 on account."""
    desk.shares_loads = True
    desk.load(invoices=[invoice(1)])
    desk.load(invoices=[invoice(2, "50.00")], payments=[("P1", "C1", "", "2026-01-10", "EUR", "20.00")])
    desk.shares_loads = False
    return desk
