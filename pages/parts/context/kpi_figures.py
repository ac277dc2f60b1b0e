"""The figures of a view: on its day, on the day it is compared with, and over the months up to its day.

Money on account is negative in the books, because it is owed back; as a figure it rises when there is more of
it. So screens and their files take their figures from here, with that money above zero.
"""

import polars as pl

from pages.parts.context import books
from pages.parts.context.view import View
from reports.answers.kpi import targets as kpi_targets
from reports.answers.kpi import trend as kpi_trend
from reports.answers.kpi.trend import money_above_zero


def on_day(view: View, **own: object) -> pl.DataFrame:
    """Return `kpi` on the day of the view; `own` are parameters of the query."""
    return money_above_zero(books.ask("kpi", view, **own))


def on_compare_day(view: View, **own: object) -> pl.DataFrame | None:
    """Return `kpi` on the day that the view is compared with; None before the first day of the books."""
    then = books.ask_then("kpi", view, **own)
    return None if then is None else money_above_zero(then)


def a_year_before(view: View, **own: object) -> pl.DataFrame | None:
    """Return `kpi` on the same day a year earlier; None before the first day of the books."""
    day = kpi_trend.year_before(view.as_of)
    first = books.ask("as_of_range").row(0, named=True)["first_date"]
    return on_day(view, as_of=day, **own) if first is not None and day >= first else None


def trend(view: View, **own: object) -> pl.DataFrame:
    """Return the figures of every month end up to the day of the view, then those of the day itself."""
    return kpi_trend.with_day(money_above_zero(books.ask("kpi_trend", view, **own)), on_day(view, **own))


def targets(view: View) -> kpi_targets.Targets:
    """Return the targets that hold for the figures of the view."""
    is_part = view.currency is not None or view.segment is not None
    return kpi_targets.targets(books.ask("settings", view), view.entity, is_part=is_part)


def has_targets(view: View) -> bool:
    """Return whether any target is set, also one that does not hold for the view."""
    return kpi_targets.are_set(books.ask("settings", view))


def customers(view: View) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """Return `kpi_customers` on the day of the view and on the day that it is compared with."""
    now, then = books.ask("kpi_customers", view), books.ask_then("kpi_customers", view)
    return money_above_zero(now), None if then is None else money_above_zero(then)
