"""The figures of a view: on its day, on the day it is compared with, and over the months up to its day."""

import polars as pl

from pages.parts.context import books
from pages.parts.context.view import View
from reports.answers.kpi import trend as kpi_trend


def on_day(view: View, **own: object) -> pl.DataFrame:
    """Return `kpi` on the day of the view; `own` are parameters of the query."""
    return books.ask("kpi", view, **own)


def on_compare_day(view: View, **own: object) -> pl.DataFrame | None:
    """Return `kpi` on the day that the view is compared with; None before the first day of the books."""
    return books.ask_then("kpi", view, **own)


def a_year_before(view: View, **own: object) -> pl.DataFrame | None:
    """Return `kpi` on the same day a year earlier; None before the first day of the books."""
    day = kpi_trend.year_before(view.as_of)
    first = books.ask("as_of_range").row(0, named=True)["first_date"]
    return books.ask("kpi", view, as_of=day, **own) if first is not None and day >= first else None


def trend(view: View, **own: object) -> pl.DataFrame:
    """Return the figures of every month end up to the day of the view, then those of the day itself."""
    return kpi_trend.with_day(books.ask("kpi_trend", view, **own), on_day(view, **own))
