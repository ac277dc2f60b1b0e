"""How one cell of a table is written, by what its column holds."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl

from reports import language
from reports.packs.cell_text import is_control_total, is_share

_CENTS = 2


def writer(name: str, kind: pl.DataType, currency: str) -> Callable[[Any], str] | None:
    """Return how the cells of a column are written; None where they are text.

    Args:
        name: of the column.
        kind: of its values.
        currency: of amounts.
    """
    write = _write(name, kind, currency)
    return None if write is None else lambda value: _written(value, write)


def _write(name: str, kind: pl.DataType, currency: str) -> Callable[[Any], str] | None:
    if isinstance(kind, pl.Decimal):
        return _amount(name, kind.scale, currency)
    if kind == pl.Date:
        return lambda value: language.day(_as_date(value))
    if kind.is_float():
        return language.percent if is_share(name) else lambda value: language.number(value, 1)
    if kind.is_integer():
        return lambda value: language.number(int(value))
    return None


def _amount(name: str, scale: int, currency: str) -> Callable[[Any], str]:
    if is_control_total(name):
        return lambda value: language.number(Decimal(value), _CENTS)
    if scale > _CENTS:  # a rate of exchange
        return lambda value: language.number(Decimal(value), scale).rstrip("0").rstrip(",.")
    return lambda value: language.money(Decimal(value), currency)


def _written(value: Any, write: Callable[[Any], str]) -> str:
    return "" if value is None or value is pd.NaT or value != value else write(value)  # noqa: PLR0124 - NaN


def _as_date(value: Any) -> date:
    return value.date() if isinstance(value, pd.Timestamp) else value
