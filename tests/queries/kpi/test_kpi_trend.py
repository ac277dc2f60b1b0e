"""`kpi_trend`: the figures of each month end."""

from datetime import date

import pytest

from tests.kpi_ledger import LAST_DAY, same


@pytest.mark.slow
def test_the_trend_says_of_each_month_end_what_kpi_says_of_that_day(demo):
    books, _ = demo
    trend = books.ask("kpi_trend", as_of=LAST_DAY).to_dicts()
    assert [row["as_of"] for row in trend][:: len(trend) - 1] == [date(2024, 11, 30), date(2026, 10, 31)]
    assert len(trend) == 24
    for row in trend[::6]:
        same(row, books.ask("kpi", as_of=row["as_of"]).to_dicts()[0])


def test_a_trend_ends_with_the_day_itself_where_that_is_a_month_end(demo):
    trend = demo[0].ask("kpi_trend", as_of="2026-10-31", **{"from": "2026-08-15", "to": "2026-12-31"})
    assert trend["as_of"].to_list() == [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)]


def test_a_trend_begins_with_the_month_of_the_first_invoice(demo):
    trend = demo[0].ask("kpi_trend", as_of="2024-03-15")
    assert trend["as_of"].to_list() == [
        date(2023, 11, 30), date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29)
    ]  # fmt: skip
