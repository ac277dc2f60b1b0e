"""Interest for late payment by Dutch law, over what is left of a debt (art. 6:119, 6:119a and 6:119b BW).

Amounts are whole cents and days are `date.toordinal()`: exact, and fast enough for a whole ledger.

Interest runs from the day after the due date up to and including a day, over actual days of a year of 365,
rounded half up per stretch. A stretch ends where the rate changes, where something is paid, and at every
anniversary of the first day of default, from which the interest of the year before bears interest itself.
Interest agreed by contract may be simple: it has no anniversaries.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

import polars as pl

Whole = TypeVar("Whole", int, pl.Expr)

_DAYS_OF_A_YEAR = 365
_PERCENT_UNITS = 10**10  # a contractual rate has ten places
PER = _DAYS_OF_A_YEAR * 100 * _PERCENT_UNITS  # what cents x days x percent is divided by


@dataclass(frozen=True)
class Schedule:
    """The rates of interest over time.

    Attributes:
        starts: first day of each rate, rising; before the first one no interest is counted.
        percents: per year, in units of 10^-10 percent.
        is_compound: interest of a full year bears interest itself (6:119 lid 2); by contract it may not.
    """

    starts: tuple[int, ...]
    percents: tuple[int, ...]
    is_compound: bool = True


@dataclass(frozen=True)
class Period:
    """Interest over one stretch of days, the last one included."""

    first: int
    last: int
    percent: int
    base: int
    interest: int


@dataclass
class Part:
    """What falls due on one day of a debt, and what became of it so far.

    Attributes:
        due: day it falls due.
        principal: what is left of it.
        added: interest of whole years, which bears interest.
        running: interest of the year that runs.
        reached: last day interest was counted for.
    """

    due: int
    principal: int
    reached: int
    added: int = 0
    running: int = 0
    periods: list[Period] = field(default_factory=list)


def schedule(rates: Sequence[tuple[date, Decimal]]) -> Schedule:
    """Return the rates over time from (first day, percent), oldest first; equal neighbours are one."""
    changes = [
        (day.toordinal(), int(percent * _PERCENT_UNITS))
        for place, (day, percent) in enumerate(rates)
        if place == 0 or rates[place - 1][1] != percent
    ]
    return Schedule(tuple(day for day, _percent in changes), tuple(percent for _day, percent in changes))


def one_rate(percent: Decimal, *, is_compound: bool = True) -> Schedule:
    """Return the schedule of a rate agreed by contract: the same on every day."""
    return Schedule((1,), (int(percent * _PERCENT_UNITS),), is_compound)


def with_surcharge(rates: Schedule, percent: Decimal, *, is_compound: bool = True) -> Schedule:
    """Return rates with a surcharge agreed by contract on each of them; before the first there is none."""
    surcharge = int(percent * _PERCENT_UNITS)
    return Schedule(rates.starts, tuple(rate + surcharge for rate in rates.percents), is_compound)


def percent_on(rates: Schedule, day: int) -> int:
    """Return the rate that holds on a day, in units of 10^-10 percent; 0 before the first."""
    place = bisect_right(rates.starts, day) - 1
    return rates.percents[place] if place >= 0 else 0


def accrue(parts: Sequence[Part], day: int, rates: Schedule) -> None:
    """Count the interest on every part up to and including a day."""
    for part in parts:
        while part.reached < day:
            first = part.reached + 1
            place = bisect_right(rates.starts, first) - 1
            last = min(day, rates.starts[place + 1] - 1) if place + 1 < len(rates.starts) else day
            # A year holds 365 days at least: most of what is late never comes to one.
            if rates.is_compound and last - part.due >= _DAYS_OF_A_YEAR:
                last = min(last, _year_end(part.due, first))
            base = part.principal + part.added
            if base > 0:
                percent = rates.percents[place]
                interest = half_up(base * (last - part.reached) * percent, PER)
                part.running += interest
                part.periods.append(Period(first, last, percent, base, interest))
            part.reached = last
            is_year = rates.is_compound and last - part.due >= _DAYS_OF_A_YEAR
            if is_year and last == _year_end(part.due, last):
                part.added += part.running
                part.running = 0


def _year_end(due: int, day: int) -> int:
    """Return the last day of the year of default a day is in; years begin on anniversaries of the first."""
    start = date.fromordinal(due + 1)
    on = date.fromordinal(day)
    anniversary = _anniversary(start, on.year)
    return (_anniversary(start, on.year + 1) if anniversary <= on else anniversary).toordinal() - 1


def _anniversary(start: date, year: int) -> date:
    try:
        return start.replace(year=year)
    except ValueError:  # 29 February: the year is full after the 28th
        return date(year, 3, 1)


def half_up(numerator: Whole, denominator: int) -> Whole:
    """Divide whole numbers, or a column of them, that are not negative, a half away from zero."""
    return (2 * numerator + denominator) // (2 * denominator)
