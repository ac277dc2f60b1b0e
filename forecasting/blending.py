"""Which method, or mixture, did best on this ledger's own past weeks, and how far off it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from forecasting.bankdays import Floats

GROUPS = (0, 4, 8, 13)  # weeks 1-4, 5-8, 9 and on: what decides them differs
BLENDED = ("model", "mean_13", "lateness")
_STEPS = 10
_FEWEST = 8  # observed weeks before anything but the model is used
_PREFERENCE = 0.03  # how much better, in WAPE, a mixture without the model must be
_SPREAD_NEEDS = 20
_FULL_TRUST = 26.0  # past forecasts at which a level counts half
_LEVELS = (0.85, 1.15)
_HELD = np.array([0.8, 0.95])  # shares of past weeks the bands are held against
_STRETCH = (0.6, 3.0)


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
        shares: per group the share of each of BLENDED, 0-1, summing to 1; shape (groups, 3).
        level: per group what the mixture is multiplied with, near 1; shape (groups,).
        model_level: the same for the model alone, shape (groups,).
        errors: per group the relative errors of the mixture on past weeks.
    """

    shares: Floats
    level: Floats
    model_level: Floats
    errors: tuple[Floats, ...]

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
        past: earlier outlooks with what came of them, any order; weeks beyond the 13th are not looked at.
    """
    grid = _simplex()
    shares, level, model_level, errors = [], [], [], []
    trust = len(past) / (len(past) + _FULL_TRUST)
    for start, end in pairwise(GROUPS):
        span = slice(start, end)
        forecast = np.array([[one.methods[name][span] for name in BLENDED] for one in past])
        received = np.array([one.received[span] for one in past])
        if not len(past) or not np.isfinite(received).any():
            shares.append(np.array([1.0, 0.0, 0.0]))
            level.append(1.0)
            model_level.append(1.0)
            errors.append(np.zeros(0))
            continue
        known = np.isfinite(received)
        came = received[known]
        each = np.moveaxis(forecast, 1, 0)[:, known]
        chosen = np.array([1.0, 0.0, 0.0])
        if len(came) >= _FEWEST:
            tried = np.abs(grid @ each - came).sum(axis=1) / max(np.abs(came).sum(), 1e-9)
            chosen = grid[np.argmin(tried + _PREFERENCE * (1 - grid[:, 0]))]
        mixed = chosen @ each
        factor = _level(came, mixed, trust)
        shares.append(chosen)
        level.append(factor)
        model_level.append(_level(came, each[0], trust))
        errors.append(came / np.maximum(factor * mixed, 1e-9) - 1)
    return Mixture(np.array(shares), np.array(level), np.array(model_level), tuple(errors))


def _level(came: Floats, forecast: Floats, trust: float) -> float:
    """Return what a forecast is multiplied with to have been right on average, as far as history tells."""
    ratio = came.sum() / forecast.sum() if forecast.sum() > 0 and came.sum() > 0 else 1.0
    return float(np.clip(1 + trust * (ratio - 1), *_LEVELS))


def _simplex() -> Floats:
    steps = range(_STEPS + 1)
    return (
        np.array(
            [(a, b, _STEPS - a - b) for a in reversed(steps) for b in steps if a + b <= _STEPS], dtype=float
        )
        / _STEPS
    )


def stretched(deviations: Floats, errors: Floats, *, judged: int) -> Floats:
    """Stretch simulated deviations so that 80% and 95% bands would have held that share of past weeks.

    Between the two the factor changes evenly; with fewer than 20 past weeks nothing is stretched.

    Args:
        deviations: relative, of simulated weeks of one group from their mean, shape (paths, w).
        errors: relative errors of past weeks of that group, shape (k,).
        judged: how many of the weeks, from the first, past ones speak of.

    Source: Vovk, Gammerman & Shafer (2005), Algorithmic Learning in a Random World (conformal quantiles).
    """
    size = np.abs(deviations[:, :judged])
    if len(errors) < _SPREAD_NEEDS or not size.size:
        return deviations
    usual = np.maximum(np.quantile(size, _HELD), 1e-9)
    shares = np.minimum(_HELD * (len(errors) + 1) / len(errors), 1.0)
    wanted = np.maximum.accumulate(usual * np.clip(np.quantile(np.abs(errors), shares) / usual, *_STRETCH))
    return np.asarray(deviations * np.interp(np.abs(deviations), usual, wanted / usual))
