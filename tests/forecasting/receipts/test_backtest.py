"""The backtest: a regular ledger, and the error measure by hand."""

import numpy as np
import pytest

from forecasting.receipts import backtest as rolling_origins
from tests.ledger_forecasts import history


@pytest.mark.slow
def test_a_regular_ledger_is_forecast_better_than_by_any_simple_method(book):
    scored = rolling_origins.scores(rolling_origins.backtest(history(book), origins=8))
    ours = scored["forecast"]["wape_1_4"]
    for name in ("mean_13", "lateness", "due_dates", "dso", "ets"):
        assert ours < scored[name]["wape_1_4"]


def test_absolute_errors_over_receipts_make_the_wape():
    said = np.array([[10.0, 20.0], [30.0, 40.0]])
    came = np.array([[8.0, 25.0], [np.nan, 40.0]])
    assert rolling_origins.wape(said, came) == pytest.approx((2 + 5 + 0) / (8 + 25 + 40))
    assert rolling_origins.wape(said, np.full((2, 2), np.nan)) is None
