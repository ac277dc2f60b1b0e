"""The mixture of methods that did best on this ledger's own past weeks, and its errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise

import numpy as np

from forecasting.arrays import Floats, Ints

GROUPS = (0, 4, 8, 13)  # weeks 1-4, 5-8, 9 and on: different things decide them
BLENDED = ("model", "mean_13", "lateness", "dso", "ets")
_STEPS = 10
_FEWEST = 8  # observed weeks before anything but the model is used
_PREFERENCE = 0.03  # by how much, in WAPE, a mixture without the model must be better
_SPREAD_NEEDS = 20
# Stretches of past weeks at which a level counts half: half a year of the first four weeks.
_FULL_TRUST = 6.5
_LEVELS = (0.85, 1.15)
_BANDS = np.array([0.8, 0.95])  # shares of past weeks that the bands must hold
_STRETCH = (0.6, 3.0)
_HALF_LIFE = 8.0  # weeks after which a past error counts half
# Past errors are shrunk to the simulation's own spread, slightly narrowed: a quantile of few errors is off by
# more than the spread of one ledger differs from that of another.
_PRIOR_WIDTH, _PRIOR_DAYS = 0.9, 10.0  # share; past days as many as it weighs


@dataclass(frozen=True)
class PastForecast:
    """The forecasts of one earlier day and the receipts; NaN where that week is not over or has no data.

    Attributes:
        methods: per method the forecast, shape (w,).
        received: shape (w,).
    """

    methods: dict[str, Floats]
    received: Floats


@dataclass(frozen=True)
class Mixture:
    """The mixture of methods behind the forecast, per group of weeks.

    Attributes:
        shares: per group the share of each of BLENDED, 0-1, summing to 1; shape (groups, 5).
        level: per group the factor on the mixture, near 1; shape (groups,).
        errors: per group the relative errors of the mixture on past weeks.
        ages: per group the age of each error: weeks between its forecast and the latest one known.
    """

    shares: Floats
    level: Floats
    errors: tuple[Floats, ...]
    ages: tuple[Ints, ...]

    def apply(self, methods: dict[str, Floats]) -> Floats:
        """Return the mixed forecast, shape (w,)."""
        forecasts = np.array([methods[name] for name in BLENDED])
        group = group_of(forecasts.shape[1])
        return np.asarray((self.shares[group].T * forecasts).sum(axis=0) * self.level[group])


def group_of(weeks: int) -> np.ndarray:
    """Return the group of each of so many weeks."""
    return np.minimum(np.digitize(np.arange(weeks), GROUPS[1:]), len(GROUPS) - 2)


def mixture(past: Sequence[PastForecast]) -> Mixture:
    """Choose the mixture with the smallest absolute error over past forecasts, preferring the model.

    Args:
        past: forecasts of earlier days a week apart with their receipts, latest first; weeks beyond the 13th
            are ignored.
    """
    grid = _simplex()
    shares, level, errors, ages = [], [], [], []
    for start, end in pairwise(GROUPS):
        span = slice(start, end)
        forecast = np.array([[day.methods[name][span] for name in BLENDED] for day in past])
        received = np.array([day.received[span] for day in past])
        if not len(past) or not np.isfinite(received).any():
            shares.append(_model_only())
            level.append(1.0)
            errors.append(np.zeros(0))
            ages.append(np.zeros(0, dtype=np.int64))
            continue
        is_known = np.isfinite(received)
        # Forecasts a week apart cover the same weeks, so only periods that do not overlap are counted.
        periods = is_known.any(axis=1).sum() / end
        trust = periods / (periods + _FULL_TRUST)
        ages_known = np.nonzero(is_known)[0]
        ages.append(ages_known - ages_known.min())
        receipts = received[is_known]
        by_method = np.moveaxis(forecast, 1, 0)[:, is_known]
        best = _model_only()
        if len(receipts) >= _FEWEST:
            errors_of = np.abs(grid @ by_method - receipts).sum(axis=1) / max(np.abs(receipts).sum(), 1e-9)
            best = grid[np.argmin(errors_of + _PREFERENCE * (1 - grid[:, 0]))]
        blend = best @ by_method
        factor = _level(receipts, blend, trust)
        shares.append(best)
        level.append(factor)
        errors.append(receipts / np.maximum(factor * blend, 1e-9) - 1)
    return Mixture(np.array(shares), np.array(level), tuple(errors), tuple(ages))


def _level(receipts: Floats, forecast: Floats, trust: float) -> float:
    """Return the factor that makes past forecasts right on average, shrunk to 1 for a short history."""
    ratio = receipts.sum() / forecast.sum() if forecast.sum() > 0 and receipts.sum() > 0 else 1.0
    return float(np.clip(1 + trust * (ratio - 1), *_LEVELS))


def _model_only() -> Floats:
    return np.asarray(np.eye(len(BLENDED))[0], dtype=np.float64)


@cache
def _simplex() -> Floats:
    """Return all ways to divide ten tenths among the methods, the largest share of the model first."""
    bars = combinations(range(_STEPS + len(BLENDED) - 1), len(BLENDED) - 1)
    cuts = np.array([(-1, *bar, _STEPS + len(BLENDED) - 1) for bar in bars])
    shares = np.diff(cuts, axis=1) - 1
    return np.asarray(shares[np.lexsort(-shares.T[::-1])] / _STEPS)


def stretch(deviations: Floats, errors: Floats, ages: Ints, *, weeks: int) -> Floats:
    """Stretch simulated deviations so that the 80% and 95% bands would have held that share of past weeks.

    Recent weeks weigh more, because a company's receipts change over time; the factor is shrunk to the
    simulated spread, more so with fewer weeks. Between the two bands the factor changes evenly; with fewer
    than 20 past weeks nothing is stretched.

    Args:
        deviations: relative, of simulated weeks of one group from their mean, shape (paths, w).
        errors: relative errors of past weeks of that group, shape (k,). They are widened, because the
            level of the forecast was chosen on the same weeks.
        ages: weeks since the forecast of each, shape (k,).
        weeks: number of weeks, from the first, that past errors cover.

    Source: Barber, Candes, Ramdas & Tibshirani (2023), Ann. Statist. 51:816-845 (weighted conformal
    quantiles); Akaike (1969), Ann. Inst. Stat. Math. 21:243-247 (final prediction error); Kish (1965),
    Survey Sampling (effective sample size).
    """
    size = np.abs(deviations[:, :weeks])
    if len(errors) < _SPREAD_NEEDS or not size.size:
        return deviations
    usual = np.maximum(np.quantile(size, _BANDS), 1e-9)
    shares = np.minimum(_BANDS * (len(errors) + 1) / len(errors), 1.0)
    days = len(np.unique(ages))
    widening = np.sqrt((days + 1) / max(days - 1, 1))
    weights = 0.5 ** (ages / _HALF_LIFE)
    observed = widening * _quantile(np.abs(errors), weights, shares)
    # Weeks of one day's forecast are alike, so days are counted, weighted to an effective number.
    effective_days = weights.sum() ** 2 / (weights**2).sum() * days / len(errors)
    trust = effective_days / (effective_days + _PRIOR_DAYS)
    observed = trust * observed + (1 - trust) * _PRIOR_WIDTH * usual
    wanted = np.maximum.accumulate(usual * np.clip(observed / usual, *_STRETCH))
    return np.asarray(deviations * np.interp(np.abs(deviations), usual, wanted / usual))


def _quantile(values: Floats, weights: Floats, shares: Floats) -> Floats:
    """Return weighted quantiles, interpolated between neighbours."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    return np.asarray(np.interp(shares, reached, values[order]))
