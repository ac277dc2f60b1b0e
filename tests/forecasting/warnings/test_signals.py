"""Signals: since when they are raised."""

import pytest

from forecasting.arrays import number
from forecasting.warnings.rules import BY_NAME
from forecasting.warnings.signals import signal_start
from tests.forecasting.warnings.ledger_books import book
from tests.warnings_ledger import (
    DAY,
    ago,
    customer,
    invoice,
    signal,
)

pytestmark = pytest.mark.usefixtures("english")


def test_what_lasts_began_on_the_first_day_of_its_unbroken_stretch(desk):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 30)])
    # More than half overdue from the day after the due date on, a Saturday; late above 15 days from the 16th.
    assert signal(desk, "share_overdue")["since_date"].isoformat() == ago(29)
    assert signal(desk, "level_now")["since_date"].isoformat() == ago(14)
    held = book(desk)
    rule = BY_NAME["share_overdue"]
    for back in range(29):
        day = number(DAY) - back
        assert signal_start(held, rule, day, rule.test(held, day))[0] == number(DAY) - 29, back
