"""Which method, or mixture, did best on this ledger's own past weeks, and how far off it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise

import numpy as np

from forecasting.arrays import Floats, Ints

GROUPS = (0, 4, 8, 13)  # weeks 1-4, 5-8, 9 and on: what decides them differs
BLENDED = ("model", "mean_13", "lateness", "dso", "ets")
_STEPS = 10
_FEWEST = 8  # observed weeks before anything but the model is used
_PREFERENCE = 0.03  # how much better, in WAPE, a mixture without the model must be
_SPREAD_NEEDS = 20
# Stretches of past weeks at which a level counts half: half a year of the first four weeks.
_FULL_TRUST = 6.5
_LEVELS = (0.85, 1.15)
_HELD = np.array([0.8, 0.95])  # shares of past weeks the bands are held against
_STRETCH = (0.6, 3.0)
_HALF_LIFE = 8.0  # weeks after which a past error counts half
# The simulation's own spread, a little narrowed, is what past errors are shrunk to. Few weeks make a band too
# narrow more easily than too wide, so that narrowing takes more of them.
_PRIOR_WIDTH, _PRIOR_NARROWING, _PRIOR_WIDENING = 0.88, 40.0, 10.0  # share; past days it counts as


@dataclass(frozen=True)
class Past:
    """What was forecast on one earlier day, and what came: NaN where that week is not over or has no data.

    Attributes:
        methods: per method the forecast, shape (w,).
        received: shape (w,).
    """

    methods: dict[str, Floats]
    received: Floats


@dataclass(frozen=True)
class Mixture:
    """What the forecast is made of, per group of weeks.

    Attributes:
        shares: per group the share of each of BLENDED, 0-1, summing to 1; shape (groups, 5).
        level: per group what the mixture is multiplied with, near 1; shape (groups,).
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


def mixture(past: Sequence[Past]) -> Mixture:
    """Choose the mixture with the smallest absolute error over past forecasts, leaning on the model.

    Args:
        past: earlier outlooks a week apart with what came of them, latest first; weeks beyond the 13th are
            not looked at.
    """
    grid = _simplex()
    shares, level, errors, ages = [], [], [], []
    for start, end in pairwise(GROUPS):
        span = slice(start, end)
        forecast = np.array([[one.methods[name][span] for name in BLENDED] for one in past])
        received = np.array([one.received[span] for one in past])
        if not len(past) or not np.isfinite(received).any():
            shares.append(_alone())
            level.append(1.0)
            errors.append(np.zeros(0))
            ages.append(np.zeros(0, dtype=np.int64))
            continue
        known = np.isfinite(received)
        # Forecasts a week apart speak of the same weeks: only stretches that do not overlap count.
        stretches = known.any(axis=1).sum() / end
        trust = stretches / (stretches + _FULL_TRUST)
        order = np.nonzero(known)[0]
        ages.append(order - order.min())
        came = received[known]
        each = np.moveaxis(forecast, 1, 0)[:, known]
        chosen = _alone()
        if len(came) >= _FEWEST:
            tried = np.abs(grid @ each - came).sum(axis=1) / max(np.abs(came).sum(), 1e-9)
            chosen = grid[np.argmin(tried + _PREFERENCE * (1 - grid[:, 0]))]
        mixed = chosen @ each
        factor = _level(came, mixed, trust)
        shares.append(chosen)
        level.append(factor)
        errors.append(came / np.maximum(factor * mixed, 1e-9) - 1)
    return Mixture(np.array(shares), np.array(level), tuple(errors), tuple(ages))


def _level(came: Floats, forecast: Floats, trust: float) -> float:
    """Return what a forecast is multiplied with to have been right on average, as far as history tells."""
    ratio = came.sum() / forecast.sum() if forecast.sum() > 0 and came.sum() > 0 else 1.0
    return float(np.clip(1 + trust * (ratio - 1), *_LEVELS))


def _alone() -> Floats:
    return np.asarray(np.eye(len(BLENDED))[0], dtype=np.float64)


@cache
def _simplex() -> Floats:
    """Return all ways to share ten tenths among the methods, the model's largest first."""
    bars = combinations(range(_STEPS + len(BLENDED) - 1), len(BLENDED) - 1)
    cuts = np.array([(-1, *bar, _STEPS + len(BLENDED) - 1) for bar in bars])
    shares = np.diff(cuts, axis=1) - 1
    return np.asarray(shares[np.lexsort(-shares.T[::-1])] / _STEPS)


def stretched(deviations: Floats, errors: Floats, ages: Ints, *, judged: int) -> Floats:
    """Stretch simulated deviations towards 80% and 95% bands that would have held that share of past weeks.

    Recent weeks count more, for what a company's receipts are like changes; what they show is shrunk to the
    spread that was simulated, the more the fewer they are. Between the two bands the factor changes evenly;
    with fewer than 20 past weeks nothing is stretched.

    Args:
        deviations: relative, of simulated weeks of one group from their mean, shape (paths, w).
        errors: relative errors of past weeks of that group, shape (k,). They are of a level chosen on these
            very weeks, and are widened for that.
        ages: weeks since the forecast of each, shape (k,).
        judged: how many of the weeks, from the first, past ones speak of.

    Source: Barber, Candes, Ramdas & Tibshirani (2023), Ann. Statist. 51:816-845 (weighted conformal
    quantiles); Akaike (1969), Ann. Inst. Stat. Math. 21:243-247 (final prediction error); Kish (1965),
    Survey Sampling (effective sample size).
    """
    size = np.abs(deviations[:, :judged])
    if len(errors) < _SPREAD_NEEDS or not size.size:
        return deviations
    usual = np.maximum(np.quantile(size, _HELD), 1e-9)
    shares = np.minimum(_HELD * (len(errors) + 1) / len(errors), 1.0)
    days = len(np.unique(ages))
    chosen = np.sqrt((days + 1) / max(days - 1, 1))
    weights = 0.5 ** (ages / _HALF_LIFE)
    observed = chosen * _quantile(np.abs(errors), weights, shares)
    # Weeks of one day's forecast tell the same tale: days are counted, as many as their weights come to.
    told = weights.sum() ** 2 / (weights**2).sum() * days / len(errors)
    prior = _PRIOR_WIDTH * usual
    trust = told / (told + np.where(observed > prior, _PRIOR_WIDENING, _PRIOR_NARROWING))
    observed = trust * observed + (1 - trust) * prior
    wanted = np.maximum.accumulate(usual * np.clip(observed / usual, *_STRETCH))
    return np.asarray(deviations * np.interp(np.abs(deviations), usual, wanted / usual))


def _quantile(values: Floats, weights: Floats, shares: Floats) -> Floats:
    """Return weighted quantiles, between the values next to them."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    return np.asarray(np.interp(shares, reached, values[order]))
