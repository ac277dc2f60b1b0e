"""How much will be billed per coming week: simple means, the calendar, last year's weeks, smoothing.

How much each of them counts is decided by how it would have done on this ledger's own past weeks.
"""

from dataclasses import dataclass, field

import numpy as np

from forecasting.arrays import Floats
from forecasting.payments.bank_days import Calendar
from forecasting.payments.documents import Documents, summed

WEEK = 7
_NEAR_WEEKS, _NEAR, _HALF, _YEAR = 4, 8, 26, 52  # weeks
LOOKED_AHEAD = 13
_REFIT = 91
_CALENDAR_NEEDS = 26  # weeks of history before billing days are told apart
_SMOOTHING_NEEDS = 104
_YEARS = (52, 104)  # weeks back: one year, two
_AROUND = 2
_LOOK_BACK = 26  # earlier weeks whose billing forecasts are held against what was billed
_FEWEST = 8
_RIDGE = 1e-3
_SHARP = 4  # power of the errors in the weights
_SMALL = 1e-9
USUAL = "means"


@dataclass
class Billings:
    """A ledger's billings per day, asked for the coming weeks from any of its days.

    Attributes:
        daily: billed per day from `first`, credit notes deducted, shape (days,).
        first: day number of the first document.
        calendar: covers the history and the weeks ahead.
    """

    daily: Floats
    first: int
    calendar: Calendar
    _fits: dict[int, Floats | None] = field(default_factory=dict)
    _smoothing: dict[int, float | None] = field(default_factory=dict)
    _candidates: dict[tuple[int, int], dict[str, Floats]] = field(default_factory=dict)

    def expected(self, origin: int, weeks: int) -> Floats:
        """Return billings expected per week after the end of a day, shape (weeks,); 0 without history.

        The candidates count as they would have done on the past weeks: half the error, sixteen times the
        weight. One alone, the best so far, is too often only lucky.

        Source: Bates & Granger (1969), Operational Research Quarterly 20:451-468 (combining forecasts).
        """
        found = self.candidates(origin, max(weeks, LOOKED_AHEAD))
        level = found[USUAL].copy()
        errors = self._errors(origin)
        for place, span in enumerate((slice(0, _NEAR_WEEKS), slice(_NEAR_WEEKS, None))):
            known = {name: error[place] for name, error in errors.items() if name in found}
            if known:
                least = max(min(known.values()), _SMALL)
                weights = {name: (least / max(error, _SMALL)) ** _SHARP for name, error in known.items()}
                mixed = sum(weight * found[name][span] for name, weight in weights.items())
                level[span] = mixed / sum(weights.values())
        return level[:weeks]

    def billed(self, origin: int, until: int, weeks: int) -> Floats:
        """Return what was billed per week after a day, shape (weeks,); NaN for weeks not over by `until`."""
        at = origin + 1 - self.first
        days = self.daily[max(at, 0) : at + weeks * WEEK]
        padded = np.zeros(weeks * WEEK)
        padded[: len(days)] = days
        weekly = padded.reshape(weeks, WEEK).sum(axis=1)
        return np.where(origin + WEEK * np.arange(1, weeks + 1) <= until, weekly, np.nan)

    def candidates(self, origin: int, weeks: int) -> dict[str, Floats]:
        """Return per method the billings of the weeks after a day, from what was billed by then.

        `means`: of 8 weeks for the first four, of 26 after; `half_year`, `year`: means of 26, 52;
        `calendar`: the half year's level on what each coming week's days usually bill; `calendar_year`:
        the year's; `last_year`: the half year's with the course of earlier years' weeks, shrunk;
        `smoothed`: single exponential smoothing of the level.
        """
        if (origin, weeks) not in self._candidates:
            self._candidates[origin, weeks] = self._made(origin, weeks)
        return self._candidates[origin, weeks]

    def _made(self, origin: int, weeks: int) -> dict[str, Floats]:
        weekly = self._weekly(self.daily, origin)
        known = len(weekly)
        near = weekly[-_NEAR:].mean() if known else 0.0
        half = weekly[-_HALF:].mean() if known else 0.0
        found = {
            USUAL: np.where(np.arange(weeks) < _NEAR_WEEKS, near, half),
            "half_year": np.full(weeks, half),
        }
        if known >= _YEAR:
            found["year"] = np.full(weeks, weekly[-_YEAR:].mean())
        shape = self._shape(origin, weeks)
        if shape is None:
            return found
        past, ahead = shape
        level = weekly / np.maximum(past, 1e-9)
        found["calendar"] = ahead * (weekly[-_HALF:].sum() / max(past[-_HALF:].sum(), 1e-9))
        if known >= _YEAR:
            found["calendar_year"] = ahead * (weekly[-_YEAR:].sum() / max(past[-_YEAR:].sum(), 1e-9))
        if known >= _YEARS[0] + _HALF + _AROUND:
            found["last_year"] = ahead * level[-_HALF:].mean() * _course(level, weeks)
        alpha = self._alpha(origin) if known >= _SMOOTHING_NEEDS else None
        if alpha is not None:
            smoothed = level[0]
            for value in level[1:]:
                smoothed += alpha * (value - smoothed)
            found["smoothed"] = ahead * smoothed
        return found

    def _errors(self, origin: int) -> dict[str, tuple[float, float]]:
        """Return per method its error over weeks 1-4 and 5-13 of earlier forecasts, as far as known."""
        sums: dict[str, np.ndarray] = {}
        counted = 0
        for back in range(1, _LOOK_BACK + 1):
            day = origin - WEEK * back
            if day - self.first + 1 < _HALF * WEEK:
                break
            came = self.billed(day, origin, LOOKED_AHEAD)
            off = {
                name: np.nan_to_num(np.abs(said - came))
                for name, said in self.candidates(day, LOOKED_AHEAD).items()
            }
            counted += 1
            for name, errors in off.items():
                both = np.array([errors[:_NEAR_WEEKS].sum(), errors[_NEAR_WEEKS:].sum(), 1.0])
                sums[name] = sums.get(name, np.zeros(3)) + both
        if counted < _FEWEST:
            return {}
        # Only methods that could be asked on every one of the days are held against each other.
        return {
            name: (float(near), float(far)) for name, (near, far, times) in sums.items() if times == counted
        }

    def _weekly(self, daily: Floats, origin: int) -> Floats:
        """Return sums of whole weeks up to the end of a day, oldest first."""
        known = daily[: max(origin - self.first + 1, 0)]
        return np.asarray(known[len(known) % WEEK :].reshape(-1, WEEK).sum(axis=1))

    def _shape(self, origin: int, weeks: int) -> tuple[Floats, Floats] | None:
        """Return what the days of past and coming weeks usually bill, as multiples of a day's mean."""
        fitted = self._fit(origin - origin % _REFIT)
        if fitted is None:
            return None
        days = origin - self.first + 1
        usual = np.exp(self._days(days + weeks * WEEK) @ fitted)
        return self._weekly(usual, origin), usual[days:].reshape(weeks, WEEK).sum(axis=1)

    def _fit(self, day: int) -> Floats | None:
        """Return the logarithm of what kinds of days bill, from the days up to one; None with too few.

        Source: Wooldridge (1999), J. Econometrics 90:77-97 (Poisson quasi-likelihood of amounts);
        statsmodels `GLM` with `Poisson`, ridge for kinds of days on which nothing is billed.
        """
        if day not in self._fits:
            self._fits[day] = self._fitted(day)
        return self._fits[day]

    def _fitted(self, day: int) -> Floats | None:
        billed = np.maximum(self.daily[: max(day - self.first + 1, 0)], 0.0)
        if len(billed) < _CALENDAR_NEEDS * WEEK or not billed.any():
            return None
        # They cost a second: only where something is fitted.
        from statsmodels.genmod.families import Poisson  # noqa: PLC0415
        from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415

        days = self._days(len(billed))
        kept = np.r_[True, days[:, 1:].std(axis=0) > 0]
        model = GLM(billed / billed.mean(), days[:, kept], family=Poisson())
        found = np.zeros(days.shape[1])
        found[kept] = model.fit_regularized(alpha=_RIDGE, L1_wt=0).params
        return found if np.isfinite(found).all() else None

    def _alpha(self, origin: int) -> float | None:
        """Return how fast the level is smoothed, fitted once a quarter.

        Source: Hyndman et al. (2008), ETS(A,N,N); statsmodels `SimpleExpSmoothing`.
        """
        day = origin - origin % _REFIT
        if day not in self._smoothing:
            from statsmodels.tsa.holtwinters import SimpleExpSmoothing  # noqa: PLC0415 - costs a second

            shape = self._shape(day, 1)
            self._smoothing[day] = None
            if shape is not None:
                level = self._weekly(self.daily, day) / np.maximum(shape[0], 1e-9)
                # Weeks that are all alike are fitted without error, and its logarithm is asked for.
                with np.errstate(divide="ignore"):
                    fitted = SimpleExpSmoothing(level, initialization_method="heuristic").fit()
                alpha = float(fitted.params["smoothing_level"])
                self._smoothing[day] = alpha if np.isfinite(alpha) else None
        return self._smoothing[day]

    def _days(self, count: int) -> Floats:
        """Return what kind of day each of the first is: weekday, bank holiday, place in the month."""
        at = slice(self.calendar.place(self.first), self.calendar.place(self.first) + count)
        weekday, zone = self.calendar.weekday[at], self.calendar.zone[at]
        columns = [
            np.ones(count),
            *(weekday == number for number in range(1, WEEK)),
            self.calendar.is_holiday[at],
            *(zone == number for number in range(1, 9)),
        ]
        return np.column_stack(columns).astype(np.float64)


def _course(level: Floats, weeks: int) -> Floats:
    """Return how earlier years' weeks stood against the half year before, shrunk to 1; shape (weeks,)."""
    course = np.ones(weeks)
    for week in range(weeks):
        seen = []
        for back in _YEARS:
            at = len(level) + week % _YEAR - back
            before = len(level) - back
            if before >= _HALF and at >= _AROUND and at + _AROUND < len(level):
                usual = level[before - _HALF : before].mean()
                if usual > 0:
                    seen.append(level[at - _AROUND : at + _AROUND + 1].mean() / usual)
        if seen:
            course[week] = 1 + len(seen) / (len(seen) + 1) * (np.mean(seen) - 1)
    return course


def billings_of(documents: Documents, calendar: Calendar, as_of: int) -> Billings:
    """Return the billings per day of documents up to a day."""
    first = int(documents.issued.min()) if documents.count else as_of
    known = documents.issued <= as_of
    daily = summed(documents.issued[known] - first, documents.amount[known], as_of - first + 1)
    return Billings(daily, first, calendar)
