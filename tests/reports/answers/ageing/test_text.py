"""Findings of the ageing: titles and methods with amounts worked out by hand."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.ageing import text as ageing_text

pytestmark = pytest.mark.usefixtures("english")

NBSP = "\u00a0"
MONEY = pl.Decimal(38, 2)


def test_a_trend_by_invoice_date_speaks_of_what_is_open() -> None:
    weeks = pl.DataFrame(
        {
            "as_of": [date(2026, 11, 8), date(2026, 11, 15)],
            "not_due": [Decimal(100), Decimal(200)],
            "d1_30": [Decimal(900), Decimal(1800)],
        }
    )
    assert ageing_text.trend(weeks, "EUR", "invoice").title == "Open rose in 1 week from €1k to €2k"
    assert ageing_text.trend(weeks, "EUR").title == "Overdue rose in 1 week from €900 to €1.8k"
    assert (
        ageing_text.trend(weeks, "EUR")
        .method.replace(NBSP, " ")
        .endswith("every seven days up to 15 Nov 2026")
    )
    assert ageing_text.bucket_choices(["not_due", "d1_30"], "invoice")[0] == ageing_text.ALL


def test_documents_in_instalments_are_said_to_have_more_rows() -> None:
    rows = pl.DataFrame(
        {
            "invoice_id": ["F1", "F1"],
            "open_amount": pl.Series([Decimal("1.00"), Decimal("2.00")], dtype=MONEY),
        }
    )
    assert ageing_text.documents_footer(rows, "EUR") == (
        "together €3.00 open · an instalment has a row of its own"
    )
    assert ageing_text.documents_footer(rows.head(1), "EUR") == "together €1.00 open"


def _buckets(*rows: tuple[str, int, str, float]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "bucket": [row[0] for row in rows],
            "position": [row[1] for row in rows],
            "open_amount": pl.Series([Decimal(row[2]) for row in rows], dtype=MONEY),
            "invoices_open": pl.Series(
                [None if row[1] < 0 else max(Decimal(0), Decimal(row[2])) for row in rows], dtype=MONEY
            ),
            "share": [row[3] for row in rows],
        }
    )


def test_the_strip_gives_the_overdue_amount_and_names_money_that_is_not_applied():
    buckets = _buckets(
        ("unapplied", -1, "-25.00", 0.0), ("not_due", 0, "600.00", 0.6), ("d1_30", 1, "300.00", 0.3),
        ("d31_60", 2, "100.00", 0.1),
    )  # fmt: skip
    finding = ageing_text.strip(buckets, "EUR")
    assert finding.title == "€400 is overdue, 40.0% of what is open"
    assert finding.method.endswith(" · €1,000.00 of invoices − €25.00 on account = €975.00")
    by_invoice_date = ageing_text.strip(buckets, "EUR", "invoice", (30, 60))
    assert by_invoice_date.title == "€100 was invoiced more than 30 days ago, 10.0% of what is open"


def test_the_name_of_a_segment_stands_raw_in_the_finding():
    rows = pl.DataFrame({"segment": ["*x*", "retail"], "overdue_share": [0.5, 0.25]})
    assert ageing_text.segments(rows).title == "*x* pays last"
    assert ageing_text.segments(rows, "invoice").method.startswith("Past the due date")


def test_the_documents_of_a_bucket_are_counted_with_their_customers():
    items = pl.DataFrame({"invoice_id": ["F1", "F1", "F2"], "customer_id": ["C1", "C1", "C1"]})
    finding = ageing_text.documents(items, ageing_text.OVERDUE, (30, 60, 90), "due")
    assert finding.title == "Overdue: 2 documents of 1 customer"
