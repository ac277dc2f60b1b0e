"""Faults and days late of invoices as they were known on a day."""

from datetime import date, timedelta

from tests.books import Desk
from tests.dispute_ledgers import DAY, FAULTY, ago


def quality(desk: Desk, day: int = 0, **values: object) -> dict[str, tuple[object, ...]]:
    rows = desk.books().ask("invoice_quality", as_of=ago(day), **values)
    columns = ("no_order_number", "is_credited", "is_disputed", "is_open", "paid_date", "days_late")
    return {row[0]: row[1:] for row in rows.select("invoice_id", *columns).iter_rows()}


def on(days: int) -> date:
    return DAY - timedelta(days=days)


def test_an_invoice_has_the_faults_and_the_days_that_were_known_by_then(desk):
    desk.load(**FAULTY)
    assert quality(desk) == {
        "A1": (False, False, False, False, on(95), 5),
        "A2": (True, False, False, False, on(50), 40),  # paid in full by its last payment
        "A4": (False, False, False, False, on(334), 0),
        "A6": (False, False, False, False, on(1), None),
        "B1": (None, True, False, False, on(70), -10),  # money came before the credit
        "B2": (None, True, True, False, on(30), 20),
        "B3": (None, False, False, False, on(45), -5),  # a discount corrects nothing
        "B4": (None, True, False, False, None, None),  # credited whole: nobody paid
        "B5": (None, False, False, True, None, 20),
        "D1": (None, False, False, True, None, 45),  # paid back: open again
    }
    # Sixty-one days ago: B2 was not in dispute, A2 open, nothing credited, D1 not due, A6 not there yet.
    before = quality(desk, 61)
    assert before["A2"] == (True, False, False, True, None, 29)
    assert before["B1"] == (None, False, False, True, None, None)
    assert before["B2"] == (None, False, False, True, None, None)
    assert "A6" not in before
    # A day before D1 came back it was paid.
    assert quality(desk, 40)["D1"] == (None, False, False, False, on(40), 5)
    assert set(quality(desk, period=90)) == {"A6", "B2", "B3", "B4", "B5", "D1"}
