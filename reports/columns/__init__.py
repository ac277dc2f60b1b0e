"""The dictionary of columns: one record per column that a query returns or a report computes.

Screens, exports and packs ask here how a column is headed, how its values are written and how wide it is.
What a column of a query means stands in the query's header, because the same name says a little more there;
the record of a column that only reports compute has its meaning itself.
"""

from collections.abc import Collection
from types import MappingProxyType

import polars as pl

from reports.codes import Table, fallback_label
from reports.columns.amounts import AMOUNTS
from reports.columns.column import ReportColumn
from reports.columns.compared import CHANGE, compared
from reports.columns.dates import DATES
from reports.columns.expectations import round_amounts
from reports.columns.kpis import KPIS
from reports.columns.measures import MEASURES
from reports.columns.texts import TEXTS
from reports.columns.value_form import ValueForm, value_form
from reports.formats import day
from reports.translation import _, _p

__all__ = [
    "COLUMNS",
    "KPIS",
    "ReportColumn",
    "ValueForm",
    "code_table",
    "expectations",
    "form",
    "heading",
    "heading_on",
    "record",
    "round_amounts",
    "short_heading",
    "short_headings",
]

COLUMNS: MappingProxyType[str, ReportColumn] = MappingProxyType(
    {**KPIS, **AMOUNTS, **MEASURES, **TEXTS, **DATES}
)


def record(name: str) -> ReportColumn | None:
    """Return what is known of a column; a figure compared with another day is written as on its own day."""
    then = compared(name)
    return COLUMNS.get(then.figure if then is not None else name)


def heading(name: str) -> str:
    """Return the heading of a column; of one without a record its name, made readable."""
    if (then := compared(name)) is not None:
        return heading_on(name, heading(then.figure))
    column = COLUMNS.get(name)
    return _unrecorded(name) if column is None else _p("column", column.heading)


def short_heading(name: str) -> str:
    """Return the heading of one word where a column has one, else its usual heading."""
    column = COLUMNS.get(name)  # of a comparison the heading names its day: there is no shorter
    return _p("column", column.short) if column is not None and column.short else heading(name)


def heading_on(name: str, words: str) -> str:
    """Return the heading of a figure with the day it is compared with, if `name` is of a comparison.

    Args:
        name: of the column.
        words: heading of the figure.
    """
    then = compared(name)
    if then is None:
        return words
    if then.part == CHANGE:
        return _("{column}, change since {day}", column=words, day=day(then.day))
    return _("{column} on {day}", column=words, day=day(then.day))


def short_headings(*names: str) -> dict[str, str]:
    """Return the short headings of these columns, by name."""
    return {name: short_heading(name) for name in names}


def form(name: str, kind: pl.DataType) -> ValueForm:
    """Return how the values of a column are written, given their type."""
    return value_form(record(name), kind)


def code_table(name: str) -> Table | None:
    """Return the table of words for the codes of a column; None for a column that holds no codes."""
    return COLUMNS[name].codes if name in COLUMNS else None


def expectations(rows: pl.DataFrame, more: Collection[str] = ()) -> list[str]:
    """Return the columns of amounts that are expectations.

    Args:
        rows: of a table.
        more: columns that are exact in other tables.
    """
    return [
        name
        for name, kind in rows.schema.items()
        if isinstance(kind, pl.Decimal)
        and (name in more or ((column := record(name)) is not None and column.is_expected))
    ]


def _unrecorded(name: str) -> str:
    """Return a heading for a column without a record; the tests replace this by a refusal."""
    return fallback_label(name)
