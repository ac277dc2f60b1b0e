"""Columns of a phone's table: numbers have the room they need, words what is left, never less than none."""

import unicodedata
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from pages.parts.widgets import column_widths

pytestmark = pytest.mark.usefixtures("english")
MONEY = pl.Decimal(38, 2)


def pixels(frame: pl.DataFrame, *, select: bool) -> dict[str, int]:
    made = column_widths.on_phone(frame, frame.columns, {}, select=select)
    return {name: one["width"] for name, one in made.items()}


def test_words_get_what_numbers_and_days_leave_of_a_phone():
    frame = pl.DataFrame(
        {
            "customer_name": ["A"],
            "open_amount": pl.Series([Decimal("-39091.76")], dtype=MONEY),
            "days_late": [11],
        }
    )
    # 296 less 34 for picking, 83 for five digits before the point and 62 for days.
    assert pixels(frame, select=True) == {"customer_name": 117, "open_amount": 83, "days_late": 62}
    assert pixels(frame.with_columns(segment=pl.lit("Groot")), select=False)["segment"] == 75


def test_where_numbers_take_all_of_a_phone_words_keep_a_little():
    rich = pl.Series([Decimal("123456789.00")], dtype=MONEY)
    frame = pl.DataFrame(
        {"customer_name": ["A"], "amount": rich, "open_amount": rich, "due_date": [date(2026, 1, 1)]}
    )
    found = pixels(frame, select=True)
    assert found["amount"] == 76 + 5 * 7
    assert found["customer_name"] == 56


def test_amounts_that_are_not_there_need_no_more_than_small_ones():
    frame = pl.DataFrame({"amount": pl.Series([None], dtype=MONEY)})
    assert pixels(frame, select=False) == {"amount": 76}


def test_a_text_wider_than_its_column_ends_in_an_ellipsis_and_a_short_one_stays_whole():
    name = "Bosch Wilgendrecht en Zonen BV"
    assert column_widths.shortened(name, 220) == name
    cut = column_widths.shortened("Stichting Openbare Bibliotheek Berkelzande", 220)
    assert cut.endswith("…")
    assert "Stichting Openbare Bibliotheek Berkelzande".startswith(cut[:-1])
    assert len(cut) > 25
    assert column_widths.shortened(None, 220) == ""


def test_a_heading_is_never_wider_than_its_column_on_a_desk():
    kinds = {"open_amount": MONEY, "oldest_days_overdue": pl.Int64()}
    made = column_widths.on_desk(pl.DataFrame(schema=kinds), list(kinds), {})
    assert made["open_amount"]["width"] == 112
    # "Oldest, days overdue": 2 capitals or wide letters, 5 narrow ones.
    assert made["oldest_days_overdue"]["width"] >= 136


def test_a_heading_of_numbers_stands_right_as_they_do_and_one_of_words_left():
    kinds = {
        "customer_name": pl.String(),
        "open_amount": MONEY,
        "due_date": pl.Date(),
        "legal_said": pl.String(),
    }
    for made in (
        column_widths.on_desk(pl.DataFrame(schema=kinds), list(kinds), {}),
        column_widths.on_phone(pl.DataFrame(schema=kinds), list(kinds), {}, select=True),
    ):
        # The grid draws a heading right where its first sign is one of a script from right to left.
        first = {name: unicodedata.bidirectional(one["label"][0]) for name, one in made.items()}
        assert first == {"customer_name": "L", "open_amount": "AL", "due_date": "L", "legal_said": "AL"}
        assert made["legal_said"]["alignment"] == "right"


def test_words_that_do_not_fit_end_in_an_ellipsis_and_numbers_of_documents_never():
    widths = column_widths.pixels(["state", "agency", "invoice_id", "document_id"], {})
    assert set(widths) == {"state", "agency"}
    assert (
        column_widths.shortened("Toezegging niet nagekomen", widths["state"]) == "Toezegging niet nagekomen"
    )
    assert column_widths.shortened("Incassobureau van de Noordelijke Provincies", widths["agency"])[-1] == "…"


def test_numbers_of_documents_have_a_column_as_wide_as_the_longest():
    frame = pl.DataFrame({"invoice_id": ["F1", "N2026-001631", None], "document_id": ["1", "2", "3"]})
    made = column_widths.on_desk(frame, ["invoice_id", "document_id"], {"invoice_id": "Nr"})
    # One capital 8.4, one hyphen 3.6, ten digits 6.5 each: 77; with the rim of a cell 93.
    assert made["invoice_id"]["width"] == 93
    assert made["document_id"]["width"] == 96  # as its record says
    long = frame.with_columns(invoice_id=pl.lit("INV/2026/" * 20))
    assert column_widths.on_desk(long, ["invoice_id"], {})["invoice_id"]["width"] == 280
    # Eight wide letters and two hyphens, 8 x 8.4 + 2 x 3.6 + 8.4 = 83, beat twelve digits, 78.
    wide = pl.DataFrame({"invoice_id": ["123456789012", "WWMM-WWMM-W"]})
    assert column_widths.on_desk(wide, ["invoice_id"], {})["invoice_id"]["width"] == 83 + 16
