"""The days of a trend: month ends, then the day of the screen."""

from datetime import date

import polars as pl
import pytest

from reports.answers.kpi import trend

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
