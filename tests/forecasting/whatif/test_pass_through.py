"""The pass-through of other terms, and the range of lateness, by hand."""

import numpy as np
import polars as pl
import pytest

from forecasting.payments.documents import documents_of
from forecasting.whatif.pass_through import HIGHEST, LOWEST, USUAL, lateness_range, pass_through


def ledger(rows):
    """Paid invoices: (customer, day of issue, terms, days to pay)."""
    rows = sorted(rows)
    epoch = np.datetime64("1970-01-01")
    return documents_of(
        pl.DataFrame(
            {
                "customer_id": [row[0] for row in rows],
                "invoice_type": ["invoice"] * len(rows),
                "invoice_date": [(epoch + row[1]).item() for row in rows],
                "due_date": [(epoch + row[1] + row[2]).item() for row in rows],
                "closed_date": [(epoch + row[1] + row[3]).item() for row in rows],
                "amount": [100.0] * len(rows),
                "received_amount": [100.0] * len(rows),
                "key": pl.Series(range(len(rows)), dtype=pl.UInt64),
            }
        )
    )


def test_pass_through_is_each_customers_own_slope_drawn_to_the_usual():
    # A keeps its lateness (slope 1), B its pay date (slope 0), C never had other terms.
    rows = [("A", 10 * n, 14 if n < 30 else 30, (14 if n < 30 else 30) + 4) for n in range(60)]
    rows += [("B", 10 * n, 14 if n < 30 else 30, 33) for n in range(60)]
    rows += [("C", 10 * n, 30, 33 + n % 3) for n in range(60)]
    documents = ledger(rows)
    found = pass_through(documents, np.ones(180, dtype=bool), 5_000)

    # Half of the sixty are on other terms than the commonest: (30 x own + 30 x 0.6) / 60.
    assert found.paid_invoices.tolist() == [30, 30, 0]
    assert found.value == pytest.approx([0.8, 0.3, USUAL])
    assert (found.low[2], found.high[2]) == (LOWEST, HIGHEST)
    assert found.low[0] == pytest.approx((30 * 1 + 30 * 0.3) / 60)
    assert found.high[1] == pytest.approx((30 * 0 + 30 * 1.0) / 60)
    # Later payments are not looked at.
    assert pass_through(documents, np.ones(180, dtype=bool), 0).value == pytest.approx([USUAL] * 3)


def test_effort_has_the_room_between_usual_and_better_quarter():
    # A pays 0, 4, 8 or 12 days late: mean 6, quartiles 3 and 9. B has too few of its own.
    documents = ledger([("A", 10 * n, 30, 30 + 4 * (n % 4)) for n in range(40)] + [("B", 3, 30, 36)])
    earlier, later = lateness_range(documents, np.ones(41, dtype=bool), 5_000)

    assert (earlier[0], later[0]) == pytest.approx((3.0, 3.0))
    assert earlier[1] > 0
    assert lateness_range(documents, np.zeros(41, dtype=bool), 5_000)[0].tolist() == [0.0, 0.0]
