"""Checks of the books in words, and faults of the store."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

import queries
from reports.answers.data_quality import checks

pytestmark = pytest.mark.usefixtures("english")


def test_the_checks_say_what_ties_out_and_to_which_day() -> None:
    tied = pl.DataFrame({"is_tied": [True, True], "ledger_date": [date(2026, 9, 30), date(2026, 10, 31)]})
    equal = pl.DataFrame(
        {
            "balance_date": [date(2026, 9, 30), date(2026, 8, 31)],
            "ledger_difference": [Decimal(0), Decimal(0)],
        }
    )
    assert checks.tie_out(tied, equal).title.endswith("to the general ledger of 30\u00a0Sep\u00a02026")
    earlier = equal.with_columns(ledger_difference=pl.Series([Decimal(0), Decimal("0.01")]))
    assert checks.tie_out(tied, earlier).title == (
        "1 of 2 general ledger balances differ, the first on 31\u00a0Aug\u00a02026"
    )
    off = tied.with_columns(is_tied=pl.Series([True, False]))
    assert checks.tie_out(off, equal).title == "1 of 2 entities do not tie out"
    none = tied.with_columns(ledger_date=pl.lit(None, dtype=pl.Date))
    assert "no general ledger balance is loaded" in checks.tie_out(none, equal.clear()).title


def test_the_general_ledger_says_on_which_day_it_first_differs() -> None:
    balances = pl.DataFrame(
        {
            "balance_date": [date(2026, 10, 31), date(2026, 9, 30), date(2026, 8, 31)],
            "ledger_difference": [Decimal("5.00"), Decimal("-0.01"), Decimal("0.00")],
        }
    )
    assert checks.general_ledger(balances).title == (
        "2 of 3 general ledger balances differ, the first on 30\u00a0Sep\u00a02026"
    )
    assert (
        checks.general_ledger(balances.tail(1)).title
        == "The books agree with the only general ledger balance"
    )
    assert checks.general_ledger(balances.clear()).title == "No general ledger balance is loaded"


def test_the_turnover_says_how_many_months_differ_and_which_was_the_first() -> None:
    months = pl.DataFrame(
        {
            "to_date": [date(2026, 10, 31), date(2026, 9, 30), date(2026, 8, 31)],
            "turnover_difference": [Decimal("5.00"), Decimal("-0.01"), Decimal("0.00")],
        }
    )
    assert checks.turnover(months).title == (
        "In 2 of 3 months the invoices are not the turnover of the general ledger, first up to "
        "30\u00a0Sep\u00a02026"
    )
    equal = pl.concat([months.tail(1), months.tail(1)])
    assert checks.turnover(equal).title == (
        "The invoices are the turnover of the general ledger in all 2 months"
    )
    assert checks.turnover(months.tail(1)).title.endswith("in its only month")
    assert checks.turnover(months.clear()).title == "No turnover of a general ledger is loaded"


@pytest.mark.slow
def test_the_demo_store_is_whole_and_a_lost_raw_file_is_a_fault(desk) -> None:
    desk.load(customers=[("C1", "One", "retail", "NL", "30", "")])
    with queries.open_books(desk.store) as books:
        assert checks.faults(books) == []
        [kept] = [file for file in (desk.store / "raw").iterdir() if file.suffix != ".json"]
        kept.unlink()
        [fault] = checks.faults(books)
        assert "no longer in raw/" in str(fault)
