"""How one cell of a table is written, by the form of its column's values."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl

from reports import columns, language
from reports.columns.value_form import CENTS


def writer(
    name: str, kind: pl.DataType, currency: str, *, is_expected: bool = False
) -> Callable[[Any], str] | None:
    """Return a function that writes the cells of a column; None where they are text.

    Args:
        name: of the column.
        kind: type of its values.
        currency: of amounts.
        is_expected: they are expectations.
    """
    places = kind.scale if isinstance(kind, pl.Decimal) else CENTS
    writers: dict[columns.ValueForm, Callable[[Any], str]] = {
        "money": lambda value: (
            language.about(Decimal(value), currency)
            if is_expected
            else language.money(Decimal(value), currency)
        ),
        "control total": lambda value: language.number(Decimal(value), CENTS),
        "rate": lambda value: language.rate(Decimal(value), places),
        "share": language.percent,
        "chance": language.chance_short,
        "number": lambda value: language.number(value, 1),
        "count": lambda value: language.number(int(value)),
        "day": lambda value: language.day(_as_date(value)),
    }
    write = writers.get(columns.form(name, kind))
    return None if write is None else lambda value: _written(value, write)


def _written(value: Any, write: Callable[[Any], str]) -> str:
    return "" if value is None or value is pd.NaT or value != value else write(value)  # noqa: PLR0124 - NaN


def _as_date(value: Any) -> date:
    return value.date() if isinstance(value, pd.Timestamp) else value
