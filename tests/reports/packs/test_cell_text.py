"""Cells, headings and names of exported files."""

import polars as pl
import pytest

from reports import language
from reports.packs import csv_bytes, file_name, harmless
from reports.packs.cell_text import headings, in_row_currency, in_words

pytestmark = pytest.mark.usefixtures("dutch")


def test_only_a_leading_sign_makes_a_text_live():
    assert [harmless(text) for text in ("a=1", "", " x", "1-2")] == ["a=1", "", " x", "1-2"]
    assert [harmless(text) for text in ("=", "-", "\r")] == ["'=", "'-", "'\r"]
    # Some drop spaces, byte order marks and marks of direction before they look.
    hidden = (" =1", "\u00a0+1", "\ufeff@A1", "\u202e\u200b -1")
    assert [harmless(text) for text in hidden] == [f"'{text}" for text in hidden]


def test_two_columns_that_read_the_same_keep_their_names_beside():
    frame = pl.DataFrame({"overdue": [1], "overdue_amount": [2], "total": [3]})

    assert csv_bytes(frame).decode("utf-8-sig").splitlines()[0] == (
        "Te laat (overdue);Te laat (overdue_amount);Totaal"
    )


def test_buckets_read_as_their_limits_say():
    frame = pl.DataFrame({"bucket": ["not_due", "b1", "b2", "b3", "other"]})

    assert csv_bytes(frame, limits=(14, 60)).decode("utf-8-sig").splitlines()[1:] == [
        "Niet vervallen",
        "1–14 dgn",
        "15–60 dgn",
        "> 60 dgn",
        "other",
    ]


def test_file_names_are_safe():
    assert file_name("ageing", "2026-11-22", ending="xlsx") == "kasstroom-ageing-2026-11-22.xlsx"
    assert file_name("../../etc/passwd", "", "a b", ending="csv") == "kasstroom-etc-passwd-a-b.csv"


def test_an_amount_is_in_its_rows_currency_where_the_row_is_of_a_ledger_an_account_or_a_file() -> None:
    assert in_row_currency(["currency", "receivables"], "receivables")
    assert in_row_currency(["line", "currency", "amount"], "amount")
    assert in_row_currency(["finding", "currency", "amount"], "amount")
    assert not in_row_currency(["currency", "open_amount"], "open_amount")
    assert not in_row_currency(["currency", "reporting_balance"], "reporting_balance")
    assert not in_row_currency(["receivables"], "receivables")


def test_kinds_of_bookings_and_of_files_are_read_in_words() -> None:
    rows = pl.DataFrame({"kind": ["invoice", "payment", "ledger_balances", "Klanten"]})
    assert in_words(rows)["kind"].to_list() == ["Factuur", "Betaling", "Grootboeksaldi", "Klanten"]


def test_the_buckets_of_a_trend_are_headed_in_words() -> None:
    language.use("en")
    assert headings(["as_of", "not_due", "b1", "b2", "unapplied"], (14,)) == [
        "Day", "Not due", "1–14 days", "> 14 days", "On account",
    ]  # fmt: skip
