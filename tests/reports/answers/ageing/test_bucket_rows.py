"""The rows that the bars of the ageing open add up to the bars, as of the day of each."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reports import figures
from reports.answers.ageing import bucket_rows
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import RowSource
from reports.colours import LIGHT
from tests.books import Desk, weekly_book

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 6, 24)  # a Wednesday


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A drawn ledger with a credit note, an overpaid invoice and money on account."""
    desk = Desk(tmp_path_factory.mktemp("drawn"))
    book = weekly_book(until=DAY, seed=4, customers=4)
    book["payments"] = [payment for place, payment in enumerate(book["payments"]) if place % 9]
    number, customer, _kind, day, *_rest = book["invoices"][-40]
    book["invoices"].append(("CN1", customer, "credit_note", day, day, "EUR", "-250.00"))
    book["payments"] += [
        ("OVER", customer, number, day, "EUR", "9000.00"),
        ("FREE", customer, "", day, "EUR", "75.00"),
    ]
    desk.load(**book)
    return desk


def source(desk: Desk) -> RowSource:
    def ask(name, **own):
        values = {
            "as_of": DAY,
            **({"credits": "apart"} if name in {"open_items", "ageing_trend"} else {}),
            **own,
        }
        return desk.books().ask(name, **values)

    return RowSource(ask=ask, as_of=DAY, currency="EUR")


@pytest.mark.slow
def test_every_bar_of_the_trend_opens_the_invoices_that_add_up_to_it(drawn: Desk) -> None:
    books = source(drawn)
    weeks = books.ask("ageing_trend", **{"from": DAY - timedelta(weeks=8), "every": "rolling"})
    assert weeks["as_of"].to_list()[-1] == DAY  # no whole week, and still the last bar
    parts = {part.code: part for part in bucket_rows.of_trend(weeks, books)}
    fig = figures.ageing_trend(weeks, theme=LIGHT)
    bars = {
        code: height for trace in fig.data for code, height in zip(trace.ids, trace.y, strict=True) if height
    }
    assert set(parts) == set(bars)
    assert len(bars) > 20
    for code, height in bars.items():
        behind = parts[code].rows()
        assert total(behind.rows["open_amount"]) == Decimal(str(height)), code
        assert behind.as_of.isoformat() == code.split(".")[0]
        assert all(amount > 0 for amount in behind.rows["open_amount"])


def test_every_bar_of_a_segment_opens_its_overdue_invoices(drawn: Desk) -> None:
    books = source(drawn)
    rows = books.ask("ageing_segments")
    parts = bucket_rows.of_segments(rows, books)
    fig = figures.segments(rows, theme=LIGHT)
    assert [part.code for part in parts] == list(fig.data[0].ids)
    opened = [part.rows() for part in parts]
    assert [total(behind.rows["open_amount"]) for behind in opened] == rows["overdue_amount"].to_list()
    assert "together" in opened[0].footer
