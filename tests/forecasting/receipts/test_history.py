"""A ledger's history: part payments, weeks without data, rows in any order."""

from datetime import date

import numpy as np
import pytest

from forecasting.receipts.history import ledger_history
from tests.books import AS_OF, Desk, weekly_book
from tests.ledger_forecasts import history


@pytest.mark.slow
def test_weeks_without_data_are_named_and_not_scored(tmp_path):
    desk = Desk(tmp_path)
    everything = weekly_book(until=AS_OF)
    gap = (date(2026, 3, 30), date(2026, 4, 12))
    everything["payments"] = [row for row in everything["payments"] if not gap[0] <= row[3] <= gap[1]]
    desk.load(**everything)
    past = history(desk)
    assert past.holes() == [date(2026, 3, 30), date(2026, 4, 6)]
    day = (date(2026, 3, 29) - date(1970, 1, 1)).days
    received = past.receipts_after(day, past.as_of)
    assert np.isnan(received).tolist() == [True, True, *[False] * 11]
    desk.close()


@pytest.mark.slow
def test_a_part_payment_leaves_the_rest_open_on_every_earlier_day(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 1, 5), "", "EUR", "100.00")],
        payments=[("P1", "C", "F1", date(2026, 2, 2), "EUR", "40.00"),
                  ("P2", "C", "F1", date(2026, 3, 2), "EUR", "60.00")],
    )  # fmt: skip
    past = history(desk)
    days = [(day - date(1970, 1, 1)).days for day in (date(2026, 2, 1), date(2026, 2, 2), date(2026, 3, 2))]
    assert [past.open_amounts(day).tolist() for day in days] == [[100.0], [60.0], [0.0]]
    desk.close()


@pytest.mark.slow
def test_one_part_payment_leaves_only_the_rest_open(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 1, 5), "", "EUR", "100.00")],
        payments=[("P1", "C", "F1", date(2026, 2, 2), "EUR", "40.00")],
    )
    past = history(desk)
    days = [(day - date(1970, 1, 1)).days for day in (date(2026, 2, 1), date(2026, 2, 2), AS_OF)]
    assert [past.open_amounts(day).tolist() for day in days] == [[100.0], [60.0], [60.0]]
    desk.close()


def test_rolling_needs_no_sorted_receipts(book):
    past = history(book)
    receipts = book.books().ask("receipt_days", as_of=AS_OF)
    again = ledger_history(
        past.frame,
        book.books().ask("settled_in_parts", as_of=AS_OF),
        receipts.reverse(),
        book.books().ask("arrangements", as_of=AS_OF),
        as_of=AS_OF,
    )
    assert again.receipts.tolist() == past.receipts.tolist()
