"""How past errors stretch the bands of a forecast."""

import math

import numpy as np
import pytest

from forecasting.receipts.combination import stretch

WEEKS = 26
GRID = np.linspace(-1, 1, 100_001)[:, None]  # four fifths of it lie within .8, nineteen of twenty within .95


def width(error: float, share: float, *, ages: range = range(WEEKS)) -> float:
    """Return how wide a band is after so many errors, all of one size, a week apart."""
    made = stretch(GRID, np.full(len(ages), error), np.array(ages), weeks=1)
    return float(np.quantile(np.abs(made), share))


def told(weeks: int = WEEKS) -> float:
    """Return as how many equal weeks those count that halve in eight: (sum w)^2 / sum w^2."""
    weights = [0.5 ** (week / 8) for week in range(weeks)]
    return sum(weights) ** 2 / sum(weight * weight for weight in weights)


@pytest.mark.parametrize("share", [0.8, 0.95])
@pytest.mark.parametrize("error", [1.6, 0.6])
def test_a_band_lies_between_what_past_weeks_show_and_what_was_simulated(error, share):
    shown = error * math.sqrt((WEEKS + 1) / (WEEKS - 1))  # the level was chosen on the same weeks
    trust = told() / (told() + 10)
    assert width(error, share) == pytest.approx(trust * shown + (1 - trust) * 0.9 * share, abs=1e-4)


def test_few_past_weeks_stretch_nothing():
    assert width(5.0, 0.8, ages=range(19)) == pytest.approx(0.8, abs=1e-4)
    assert width(5.0, 0.8, ages=range(20)) > 1.0


def test_recent_weeks_count_more():
    ages = np.arange(WEEKS)
    errors = np.where(ages < 8, 2.0, 0.2)
    recent = stretch(GRID, errors, ages, weeks=1)
    long_ago = stretch(GRID, errors, ages[::-1], weeks=1)
    assert np.quantile(np.abs(recent), 0.8) > 1.2 * np.quantile(np.abs(long_ago), 0.8)


def test_no_band_is_wider_than_the_simulated_one_by_more_than_thrice():
    assert width(100.0, 0.8) == pytest.approx(3 * 0.8, abs=1e-3)
