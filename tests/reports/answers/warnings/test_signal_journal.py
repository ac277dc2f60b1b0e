"""Signals recorded as raised and as cleared."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from data.errors import KasstroomError
from reports.answers.warnings import signal_journal
from tests.warnings_ledger import DAY, ago, customer, early_warnings, invoice, payment

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.slow
def test_signals_are_kept_as_raised_and_cleared_when_gone(desk):
    desk.load(
        customers=[customer("C1")], invoices=[invoice("F1", "C1", 30)], payments=[payment("F1", "C1", 5)]
    )

    def keep(day: date) -> signal_journal.RecordCounts:
        kept = desk.books().ask("signals", as_of="2199-12-31")
        return signal_journal.record(desk.store, early_warnings(desk, day), kept)

    def rows() -> list[dict]:
        return [row for row in desk.ask("signals", as_of="2199-12-31") if row["rule"] == "share_overdue"]

    first = DAY - timedelta(days=20)
    assert keep(first).raised > 0
    moment = desk.moment()
    assert keep(first) == signal_journal.RecordCounts(0, 0, early_warnings(desk, first).signals.height)
    assert desk.moment() == moment  # nothing was written
    (row,) = rows()
    assert (row["raised_date"], row["since_date"].isoformat()) == (first, ago(29))
    assert (row["value"], row["limit_value"]) == (Decimal(1), Decimal("0.5"))
    assert json.loads(row["invoices"]) == ["F1"]
    # A later day with other numbers leaves them as raised.
    keep(DAY - timedelta(days=10))
    assert rows() == [row]
    assert keep(DAY).cleared > 0
    assert rows() == [{**row, "cleared_date": DAY}]
    # The payment turns out to be returned: it begins anew, and what was is not written over.
    desk.load(
        payments=[("P-F1-5", "C1", "", ago(4), "EUR", "0.01"), ("P2", "C1", "F1", ago(0), "EUR", "-100.00")]
    )
    assert keep(DAY + timedelta(days=3)).raised > 0
    again = rows()
    assert [(one["since_date"], one["cleared_date"]) for one in again] == [
        (DAY + timedelta(days=1), None), (row["since_date"], DAY),
    ]  # fmt: skip
    with pytest.raises(KasstroomError, match="can be asked, not kept"):
        keep(first)
