"""A table of a file as it is printed: headings, cells in words, and a row of totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.claims.hand_over_tables import Table
from reports.answers.shared.money import total
from reports.columns.value_form import CENTS
from reports.formats import day, money, number, rate
from reports.packs.cell_text import headings, in_words
from reports.translation import _p


@dataclass(frozen=True)
class PrintTable:
    """The cells of a table as text.

    Attributes:
        headings: of the columns.
        is_number: per column, whether its cells stand at the right.
        rows: cells, one per column.
        totals: cells below the rows, empty where a column has no total; empty for no totals.
    """

    headings: tuple[str, ...]
    is_number: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()


def print_table(table: Table, currency: str, columns: Sequence[str] | None = None) -> PrintTable:
    """Return a table as it is printed; a column that is empty throughout is left out, the CSV holds it.

    Args:
        table: with its rows.
        currency: of the amounts.
        columns: those to print; None: all.
    """
    names = [
        name for name in columns or table.rows.columns if table.rows[name].null_count() < table.rows.height
    ]
    rows = table.rows.select(names)
    kinds = rows.dtypes
    totals: tuple[str, ...] = ()
    if table.sums and rows.height > 1:
        totals = tuple(
            money(total(rows[name]), currency)
            if name in table.sums
            else (_p("row", "Total") if place == 0 else "")
            for place, name in enumerate(names)
        )
    return PrintTable(
        tuple(headings(names)),
        tuple(kind.is_numeric() for kind in kinds),
        tuple(
            tuple(_cell(value, kind, currency) for value, kind in zip(row, kinds, strict=True))
            for row in in_words(rows).iter_rows()
        ),
        totals,
    )


def _cell(value: Any, kind: pl.DataType, currency: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _p("word", "yes") if value else _p("word", "no")
    if isinstance(value, Decimal):
        if isinstance(kind, pl.Decimal) and kind.scale > CENTS:
            return rate(value, kind.scale)
        return money(value, currency)
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else str(value)
