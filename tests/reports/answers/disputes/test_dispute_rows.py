"""The rows that the charts of the disputes open give their bars and dots."""

from decimal import Decimal

import pytest

from reports import figures
from reports.answers.disputes import dispute_rows, invoice_faults
from reports.answers.disputes import text as disputes_text
from reports.answers.shared.rows_behind import RowSource
from reports.colours import LIGHT
from tests.dispute_ledgers import DAY, DISPUTED, many

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.slow
def test_every_week_opens_the_invoices_in_dispute_on_its_own_day(desk):
    desk.load(**DISPUTED)
    books = desk.books()

    def ask(name, **own):
        return books.ask(name, **{"as_of": DAY, **own})

    trend = ask("blocked_trend")
    bars = figures.blocked_trend(trend, theme=LIGHT).data[0]
    drawn = {code: height for code, height in zip(bars.ids, bars.y, strict=True) if height}
    parts = {
        part.code: part
        for part in dispute_rows.of_trend(trend, RowSource(ask=ask, as_of=DAY, currency="EUR"))
    }
    assert len(drawn) > 2
    assert set(drawn) <= set(parts)
    for code, height in drawn.items():
        behind = parts[code].rows()
        assert sum(behind.rows["open_amount"], Decimal(0)) == Decimal(str(height)), code
        assert all(day <= behind.as_of for day in behind.rows["opened_date"])
        assert behind.as_of.isoformat() == code


def test_the_days_of_a_fault_open_the_customers_they_are_the_mean_of(shared_desk):
    shared_desk.load(**many(3))
    quality = shared_desk.books().ask("invoice_quality", as_of=DAY)
    faults = invoice_faults.faults(quality)
    names = [disputes_text.fault_name(fault.code) for fault in faults]
    chart = figures.added_days(invoice_faults.table(faults), names, theme=LIGHT)
    dots = {trace.ids[0]: trace.x[0] for trace in chart.data if trace.ids}
    parts = {part.code: part.rows().rows for part in dispute_rows.of_faults(faults, quality, DAY)}
    assert list(parts) == list(dots)
    assert dots["disputed"] == pytest.approx(15.5)  # worked out in the test of the faults
    for code, days in dots.items():
        rows = parts[code]
        assert (rows["added_days"] * rows["weight_share"]).sum() == pytest.approx(days)
