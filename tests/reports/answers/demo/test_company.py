"""The demo company in a store: forecasts kept before, and a week in which the cash is tight."""

from datetime import date, timedelta
from pathlib import Path

import pytest

import queries
from reports.answers.demo import company
from reports.answers.forecast.cash_forecast import cash_forecast
from reports.answers.forecast.variance import frozen_runs
from tests.data.demo.company_files import AS_OF

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("invoices", "seed"), [(500, 7), pytest.param(5_000, 5, marks=pytest.mark.exhaustive)]
)
def test_two_kept_forecasts_come_back_and_the_lowest_week_is_a_visible_risk(
    invoices: int, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.clock.today", lambda: date(2026, 11, 24))
    assert company.build(tmp_path, as_of=AS_OF, invoices=invoices, seed=seed)
    with queries.open_books(tmp_path) as books:
        days = frozen_runs.frozen_days(books, as_of=AS_OF)
        assert list(days) == [AS_OF - timedelta(days=7), AS_OF - timedelta(days=14)]
        for kept_on in days:
            run = frozen_runs.read(books, kept_on)
            assert run is not None
            assert run.weeks.height == 13
            assert run.weeks["receipts"].min() > 0
            assert run.invoices.height > 10
        now = cash_forecast(books, as_of=AS_OF)
    # Neither certain nor out of sight: that is what the forecast page is there to show.
    assert 0.10 <= now.lowest["probability_below_minimum"] <= 0.50
