"""Early warnings: money at risk per customer."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.warnings import warnings
from tests.warnings_ledger import DAY, HISTORY, PAID, customer, invoice

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.slow
def test_money_at_risk_takes_the_forecasts_chance_else_the_share_of_the_past(desk):
    desk.load(
        customers=[customer("C1")],
        invoices=[
            *HISTORY, invoice("F1", "C1", 40, "300.00"), invoice("F2", "C1", 5, "200.00"),
            invoice("F3", "C1", -9, "100.00"),
        ],
        payments=PAID,
    )  # fmt: skip
    found = warnings.run_rules(desk.books(), as_of=DAY)
    mutes = desk.books().ask("mutes", as_of=DAY)
    chances = warnings.LateChances(
        pl.DataFrame(
            {"invoice_id": ["F2", "F3"], "due_date": [DAY - timedelta(5), DAY + timedelta(9)],
             "chance": [0.5, 0.1]}
        ),
        DAY,
    )  # fmt: skip
    row = warnings.early_warnings(found, mutes, chances).customers.row(0, named=True)
    # What is more than 30 days late is so for certain: 300 + 200 * 0.5 + 100 * 0.1
    assert row["money_at_risk"] == Decimal("410.00")
    assert (row["open_amount"], row["overdue_amount"], row["not_due"]) == (
        Decimal("600.00"), Decimal("500.00"), Decimal("100.00"),
    )  # fmt: skip
    # Of the six that can be told of only F1 was that late: (1 + 5 * 1/6) / (6 + 5) = 1/6 of the other 300.
    without = warnings.early_warnings(found, mutes)
    assert without.method == "history"
    assert without.customers["money_at_risk"][0] == Decimal("350.00")


def test_where_nobody_has_paid_yet_all_that_is_open_counts_as_at_risk(desk):
    desk.load(
        customers=[("C1", "Een BV", "", "NL", 30, "")],
        invoices=[("F1", "C1", "invoice", "2026-10-01", "2026-10-31", "EUR", "1000.00")],
    )
    day = date(2026, 11, 20)
    found = warnings.run_rules(desk.books(), as_of=day)
    assert warnings.early_warnings(found, desk.books().ask("mutes", as_of=day)).at_risk == Decimal("1000.00")
