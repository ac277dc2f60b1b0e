"""What the screens say of tie-out, freshness and money without a unit or a rate."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports import language
from reports.answers.data_quality import freshness, tie_out_text, without_rate
from reports.packs.cell_text import headings, in_row_currency, in_words

pytestmark = pytest.mark.usefixtures("english")

NBSP = "\u00a0"
MONEY = pl.Decimal(38, 2)


def _tied(*rows: tuple[str, str, date | None]) -> pl.DataFrame:
    zero = [Decimal("0.00")] * len(rows)
    return pl.DataFrame(
        {
            "entity": [row[0] for row in rows],
            "currency": [row[1] for row in rows],
            "ledger_date": pl.Series([row[2] for row in rows], dtype=pl.Date),
            "ledger_balance": pl.Series([Decimal(1) if row[2] else None for row in rows], dtype=MONEY),
            "unconverted_amount": zero,
        }
    )


def test_the_general_ledger_is_named_with_the_day_it_was_compared_on() -> None:
    october, september = date(2026, 10, 31), date(2026, 9, 30)
    assert tie_out_text.compared(_tied(("A", "EUR", october))) == "general ledger of 31 Oct 2026 equal"
    both = _tied(("A", "EUR", october), ("B", "EUR", september))
    assert tie_out_text.compared(both) == "general ledger of 30 Sep 2026 equal"
    half = _tied(("A", "EUR", october), ("B", "EUR", None))
    assert tie_out_text.compared(half) == "general ledger of 31 Oct 2026 equal, for 1 of 2 entities"
    assert tie_out_text.compared(_tied(("A", "EUR", None))) is None


def test_what_has_no_rate_is_one_sentence_with_the_sum_per_currency() -> None:
    rows = _tied(("A", "GBP", None), ("B", "GBP", None), ("A", "USD", None)).with_columns(
        unconverted_amount=pl.Series([Decimal("1.50"), Decimal("2.00"), Decimal("4.00")], dtype=MONEY)
    )
    said = tie_out_text.unconverted(rows)
    assert said is not None
    assert said.endswith("document date: £3.50, $4.00. Load fx_rates.csv.")
    assert tie_out_text.unconverted(rows.with_columns(unconverted_amount=pl.lit(Decimal(0)))) is None


@pytest.mark.parametrize(
    ("as_of", "today", "last", "said"),
    [
        (date(2026, 12, 1), date(2026, 11, 22), date(2026, 11, 20), "is still to come"),
        (date(2026, 11, 22), date(2026, 11, 22), date(2026, 11, 20), "2 days before 22"),
        (date(2026, 11, 10), date(2026, 11, 22), date(2026, 11, 10), "12 days ago"),
        (date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 20), None),
        (date(2020, 1, 1), date(2026, 11, 22), date(2026, 11, 20), None),
        (date(2026, 11, 22), date(2026, 11, 22), None, None),
    ],
)
def test_a_day_the_books_do_not_reach_is_said_to_be(
    as_of: date, today: date, last: date | None, said: str | None
) -> None:
    sentence = freshness.books_end(as_of, today, last)
    assert (sentence is None) if said is None else (said in (sentence or "").replace(NBSP, " "))


def test_an_amount_is_in_its_rows_currency_where_the_row_is_of_a_ledger_an_account_or_a_file() -> None:
    assert in_row_currency(["currency", "receivables"], "receivables")
    assert in_row_currency(["line", "currency", "amount"], "amount")
    assert in_row_currency(["finding", "currency", "amount"], "amount")
    assert not in_row_currency(["currency", "open_amount"], "open_amount")
    assert not in_row_currency(["currency", "reporting_balance"], "reporting_balance")
    assert not in_row_currency(["receivables"], "receivables")


def test_what_is_left_out_counts_money_on_account_and_lists_documents_only() -> None:
    days = [date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3)]
    ledger = pl.DataFrame(
        {
            "post_date": days,
            "document_id": ["F1", None, "F2"],
            "payment_id": [None, "P1", None],
            "kind": ["invoice", "payment", "invoice"],
            "due_date": [days[0], None, days[2]],
            "amount": pl.Series([Decimal("250.00"), Decimal("-40.00"), Decimal("10.00")], dtype=MONEY),
        }
    )
    converted = ledger.with_columns(
        amount=pl.Series([None, None, Decimal("12.00")], dtype=MONEY)  # F2 has a rate
    )
    own_items = pl.DataFrame({"invoice_id": ["F1", "F2"], "due_date": [days[0], days[2]]})
    found = without_rate.in_currency(
        without_rate.bookings(converted), ledger, own_items, own_items.filter(invoice_id="F2")
    )
    assert found.amount == Decimal("210.00")
    assert found.documents["invoice_id"].to_list() == ["F1"]


def test_kinds_of_bookings_and_of_files_are_read_in_words() -> None:
    language.use("nl")
    rows = pl.DataFrame({"kind": ["invoice", "payment", "ledger_balances", "Klanten"]})
    assert in_words(rows)["kind"].to_list() == ["Factuur", "Betaling", "Grootboeksaldi", "Klanten"]


def test_the_buckets_of_a_trend_are_headed_in_words() -> None:
    assert headings(["as_of", "not_due", "b1", "b2", "unapplied"], (14,)) == [
        "Day", "Not due", "1–14 days", "> 14 days", "Not applied",
    ]  # fmt: skip
