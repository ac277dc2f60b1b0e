"""Backtest with rolling origins on a ledger's own history: forecasts of each method beside the receipts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.errors import NotEnoughHistoryError
from forecasting import sentences
from forecasting.arrays import Floats, day_of
from forecasting.receipts.billings import WEEK
from forecasting.receipts.decomposition import BillingPlan, decompose
from forecasting.receipts.history import LedgerHistory
from forecasting.receipts.outlook import METHODS

Progress = Callable[[float], None]

OURS = "forecast"
KNOWN = "known_billings"  # our forecast with the true billings: how much a billing plan can help
BANDS = {"coverage_80": (0.1, 0.9), "coverage_95": (0.025, 0.975)}


@dataclass(frozen=True)
class Origin:
    """Forecasts from one day of the past, and the receipts that followed.

    Attributes:
        day: last day known then.
        received: receipts per week, NaN where the week is not over or holds no data; shape (w,).
        forecasts: per method its forecast, shape (w,).
        inside: per band whether each week's receipts fell into it, shape (w,).
    """

    day: date
    received: Floats
    forecasts: dict[str, Floats]
    inside: dict[str, Floats]


def backtest(
    history: LedgerHistory, *, origins: int, progress: Progress = lambda _share: None
) -> list[Origin]:
    """Forecast from earlier days, a week apart, using only what was dated by then; latest first.

    The latest day is one week before the end of the history, because a week must be over to be scored.

    Raises:
        NotEnoughHistoryError: the history is too short for a single day.
    """
    past_origins: list[Origin] = []
    for back in range(1, origins + 1):
        day = history.as_of - WEEK * back
        try:
            past_origins.append(_origin(history, day))
        except NotEnoughHistoryError:
            break
        progress(back / origins)
    if not past_origins:
        raise NotEnoughHistoryError(sentences.NO_ORIGIN(weeks=history.weeks))
    return past_origins


def _origin(history: LedgerHistory, day: int) -> Origin:
    outlook = history.outlook(day)
    mixture = history.mixture(day)
    forecast = mixture.apply(outlook.methods)
    received = history.receipts_after(day, history.as_of)
    courses = history.courses(day, forecast, outlook)
    inside = {}
    for name, (low, high) in BANDS.items():
        bottom, top = np.quantile(courses, [low, high], axis=0)
        inside[name] = np.where(np.isnan(received), np.nan, (received >= bottom) & (received <= top))
    methods = {name: outlook.methods[name] for name in METHODS}
    billings = history.billings.weekly_billings(day, history.as_of, history.weeks)
    methods[KNOWN] = decompose(
        outlook, mixture, BillingPlan(np.nan_to_num(billings), np.isfinite(billings).astype(np.float64))
    ).total
    return Origin(day_of(day), received, {OURS: forecast, **methods}, inside)


def scores(origins: Sequence[Origin]) -> dict[str, dict[str, float | None]]:
    """Return the errors of each method.

    Returns:
        `wape_1_4`, `wape_5_8`, `wape_9_13`: sum of absolute errors over sum of receipts, per week;
        `cumulative_13`: the same of 13-week sums, origins with all weeks known; `bias`: of all weeks, share;
        `coverage_80`, `coverage_95`: share of weeks inside the bands, of our own forecast only.
        None where no week is known.
    """
    received = np.array([origin.received for origin in origins])
    scores_of: dict[str, dict[str, float | None]] = {}
    for name in origins[0].forecasts:
        forecasts = np.array([origin.forecasts[name] for origin in origins])
        is_complete = np.isfinite(received).all(axis=1)
        scores_of[name] = {
            "wape_1": wape(forecasts[:, :1], received[:, :1]),
            "wape_1_4": wape(forecasts[:, :4], received[:, :4]),
            "wape_5_8": wape(forecasts[:, 4:8], received[:, 4:8]),
            "wape_9_13": wape(forecasts[:, 8:13], received[:, 8:13]),
            "cumulative_13": wape(
                forecasts[is_complete, :13].sum(axis=1), received[is_complete, :13].sum(axis=1)
            ),
            "bias": _bias(forecasts, received),
            "coverage_80": None,
            "coverage_95": None,
        }
    for band in BANDS:
        inside = np.array([origin.inside[band] for origin in origins])
        known = inside[np.isfinite(inside)]
        scores_of[OURS][band] = float(known.mean()) if len(known) else None
    return scores_of


def wape(forecast: Floats, received: Floats) -> float | None:
    """Return the weighted absolute percentage error, 0 or more; None where no receipts are known."""
    known = np.isfinite(received)
    total = np.abs(received[known]).sum()
    return float(np.abs(forecast[known] - received[known]).sum() / total) if total > 0 else None


def _bias(forecast: Floats, received: Floats) -> float | None:
    known = np.isfinite(received)
    total = received[known].sum()
    return float((forecast[known] - received[known]).sum() / total) if total > 0 else None
