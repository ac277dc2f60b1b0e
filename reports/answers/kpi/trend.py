"""Figures over their months: those of each month end, then those of the day of the screen."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from reports.answers.shared.comparison import comparison_day


@dataclass(frozen=True)
class Baseline:
    """What the last value of a figure is compared with.

    Attributes:
        day: that it is of.
        value: of the figure.
        is_year: whether that is the same day a year before the last; else the first day known within it.
    """

    day: date
    value: float | Decimal
    is_year: bool


def with_day(month_ends: pl.DataFrame, day: pl.DataFrame) -> pl.DataFrame:
    """Return the figures of month ends, then those of a day, which may be the last of them.

    Args:
        month_ends: `kpi_trend` up to the day.
        day: `kpi` on the day.
    """
    return pl.concat([month_ends.filter(pl.col("as_of") < last_day(day)), day])


def money_above_zero(figures: pl.DataFrame) -> pl.DataFrame:
    """Return rows of figures with money on account above 0: it rises when there is more of it."""
    return figures.with_columns(-pl.col("unapplied")) if "unapplied" in figures.columns else figures


def year_before(day: date) -> date:
    """Return the same day a year before: a month end for a month end."""
    return comparison_day(day, "year")


def last_day(trend: pl.DataFrame) -> date:
    """Return the last day of a trend."""
    last: date = trend.sort("as_of")["as_of"][-1]
    return last


def last_value(trend: pl.DataFrame, column: str) -> float | Decimal | None:
    """Return a figure on the last day of a trend; None if it is not known on that day."""
    value: float | Decimal | None = None if trend.is_empty() else trend.sort("as_of")[column][-1]
    return value


def baseline(trend: pl.DataFrame, column: str, before: pl.DataFrame | None = None) -> Baseline | None:
    """Return what the last value of a figure is compared with; None where nothing earlier is known.

    Args:
        trend: of `with_day`, any order.
        column: one of `columns.KPIS`.
        before: `kpi` on the same day a year before; None where the books do not go back to it.
    """
    if trend.is_empty():
        return None
    last = last_day(trend)
    year = year_before(last)
    days = trend if before is None else pl.concat([before.select("as_of", column), trend], how="diagonal")
    earlier = days.filter(pl.col("as_of").is_between(year, last, closed="left")).drop_nulls(column)
    if earlier.is_empty():
        return None
    first = earlier.sort("as_of").row(0, named=True)
    return Baseline(first["as_of"], first[column], first["as_of"] == year)
