"""The verdict of the backtest, and weeks without data."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasting.receipts.backtest import OURS
from reports.answers.forecast.backtest import verdict, weeks_without_data
from tests.forecasts import NBSP, accuracy

pytestmark = pytest.mark.usefixtures("english")


def test_one_week_without_receipts_is_one_week():
    one, two = date(2026, 3, 2), date(2026, 3, 9)
    said = [str(weeks_without_data(days)).replace(NBSP, " ") for days in ((one,), (one, two))]
    assert "for the week from 2 Mar 2026; it is not scored" in said[0]
    assert "for the weeks from 2 Mar 2026, 9 Mar 2026; they are" in said[1]


@pytest.mark.parametrize(
    ("weeks", "named"), [(1, "of week 1 was"), (2, "of weeks 1 to 2 was"), (13, "of weeks 1 to 4 was")]
)
def test_the_verdict_names_the_weeks_that_were_looked_at(weeks, named):
    made = accuracy()
    origins = [replace(one, received=np.full(weeks, 100.0)) for one in made.origins]
    said = verdict({name: made.methods[name] for name in (OURS, "mean_13")}, origins)
    assert f"Over 2 past weeks the forecast {named} off by 10.0%" in said
