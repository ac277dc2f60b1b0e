"""The bank calendar, by hand."""

from datetime import date

import numpy as np

from forecasting.arrays import day_of, number
from forecasting.payments.bank_days import calendar


def test_target_is_closed_on_good_friday_and_open_on_kings_day_and_ascension():
    days = calendar(number(date(2026, 1, 1)), number(date(2026, 12, 31)))
    closed = [day_of(days.first + int(place)) for place in np.flatnonzero(days.is_holiday)]
    # 25 December 2026 is a Friday, 26 December a Saturday; 27 April (King's Day) and 14 May are bank days.
    assert closed == [
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1), date(2026, 12, 25),
    ]  # fmt: skip


def test_the_zones_of_a_month_are_counted_in_bank_days():
    days = calendar(number(date(2026, 4, 1)), number(date(2026, 7, 31)))
    zone = {day_of(days.first + n): int(days.zone[n]) for n in range(days.span)}
    assert zone[date(2026, 5, 4)] == 1  # 1 May is a holiday, then a weekend
    assert zone[date(2026, 5, 5)] == zone[date(2026, 5, 6)] == 2
    assert zone[date(2026, 5, 11)] == 3  # the 10th is a Sunday
    assert zone[date(2026, 5, 15)] == 4
    assert zone[date(2026, 5, 29)] == 7  # Friday, the last bank day
    assert zone[date(2026, 5, 27)] == zone[date(2026, 5, 28)] == 8
    assert zone[date(2026, 5, 30)] == 0
