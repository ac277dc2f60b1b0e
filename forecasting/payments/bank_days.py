"""Days on which banks are closed, and the place of a day in its month."""

from dataclasses import dataclass
from functools import lru_cache

import holidays
import numpy as np

from forecasting.arrays import Bools, Ints, day_of, number

DAY_SORTS, PUBLIC = 5, 4
_SATURDAY = 5
_AT_WORK = {"Liberation Day"}  # of the public holidays, the one on which most firms work
# The first bank day on or after each of these days of the month is a zone: payment runs on the 10th, 15th ...
_USUAL_DAYS = (10, 15, 20, 25)


@dataclass(frozen=True)
class BankCalendar:
    """Weekday, holiday and place in the month of every day of a period; index: day number less `first`.

    Attributes:
        first: day number of the first day.
        weekday: 0 Monday to 6 Sunday, shape (days,).
        is_holiday: TARGET is closed on a weekday, shape (days,).
        kind: 0 a bank day, 1 a Saturday, 2 a Sunday, 3 a TARGET holiday, 4 a Dutch public holiday on which
            banks are open, shape (days,).
        is_closed: a Saturday, a Sunday or a TARGET holiday, shape (days,).
        zone: place of a bank day in its month, 0 to 8: the first, second or third, the first on or after the
            10th, 15th, 20th and 25th, the last and the two before it, and (0) any other; shape (days,).
    """

    first: int
    weekday: Ints
    is_holiday: Bools
    is_closed: Bools
    zone: Ints
    kind: Ints

    def at(self, days: Ints) -> Ints:
        """Return the positions of day numbers in the arrays."""
        return days - self.first

    def place(self, day: int) -> int:
        """Return the position of one day number in the arrays."""
        return int(day) - self.first

    def next_open(self, day: int) -> int:
        """Return a day number if banks are open, otherwise the next day on which they are."""
        while 0 <= self.place(day) < self.span and self.is_closed[self.place(day)]:
            day += 1
        return day

    @property
    def span(self) -> int:
        """Number of days."""
        return len(self.weekday)


@lru_cache(maxsize=16)
def calendar(first: int, last: int) -> BankCalendar:
    """Return the calendar of the days `first` to `last`, day numbers, both included.

    Source: the ECB's TARGET closing days and the Dutch public holidays, as the package `holidays` holds them
    (market XECB, country NL).
    """
    days = np.arange(first, last + 1)
    weekday = (days + 3) % 7  # 1970-01-01 was a Thursday
    years = range(day_of(first).year, day_of(last).year + 1)
    closed_days = [number(day) for day in holidays.financial_holidays("XECB", years=years)]
    is_holiday = np.isin(days, closed_days) & (weekday < _SATURDAY)
    is_closed = is_holiday | (weekday >= _SATURDAY)
    public = [
        number(day)
        for day, name in holidays.country_holidays("NL", years=years, language="en_US").items()
        if name not in _AT_WORK
    ]
    kind = np.where(weekday >= _SATURDAY, weekday - _SATURDAY + 1, 0)
    kind = np.where(np.isin(days, public) & (kind == 0), PUBLIC, kind)
    kind = np.where(is_holiday, 3, kind)
    return BankCalendar(first, weekday, is_holiday, is_closed, _zones(days, is_closed), kind)


def _zones(days: Ints, is_closed: Bools) -> Ints:
    """Return the zone of every day; the first and last month of the period may be incomplete."""
    stamps = days.astype("datetime64[D]")
    month = stamps.astype("datetime64[M]")
    in_month = (stamps - month.astype("datetime64[D]")).astype(np.int64) + 1
    bank = np.flatnonzero(~is_closed)
    starts = np.r_[True, month[bank][1:] != month[bank][:-1]]
    group = np.cumsum(starts) - 1
    rank = np.arange(len(bank)) - np.flatnonzero(starts)[group]
    left = np.bincount(group)[group] - 1 - rank
    day = in_month[bank]
    day_before = np.where(starts, 0, np.r_[0, day[:-1]])
    zone = np.zeros(len(bank), dtype=np.int64)
    zone[rank == 0] = 1
    zone[(rank == 1) | (rank == 2)] = 2  # noqa: PLR2004 - second and third
    for place, usual in enumerate(_USUAL_DAYS, start=3):
        zone[(day >= usual) & (day_before < usual)] = place
    zone[left == 0] = 7
    zone[(left == 1) | (left == 2)] = 8  # noqa: PLR2004 - the two before the last
    zones = np.zeros(len(days), dtype=np.int64)
    zones[bank] = zone
    return zones
