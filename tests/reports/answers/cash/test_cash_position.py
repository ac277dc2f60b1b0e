"""Findings of the cash position: late payers, the movement of receivables, bank accounts."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.cash import cash_position

pytestmark = pytest.mark.usefixtures("english")

MONEY = pl.Decimal(38, 2)


def test_the_share_of_the_largest_late_payers_is_added_up():
    top = pl.DataFrame({"share_of_overdue": [0.4, 0.25, None]})
    assert cash_position.late_payers(top).title == "3 customers owe 65% of what is overdue"
    assert cash_position.late_payers(top.head(1)).title == "One customer owes everything that is overdue"
    assert cash_position.late_payers(top.clear()).title == "Nobody is overdue"


def test_a_late_payer_is_told_with_its_broken_promises_and_disputes():
    row = {"overdue_invoices": 3, "oldest_days_overdue": 41}
    states = ["promise_broken", "disputed", "disputed"]
    assert cash_position.late_payer_facts(row, states) == (
        "3 invoices late, the oldest 41 days, a promise broken, 2 in dispute"
    )
    assert cash_position.late_payer_facts(row, []) == "3 invoices late, the oldest 41 days"


@pytest.mark.parametrize(
    ("opening", "closing", "title"),
    [
        ("1000.00", "1250.00", "Receivables have risen by €250 since 15 Nov 2026"),
        ("1000.00", "900.00", "Receivables have fallen by €100 since 15 Nov 2026"),
        ("1000.00", "1000.00", "Receivables have not changed since 15 Nov 2026"),
    ],
)
def test_the_movement_of_receivables_has_its_direction_and_its_first_day(opening, closing, title):
    row = {"opening": Decimal(opening), "closing": Decimal(closing), "opening_date": date(2026, 11, 15)}
    finding = cash_position.movement(row, "EUR")
    assert finding.title.replace("\u00a0", " ") == title
    assert finding.method.replace("\u00a0", " ") == "Change of receivables since 15 Nov 2026, by cause"


def test_the_accounts_are_added_up_to_the_cent():
    rows = pl.DataFrame(
        {"reporting_balance": pl.Series([Decimal("10.10"), Decimal("-0.05"), None], dtype=MONEY)}
    )
    assert cash_position.accounts(rows, "EUR").title == "3 accounts, together €10.05"
    assert cash_position.accounts(rows.clear(), "EUR").title == "No bank account is known"
