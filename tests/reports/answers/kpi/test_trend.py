"""The days of a trend: month ends, then the day of the screen."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.kpi import trend, trend_text

pytestmark = pytest.mark.usefixtures("english")

MONTH_ENDS = pl.DataFrame({"as_of": [date(2026, 9, 30), date(2026, 10, 31)], "overdue_share": [0.1, 0.2]})


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (date(2026, 11, 22), [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 22)]),
        (date(2026, 10, 31), [date(2026, 9, 30), date(2026, 10, 31)]),
    ],
)
def test_the_day_comes_last_and_a_month_end_once(day, days):
    on_day = pl.DataFrame({"as_of": [day], "overdue_share": [0.2]})
    assert trend.with_day(MONTH_ENDS, on_day)["as_of"].to_list() == days


def test_before_the_first_month_end_there_is_the_day_alone():
    on_day = pl.DataFrame({"as_of": [date(2026, 9, 3)], "overdue_share": [0.0]})
    assert trend.with_day(MONTH_ENDS.clear(), on_day).rows() == on_day.rows()


def test_a_month_end_is_compared_with_the_month_end_a_year_before():
    assert trend.year_before(date(2025, 2, 28)) == date(2024, 2, 29)
    assert trend.year_before(date(2026, 11, 22)) == date(2025, 11, 22)


def test_money_on_account_rises_when_there_is_more_of_it():
    books = pl.DataFrame(
        {
            "as_of": [date(2025, 11, 22), date(2026, 11, 22)],
            "unapplied": [Decimal(-10_800), Decimal(-18_500)],
            "receivables": [Decimal(500), Decimal(600)],
        }
    )
    figures = trend.money_above_zero(books)
    assert figures["unapplied"].to_list() == [Decimal(10_800), Decimal(18_500)]
    assert figures["receivables"].to_list() == [Decimal(500), Decimal(600)]
    finding = trend_text.figure(figures, "unapplied")
    assert finding.title == "On account: up from €10.8k to €18.5k"
