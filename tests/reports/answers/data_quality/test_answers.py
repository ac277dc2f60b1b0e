"""What the screens say of tie-out, freshness and money without a unit or a rate."""

from datetime import date
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from pages.parts.shell import server
from pages.parts.widgets import cell_format, escape
from reports import language
from reports.answers.ageing import text as ageing_text
from reports.answers.data_quality import freshness, tie_out_text, without_rate
from reports.answers.shared.money import shared_out
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


def test_a_control_total_has_no_unit_and_a_rate_keeps_its_digits() -> None:
    total, rate = (
        cell_format.writer("sum_read", MONEY, "EUR"),
        cell_format.writer("rate", pl.Decimal(18, 10), "EUR"),
    )
    assert total is not None
    assert rate is not None
    assert total(Decimal("1234.50")) == "1,234.50"
    assert rate(Decimal("0.9123000000")) == "0.9123"
    assert rate(Decimal("1.0000000000")) == "1"


def test_a_trend_by_invoice_date_speaks_of_what_is_open() -> None:
    weeks = pl.DataFrame(
        {
            "as_of": [date(2026, 11, 8), date(2026, 11, 15)],
            "not_due": [Decimal(100), Decimal(200)],
            "d1_30": [Decimal(900), Decimal(1800)],
        }
    )
    assert ageing_text.trend_found(weeks, "EUR", "invoice") == "Open rose in 1 week from €1k to €2k"
    assert ageing_text.trend_found(weeks, "EUR") == "Overdue rose in 1 week from €900 to €1.8k"
    assert ageing_text.trend_method(weeks).replace(NBSP, " ").endswith("the last is 15 Nov 2026")
    assert ageing_text.choices(["not_due", "d1_30"], "invoice")[0] == ageing_text.ALL


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
    found = without_rate.left_out(
        without_rate.bookings(converted), ledger, own_items, own_items.filter(invoice_id="F2")
    )
    assert found.amount == Decimal("210.00")
    assert found.documents["invoice_id"].to_list() == ["F1"]


@pytest.mark.parametrize(
    ("path", "query", "to"),
    [
        ("/", "as_of=2026-11-22", None),
        ("/ageing", "bucket=all", None),
        ("/_stcore/health", "", None),
        ("/media/x.csv", "", None),
        ("/cash_position", "", "/"),
        ("/cash_position", "as_of=2026-11-22&segment=A%26B", "/?as_of=2026-11-22&segment=A%26B"),
        ("/nope", "lang=en", "/?lang=en&page=nope"),
        ("//evil.example", "", "/?page=evil.example"),
    ],
)
def test_a_path_without_a_page_leads_to_the_first_one(path: str, query: str, to: str | None) -> None:
    assert server.where_it_is(path, query) == to


def test_commands_in_our_own_sentences_are_shown_as_such_and_values_letter_by_letter() -> None:
    said = escape.sentence("Run `kasstroom.py demo`, or load ![x](http://evil)")
    assert "`kasstroom.py demo`" in said
    assert "\\!\\[x\\]" in said


def test_kinds_of_bookings_and_of_files_are_read_in_words() -> None:
    language.use("nl")
    rows = pl.DataFrame({"kind": ["invoice", "payment", "ledger_balances", "Klanten"]})
    assert in_words(rows)["kind"].to_list() == ["Factuur", "Betaling", "Grootboeksaldi", "Klanten"]


def test_documents_in_instalments_are_said_to_have_more_rows() -> None:
    rows = pl.DataFrame(
        {
            "invoice_id": ["F1", "F1"],
            "open_amount": pl.Series([Decimal("1.00"), Decimal("2.00")], dtype=MONEY),
        }
    )
    assert ageing_text.rows_footer(rows, "EUR") == (
        "together €3.00 open · an instalment has a row of its own"
    )
    assert ageing_text.rows_footer(rows.head(1), "EUR") == "together €1.00 open"


def test_the_buckets_of_a_trend_are_headed_in_words() -> None:
    assert headings(["as_of", "not_due", "b1", "b2", "unapplied"], (14,)) == [
        "Day", "Not due", "1–14 days", "> 14 days", "Not applied",
    ]  # fmt: skip


def test_rounded_parts_add_up_to_the_rounded_whole():
    thirds = np.array([10 / 3, 10 / 3, 10 / 3, 0.0, -0.005])
    parts = shared_out(thirds, Decimal("9.99"))
    assert parts.to_list() == [Decimal("3.33"), Decimal("3.33"), Decimal("3.33"), Decimal(0), Decimal("0.00")]
    assert shared_out(thirds[:3], Decimal("10.00")).to_list() == [
        Decimal("3.34"), Decimal("3.33"), Decimal("3.33"),
    ]  # fmt: skip
    assert shared_out(np.array([1.25]), Decimal("1.25")).to_list() == [Decimal("1.25")]
    assert shared_out(np.zeros(0), Decimal(0)).to_list() == []
