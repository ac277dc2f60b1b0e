"""A book on any past day."""

from datetime import timedelta

import numpy as np
import pytest

from forecasting.arrays import number
from forecasting.warnings.rules import BY_NAME
from tests.forecasting.warnings.ledger_books import book
from tests.warnings_ledger import (
    DAY,
    HISTORY,
    PAID,
    ago,
    customer,
    early_warnings,
    invoice,
    payment,
)

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.slow
def test_a_past_day_gives_the_same_whatever_was_loaded_since(desk):
    desk.load(
        customers=[customer("C1")], invoices=[*HISTORY, invoice("F1", "C1", 30), invoice("F2", "C1", 28)],
        payments=PAID,
    )  # fmt: skip
    past = DAY - timedelta(days=10)
    before = early_warnings(desk, past)
    # Paid, cancelled and reversed later, with new invoices, disputes and contacts.
    desk.load(
        invoices=[invoice("F9", "C1", -30, "7.00", issued=2)],
        payments=[
            payment("F1", "C1", 5), ("P-F1-3", "C1", "F1", ago(3), "EUR", "-100.00"), payment("F2", "C1", 4),
        ],
        disputes=[("F1", ago(2), "", "x", "1.00")],
        contacts=[("C1", "F1", ago(1), "phone", "out", "call")],
    )  # fmt: skip
    after = early_warnings(desk, past)
    assert before.signals.equals(after.signals)
    assert before.customers.equals(after.customers)
    held, held_then = book(desk), book(desk, past)
    for name, rule in BY_NAME.items():
        then = rule.test(held_then, number(past))
        now = rule.test(held, number(past))
        assert np.array_equal(then.value, now.value, equal_nan=True), name
