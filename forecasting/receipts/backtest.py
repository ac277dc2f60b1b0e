"""Rolling origins on a ledger's own history: what each method would have said, beside what came."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.errors import NotEnoughHistoryError
from forecasting import sentences
from forecasting.arrays import Floats, day_of
from forecasting.receipts.billings import WEEK
from forecasting.receipts.decomposition import Plan, parted
from forecasting.receipts.history import Rolling
from forecasting.receipts.outlook import METHODS

Progress = Callable[[float], None]

OURS = "forecast"
KNOWN = "known_billings"  # ours, had it known what would be billed: how much a plan can help
BANDS = {"coverage_80": (0.1, 0.9), "coverage_95": (0.025, 0.975)}


@dataclass(frozen=True)
class Origin:
    """One day of the past.

    Attributes:
        day: last day known then.
        received: what came per week, NaN where the week is not over or holds no data; shape (w,).
        forecasts: per method what it said, shape (w,).
        inside: per band whether each week's receipts fell into it, shape (w,).
    """

    day: date
    received: Floats
    forecasts: dict[str, Floats]
    inside: dict[str, Floats]


def backtest(history: Rolling, *, origins: int, progress: Progress = lambda _share: None) -> list[Origin]:
    """Forecast from earlier days, a week apart, knowing only what was dated by then; latest first.

    The last day looked back from is one week before the end of the history: a week must be over to be scored.

    Raises:
        NotEnoughHistoryError: the history allows not one.
    """
    made: list[Origin] = []
    for back in range(1, origins + 1):
        day = history.as_of - WEEK * back
        try:
            made.append(_origin(history, day))
        except NotEnoughHistoryError:
            break
        progress(back / origins)
    if not made:
        raise NotEnoughHistoryError(sentences.NO_ORIGIN(weeks=history.weeks))
    return made


def _origin(history: Rolling, day: int) -> Origin:
    made = history.outlook(day)
    mix = history.mixture(day)
    forecast = mix.apply(made.methods)
    received = history.received(day, history.as_of)
    courses = history.courses(day, forecast, made)
    inside = {}
    for name, (low, high) in BANDS.items():
        bottom, top = np.quantile(courses, [low, high], axis=0)
        inside[name] = np.where(np.isnan(received), np.nan, (received >= bottom) & (received <= top))
    methods = {name: made.methods[name] for name in METHODS}
    billed = history.billings.billed(day, history.as_of, history.weeks)
    methods[KNOWN] = parted(
        made, mix, Plan(np.nan_to_num(billed), np.isfinite(billed).astype(np.float64))
    ).expected
    return Origin(day_of(day), received, {OURS: forecast, **methods}, inside)


def scores(origins: Sequence[Origin]) -> dict[str, dict[str, float | None]]:
    """Return per method how far off it was.

    Returns:
        `wape_1_4`, `wape_5_8`, `wape_9_13`: sum of absolute errors over sum of receipts, per week;
        `cumulative_13`: the same of 13-week sums, origins with all weeks known; `bias`: of all weeks, share;
        `coverage_80`, `coverage_95`: share of weeks inside the bands, of our own forecast only.
        None: nothing known.
    """
    received = np.array([one.received for one in origins])
    found: dict[str, dict[str, float | None]] = {}
    for name in origins[0].forecasts:
        said = np.array([one.forecasts[name] for one in origins])
        whole = np.isfinite(received).all(axis=1)
        found[name] = {
            "wape_1": wape(said[:, :1], received[:, :1]),
            "wape_1_4": wape(said[:, :4], received[:, :4]),
            "wape_5_8": wape(said[:, 4:8], received[:, 4:8]),
            "wape_9_13": wape(said[:, 8:13], received[:, 8:13]),
            "cumulative_13": wape(said[whole, :13].sum(axis=1), received[whole, :13].sum(axis=1)),
            "bias": _bias(said, received),
            "coverage_80": None,
            "coverage_95": None,
        }
    for band in BANDS:
        inside = np.array([one.inside[band] for one in origins])
        known = inside[np.isfinite(inside)]
        found[OURS][band] = float(known.mean()) if len(known) else None
    return found


def wape(said: Floats, received: Floats) -> float | None:
    """Return the weighted absolute percentage error, 0 and up; None where nothing was received or known."""
    known = np.isfinite(received)
    total = np.abs(received[known]).sum()
    return float(np.abs(said[known] - received[known]).sum() / total) if total > 0 else None


def _bias(said: Floats, received: Floats) -> float | None:
    known = np.isfinite(received)
    total = received[known].sum()
    return float((said[known] - received[known]).sum() / total) if total > 0 else None
