"""What will be billed per week: means, the calendar, last year's weeks, and which of them is used."""

from datetime import date

import numpy as np
import pytest

from forecasting.arrays import number
from forecasting.payments.bank_days import calendar
from forecasting.receipts.billings import USUAL, Billings

SUNDAY = number(date(2026, 6, 28))
MONDAY_BEFORE = number(date(2023, 1, 2))  # a Monday
DAYS = calendar(MONDAY_BEFORE - 10, SUNDAY + 800)


def billings(daily):
    """Return billings that end on the Sunday; the last value is of that day."""
    daily = np.asarray(daily, dtype=float)
    return Billings(daily, SUNDAY - len(daily) + 1, DAYS)


def weekly(values):
    """Return daily billings, all of a week on its Monday."""
    daily = np.zeros((len(values), 7))
    daily[:, 0] = values
    return daily.ravel()


def test_plain_means_are_of_eight_weeks_for_the_first_four_and_of_half_a_year_after():
    found = billings(weekly([*range(1, 21)]))  # twenty weeks: 1 to 20
    said = found.candidates(SUNDAY, 13)[USUAL]
    assert said[:4].tolist() == [16.5] * 4  # the mean of 13 to 20
    assert said[4:].tolist() == [10.5] * 9
    # With too little of the past to hold methods against, the means are used.
    assert found.forecast(SUNDAY, 13).tolist() == said.tolist()


def test_a_week_that_is_not_over_is_not_known():
    found = billings(weekly([5, 6, 7]))
    assert found.weekly_billings(SUNDAY - 14, SUNDAY, 3).tolist()[:2] == [6.0, 7.0]
    assert np.isnan(found.weekly_billings(SUNDAY - 14, SUNDAY, 3)[2])


@pytest.mark.slow
def test_nothing_later_than_the_day_is_used():
    values = np.random.default_rng(5).uniform(50, 150, 140)
    whole, cut = billings(weekly(values)), billings(weekly(values[:-10]))
    day = SUNDAY - 70
    shorter = Billings(cut.daily, whole.first, DAYS)
    assert whole.forecast(day, 13).tolist() == shorter.forecast(day, 13).tolist()


def test_a_longer_horizon_changes_no_earlier_week():
    found = billings(weekly(np.random.default_rng(6).uniform(50, 150, 140)))
    assert found.forecast(SUNDAY, 26)[:13].tolist() == found.forecast(SUNDAY, 13).tolist()
    assert found.forecast(SUNDAY, 5).tolist() == found.forecast(SUNDAY, 13)[:5].tolist()


def test_a_company_that_bills_on_the_last_bank_day_of_the_month_is_expected_to_do_so():
    first = number(date(2024, 1, 1))
    days = np.arange(first, SUNDAY + 1)
    last_days = DAYS.zone[DAYS.at(days)] == 7
    found = billings(np.where(last_days, 1000.0, 0.0))
    said = found.forecast(SUNDAY, 13)
    # After 28 June 2026 the last bank days are 30 June, 31 July, 31 August: weeks 1, 5 and 10.
    assert said[[0, 4, 9]] == pytest.approx([1000, 1000, 1000], rel=0.15)
    assert np.delete(said, [0, 4, 9]).max() < 100


def test_last_years_course_is_used_where_it_did_best():
    weeks = np.arange(182)
    season = 1 + 0.8 * np.sin(2 * np.pi * weeks / 52)
    found = billings(weekly(1000 * season))
    true = 1000 * (1 + 0.8 * np.sin(2 * np.pi * (182 + np.arange(13)) / 52))
    said, plain = found.forecast(SUNDAY, 13), found.candidates(SUNDAY, 13)[USUAL]
    assert np.abs(said - true).sum() < 0.5 * np.abs(plain - true).sum()


def test_no_history_bills_nothing():
    assert billings([0.0]).forecast(SUNDAY, 4).tolist() == [0.0] * 4
