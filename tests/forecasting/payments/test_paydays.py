"""On which days customers pay: schedules found in their runs, and what closed days do to them."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from forecasting.arrays import day_of, number
from forecasting.payments.bank_days import PUBLIC, calendar
from forecasting.payments.paydays import fit_paydays

DAYS = calendar(number(date(2023, 1, 1)), number(date(2026, 12, 31)))
FIRST, ORIGIN = date(2024, 1, 1), date(2026, 3, 29)  # the week of Easter comes next


def open_days():
    places = range(DAYS.place(number(FIRST)), DAYS.place(number(ORIGIN)) + 1)
    return [place for place in places if not DAYS.is_closed[place]]


def day(place):
    return day_of(DAYS.first + place)


def rolled(wanted):
    """Return the places of the days wanted, each moved to the next bank day."""
    places = range(DAYS.place(number(FIRST)), DAYS.place(number(ORIGIN)) - 7)
    return sorted({DAYS.place(DAYS.next_open(DAYS.first + place)) for place in places if wanted(day(place))})


def month_ends():
    found = open_days()
    return [place for place, after in pairwise(found) if day(place).month != day(after).month]


def fitted(*runs):
    payer = np.concatenate([np.full(len(places), who) for who, places in enumerate(runs)])
    places = np.concatenate([np.array(places, dtype=np.int64) for places in runs])
    since = np.full(len(runs), DAYS.place(number(FIRST)))
    return fit_paydays(payer, places, since, DAYS, DAYS.place(number(ORIGIN)))


def chance(found, when, who=0):
    """Return the chance of a run on a day."""
    place = DAYS.place(number(when))
    return float(np.exp(found.log_ratios(np.array([who]), place, place)[0, 0]) * found.usual[who])


SCHEDULES = {
    "every Thursday": (
        lambda: rolled(lambda one: one.weekday() == 3), date(2026, 4, 9), date(2026, 4, 8)
    ),
    "every other Wednesday": (
        lambda: rolled(lambda one: one.weekday() == 2 and one.isocalendar().week % 2 == 0),
        date(2026, 4, 15), date(2026, 4, 8),
    ),
    "the 15th, else the next bank day": (
        lambda: rolled(lambda one: one.day == 15), date(2026, 6, 15), date(2026, 6, 16)
    ),
    "the last bank day of the month": (month_ends, date(2026, 4, 30), date(2026, 4, 29)),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_schedule_is_found_and_told_ahead(name):
    runs, on, off = SCHEDULES[name]
    found = fitted(runs())
    assert chance(found, on) > 0.7
    assert chance(found, off) < 0.1


def test_a_weekday_with_the_last_bank_day_beside_it_is_one_schedule():
    weekly = set(rolled(lambda one: one.weekday() == 3)) | set(month_ends())
    found = fitted(sorted(weekly))
    assert chance(found, date(2026, 4, 9)) > 0.7  # a Thursday
    assert chance(found, date(2026, 3, 31)) > 0.6  # a Tuesday, the month's last
    assert chance(found, date(2026, 4, 7)) < 0.1  # another Tuesday


def test_what_falls_on_a_bank_holiday_comes_on_the_next_bank_day():
    mondays = rolled(lambda one: one.weekday() == 0)
    found = fitted(mondays, mondays)
    assert chance(found, date(2026, 4, 6)) < 0.05  # Easter Monday
    assert chance(found, date(2026, 4, 7)) > 0.7
    assert chance(found, date(2026, 4, 14)) < 0.1  # the Tuesday after


def test_public_holidays_are_days_off_only_where_nobody_paid_on_them():
    assert DAYS.kind[DAYS.place(number(date(2026, 5, 14)))] == PUBLIC  # Ascension
    assert DAYS.kind[DAYS.place(number(date(2025, 5, 5)))] == 0  # Liberation Day: most firms work
    every = open_days()
    at_home = [place for place in every if DAYS.kind[place] != PUBLIC]
    working, closed = fitted(*[every] * 10), fitted(*[at_home] * 10)
    assert chance(working, date(2026, 5, 14)) > 0.7
    assert chance(closed, date(2026, 5, 14)) < 0.05


def test_a_customer_without_runs_goes_as_the_others():
    found = fitted(*[rolled(lambda one: one.weekday() == 3)] * 20, [])
    place = DAYS.place(number(date(2026, 4, 9)))
    ratios = found.log_ratios(np.array([20]), place - 1, place)[0]
    assert ratios[1] - ratios[0] > np.log(4)


def test_no_runs_at_all_give_numbers():
    found = fitted([], [])
    ratios = found.log_ratios(np.array([0, 1]), DAYS.place(number(ORIGIN)), DAYS.place(number(ORIGIN)) + 90)
    assert np.isfinite(ratios).all()
