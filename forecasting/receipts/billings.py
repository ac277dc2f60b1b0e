"""The billings of the coming weeks: simple means, the calendar, last year's weeks and smoothing, combined.

Each method is weighted by how it would have done on this ledger's own past weeks.
"""

from dataclasses import dataclass, field

import numpy as np

from forecasting.arrays import Floats
from forecasting.payments.bank_days import BankCalendar
from forecasting.payments.documents import Documents, sum_by_cell

WEEK = 7
_NEAR_WEEKS, _NEAR, _HALF, _YEAR = 4, 8, 26, 52  # weeks
WEEKS_AHEAD = 13
_REFIT = 91
_CALENDAR_NEEDS = 26  # weeks of history before kinds of billing days are distinguished
_SMOOTHING_NEEDS = 104
_YEARS = (52, 104)  # weeks back: one year, two
_AROUND = 2
_LOOK_BACK = 26  # earlier weeks whose billing forecasts are compared with the billings that followed
_FEWEST = 8
_RIDGE = 1e-3
_SHARP = 4  # power of the errors in the weights
_SMALL = 1e-9
USUAL = "means"


@dataclass
class Billings:
    """A ledger's billings per day, and forecasts of them from any of its days.

    Attributes:
        daily: billings per day from `first`, less credit notes, shape (days,).
        first: day number of the first document.
        calendar: covers the history and the weeks ahead.
    """

    daily: Floats
    first: int
    calendar: BankCalendar
    _fits: dict[int, Floats | None] = field(default_factory=dict)
    _smoothing: dict[int, float | None] = field(default_factory=dict)
    _candidates: dict[tuple[int, int], dict[str, Floats]] = field(default_factory=dict)

    def forecast(self, origin: int, weeks: int) -> Floats:
        """Return billings expected per week after the end of a day, shape (weeks,); 0 without history.

        The candidates are weighted by their errors on past weeks: half the error, sixteen times the weight.
        Choosing only the best one would too often choose a lucky one.

        Source: Bates & Granger (1969), Operational Research Quarterly 20:451-468 (combining forecasts).
        """
        candidates = self.candidates(origin, max(weeks, WEEKS_AHEAD))
        level = candidates[USUAL].copy()
        errors = self._errors(origin)
        for place, span in enumerate((slice(0, _NEAR_WEEKS), slice(_NEAR_WEEKS, None))):
            error_of = {name: error[place] for name, error in errors.items() if name in candidates}
            if error_of:
                least = max(min(error_of.values()), _SMALL)
                weights = {name: (least / max(error, _SMALL)) ** _SHARP for name, error in error_of.items()}
                combined = sum(weight * candidates[name][span] for name, weight in weights.items())
                level[span] = combined / sum(weights.values())
        return level[:weeks]

    def weekly_billings(self, origin: int, until: int, weeks: int) -> Floats:
        """Return billings per week after a day, shape (weeks,); NaN for weeks not over by `until`."""
        at = origin + 1 - self.first
        days = self.daily[max(at, 0) : at + weeks * WEEK]
        padded = np.zeros(weeks * WEEK)
        padded[: len(days)] = days
        weekly = padded.reshape(weeks, WEEK).sum(axis=1)
        return np.where(origin + WEEK * np.arange(1, weeks + 1) <= until, weekly, np.nan)

    def candidates(self, origin: int, weeks: int) -> dict[str, Floats]:
        """Return per method the billings of the weeks after a day, from the billings up to then.

        `means`: of 8 weeks for the first four, of 26 after; `half_year`, `year`: means of 26, 52;
        `calendar`: the half year's level times what each coming week's days usually bill; `calendar_year`:
        the same with the year's level; `last_year`: the half year's level times the course of the same weeks
        in earlier years, shrunk;
        `smoothed`: single exponential smoothing of the level.
        """
        if (origin, weeks) not in self._candidates:
            self._candidates[origin, weeks] = self._new_candidates(origin, weeks)
        return self._candidates[origin, weeks]

    def _new_candidates(self, origin: int, weeks: int) -> dict[str, Floats]:
        weekly = self._weekly(self.daily, origin)
        weeks_known = len(weekly)
        near = weekly[-_NEAR:].mean() if weeks_known else 0.0
        half = weekly[-_HALF:].mean() if weeks_known else 0.0
        candidates = {
            USUAL: np.where(np.arange(weeks) < _NEAR_WEEKS, near, half),
            "half_year": np.full(weeks, half),
        }
        if weeks_known >= _YEAR:
            candidates["year"] = np.full(weeks, weekly[-_YEAR:].mean())
        shape = self._shape(origin, weeks)
        if shape is None:
            return candidates
        past, ahead = shape
        level = weekly / np.maximum(past, 1e-9)
        candidates["calendar"] = ahead * (weekly[-_HALF:].sum() / max(past[-_HALF:].sum(), 1e-9))
        if weeks_known >= _YEAR:
            candidates["calendar_year"] = ahead * (weekly[-_YEAR:].sum() / max(past[-_YEAR:].sum(), 1e-9))
        if weeks_known >= _YEARS[0] + _HALF + _AROUND:
            candidates["last_year"] = ahead * level[-_HALF:].mean() * _course(level, weeks)
        alpha = self._alpha(origin) if weeks_known >= _SMOOTHING_NEEDS else None
        if alpha is not None:
            level_now = level[0]
            for value in level[1:]:
                level_now += alpha * (value - level_now)
            candidates["smoothed"] = ahead * level_now
        return candidates

    def _errors(self, origin: int) -> dict[str, tuple[float, float]]:
        """Return per method its error over weeks 1-4 and 5-13 of earlier forecasts, as far as known."""
        sums: dict[str, np.ndarray] = {}
        days_counted = 0
        for back in range(1, _LOOK_BACK + 1):
            day = origin - WEEK * back
            if day - self.first + 1 < _HALF * WEEK:
                break
            billed = self.weekly_billings(day, origin, WEEKS_AHEAD)
            errors_of = {
                name: np.nan_to_num(np.abs(forecast - billed))
                for name, forecast in self.candidates(day, WEEKS_AHEAD).items()
            }
            days_counted += 1
            for name, errors in errors_of.items():
                totals = np.array([errors[:_NEAR_WEEKS].sum(), errors[_NEAR_WEEKS:].sum(), 1.0])
                sums[name] = sums.get(name, np.zeros(3)) + totals
        if days_counted < _FEWEST:
            return {}
        # Only methods that had a forecast on every one of the days are compared.
        return {
            name: (float(near), float(far))
            for name, (near, far, days) in sums.items()
            if days == days_counted
        }

    def _weekly(self, daily: Floats, origin: int) -> Floats:
        """Return sums of whole weeks up to the end of a day, oldest first."""
        known = daily[: max(origin - self.first + 1, 0)]
        return np.asarray(known[len(known) % WEEK :].reshape(-1, WEEK).sum(axis=1))

    def _shape(self, origin: int, weeks: int) -> tuple[Floats, Floats] | None:
        """Return the usual billings of past and coming weeks by their kinds of days, in days of the mean."""
        fitted = self._fit(origin - origin % _REFIT)
        if fitted is None:
            return None
        days = origin - self.first + 1
        usual = np.exp(self._days(days + weeks * WEEK) @ fitted)
        return self._weekly(usual, origin), usual[days:].reshape(weeks, WEEK).sum(axis=1)

    def _fit(self, day: int) -> Floats | None:
        """Return the log billings per kind of day, fitted on the days up to one; None with too few.

        Source: Wooldridge (1999), J. Econometrics 90:77-97 (Poisson quasi-likelihood of amounts);
        statsmodels `GLM` with `Poisson`, ridge for kinds of days on which nothing is billed.
        """
        if day not in self._fits:
            self._fits[day] = self._day_effects(day)
        return self._fits[day]

    def _day_effects(self, day: int) -> Floats | None:
        daily = np.maximum(self.daily[: max(day - self.first + 1, 0)], 0.0)
        if len(daily) < _CALENDAR_NEEDS * WEEK or not daily.any():
            return None
        # These imports cost a second, so they happen only where something is fitted.
        from statsmodels.genmod.families import Poisson  # noqa: PLC0415
        from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415

        days = self._days(len(daily))
        varies = np.r_[True, days[:, 1:].std(axis=0) > 0]
        model = GLM(daily / daily.mean(), days[:, varies], family=Poisson())
        effects = np.zeros(days.shape[1])
        effects[varies] = model.fit_regularized(alpha=_RIDGE, L1_wt=0).params
        return effects if np.isfinite(effects).all() else None

    def _alpha(self, origin: int) -> float | None:
        """Return the smoothing factor of the level, fitted once a quarter.

        Source: Hyndman et al. (2008), ETS(A,N,N); statsmodels `SimpleExpSmoothing`.
        """
        day = origin - origin % _REFIT
        if day not in self._smoothing:
            from statsmodels.tsa.holtwinters import SimpleExpSmoothing  # noqa: PLC0415 - costs a second

            shape = self._shape(day, 1)
            self._smoothing[day] = None
            if shape is not None:
                level = self._weekly(self.daily, day) / np.maximum(shape[0], 1e-9)
                # Identical weeks are fitted without error, and the fit takes the logarithm of that error.
                with np.errstate(divide="ignore"):
                    fitted = SimpleExpSmoothing(level, initialization_method="heuristic").fit()
                alpha = float(fitted.params["smoothing_level"])
                self._smoothing[day] = alpha if np.isfinite(alpha) else None
        return self._smoothing[day]

    def _days(self, count: int) -> Floats:
        """Return the kind of each of the first days: weekday, bank holiday, place in the month."""
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
    """Return the ratio of earlier years' weeks to the half year before them, shrunk to 1; shape (weeks,)."""
    course = np.ones(weeks)
    for week in range(weeks):
        ratios = []
        for back in _YEARS:
            position = len(level) + week % _YEAR - back
            before = len(level) - back
            if before >= _HALF and position >= _AROUND and position + _AROUND < len(level):
                usual = level[before - _HALF : before].mean()
                if usual > 0:
                    ratios.append(level[position - _AROUND : position + _AROUND + 1].mean() / usual)
        if ratios:
            course[week] = 1 + len(ratios) / (len(ratios) + 1) * (np.mean(ratios) - 1)
    return course


def billings_of(documents: Documents, calendar: BankCalendar, as_of: int) -> Billings:
    """Return the billings per day of documents up to a day."""
    first = int(documents.issued.min()) if documents.count else as_of
    known = documents.issued <= as_of
    daily = sum_by_cell(documents.issued[known] - first, documents.amount[known], as_of - first + 1)
    return Billings(daily, first, calendar)
