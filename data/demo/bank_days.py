"""The demo company's calendar: bank days, billing days, and the days on which customers pay.

A day is a whole number: days since 1970-01-01.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import holidays
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

EPOCH = date(1970, 1, 1)
NEVER = 10_000_000
"""A day that does not come."""

HISTORY_YEARS = 3
DAILY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, MONTH_END, TWICE_MONTHLY, THURSDAY_AND_MONTH_END = range(
    9
)
_BEFORE, _AFTER = 60, 800
_SATURDAY = 5
_MID_MONTH = 15


def number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def calendar_day(day: int) -> date:
    """Return the date of a day number."""
    return EPOCH + timedelta(days=int(day))


def years_before(day: date, years: int) -> date:
    """Return the same day some years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def random_stream(seed: int, part: str) -> np.random.Generator:
    """Return the random stream of one part, so that a change in one part leaves the others alone."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *part.encode()])))


@dataclass(frozen=True)
class Calendar:
    """Lookup tables over the history and what follows it.

    Attributes:
        start, as_of: first and last day of the history.
        base: day number of the tables' first entry.
        weekday, month, year, day_of_year: per day; Monday is 0, January is 1.
        bank_day: per day, whether payments are booked (TARGET).
        billing_day: per day, whether the office works (bank days that are no Dutch holiday).
        following, preceding: per kind of pay run and day, the next run on or after it, the last on or before.
    """

    start: int
    as_of: int
    base: int
    weekday: Ints
    month: Ints
    year: Ints
    day_of_year: Ints
    bank_day: Bools
    billing_day: Bools
    following: Ints
    preceding: Ints

    def position(self, day: Ints) -> Ints:
        """Return the table position of each day; days beyond the table stand on its last entry."""
        return np.clip(day - self.base, 0, len(self.weekday) - 1)

    def next_run(self, kind: Ints | int, day: Ints) -> Ints:
        """Return the first pay run on or after each day."""
        run: Ints = self.following[kind, self.position(day)]
        return run

    def previous_run(self, kind: Ints | int, day: Ints) -> Ints:
        """Return the last pay run on or before each day."""
        run: Ints = self.preceding[kind, self.position(day)]
        return run

    def next_bank_day(self, day: Ints) -> Ints:
        """Return the first bank day on or after each day."""
        return self.next_run(DAILY, day)


def make_calendar(as_of: date) -> Calendar:
    """Build the calendar of a company whose history ends on `as_of`."""
    start = number(years_before(as_of, HISTORY_YEARS)) + 1
    base = start - _BEFORE
    days = np.arange(base, number(as_of) + _AFTER, dtype=np.int64)
    stamps = days.astype("datetime64[D]")
    year_start = stamps.astype("datetime64[Y]")
    year = year_start.astype(np.int64) + EPOCH.year
    month = stamps.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day_of_month = (stamps - stamps.astype("datetime64[M]")).astype(np.int64) + 1
    weekday = (days + EPOCH.weekday()) % 7
    span = range(int(year[0]), int(year[-1]) + 1)
    closed_banks = [number(day) for day in holidays.financial_holidays("XECB", years=span)]
    closed_offices = [number(day) for day in holidays.country_holidays("NL", years=span)]
    bank_day = (weekday < _SATURDAY) & ~np.isin(days, closed_banks)
    runs = _run_days(days, weekday, month, day_of_month, bank_day)
    return Calendar(
        start=start,
        as_of=number(as_of),
        base=base,
        weekday=weekday,
        month=month,
        year=year,
        day_of_year=(stamps - year_start).astype(np.int64) + 1,
        bank_day=bank_day,
        billing_day=bank_day & ~np.isin(days, closed_offices),
        following=np.stack([_following(days, run) for run in runs]),
        preceding=np.stack([_preceding(days, run) for run in runs]),
    )


def _run_days(days: Ints, weekday: Ints, month: Ints, day_of_month: Ints, bank_day: Bools) -> list[Bools]:
    """Return the days of each kind of pay run, in the order of the constants above."""
    next_bank = _following(days, bank_day)
    last_of_month = np.zeros(len(days), dtype=np.bool_)
    position = np.flatnonzero(bank_day)
    last_of_month[position[:-1]] = month[position[:-1]] != month[position[1:]]

    def rolled(wanted: Bools) -> Bools:
        # A run that falls on a holiday is paid on the next bank day.
        return np.isin(days, next_bank[wanted])

    weekly = [rolled(weekday == day) for day in range(5)]
    twice = last_of_month | rolled(day_of_month == _MID_MONTH)
    return [bank_day, *weekly, last_of_month, twice, weekly[3] | last_of_month]


def _following(days: Ints, wanted: Bools) -> Ints:
    marked = np.where(wanted, days, NEVER)
    return np.minimum.accumulate(marked[::-1])[::-1]


def _preceding(days: Ints, wanted: Bools) -> Ints:
    marked = np.where(wanted, days, days[0])
    return np.maximum.accumulate(marked)
