"""The rows behind a number on a screen: what a bar, a cell or a part of a bridge opens."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import polars as pl

from reports.answers.shared.finding import Finding
from reports.formats import LIMITS, day


@dataclass(frozen=True)
class RowSource:
    """Where rows come from: the books, seen with the filters of a page.

    Attributes:
        ask: answers a named query; its own parameters go before those of the page.
        as_of: day of the page.
        currency: of the amounts.
        limits: of the buckets.
        basis: `due` or `invoice`, the date that age is counted from.
    """

    ask: Callable[..., pl.DataFrame]
    as_of: date
    currency: str
    limits: Sequence[int] = LIMITS
    basis: str = "due"


@dataclass(frozen=True)
class RowsBehind:
    """Rows that add up to a number, as of the day of the number.

    Attributes:
        finding: what the number is, with its amount and day; how the rows add up to it.
        rows: largest first.
        columns: which to show, in order.
        phone: which to show on a phone.
        footer: the sum of the rows.
        as_of: day of the number.
        page: where the same rows can be worked with; empty: nowhere else.
        own: parameters of that page's address.
        expected: columns of amounts that are expectations: shown no finer than a forecast is.
    """

    finding: Finding
    rows: pl.DataFrame
    columns: Sequence[str]
    phone: Sequence[str]
    footer: str
    as_of: date
    page: str = ""
    own: Mapping[str, str | None] = field(default_factory=dict)
    expected: Collection[str] = ()


@dataclass(frozen=True)
class ChartPart:
    """A bar, segment or point of a chart that opens rows.

    Attributes:
        code: its `id` in the figure; stands in the address.
        label: its name and amount, for those who do not use the mouse.
        rows: works its rows out when they are asked for.
    """

    code: str
    label: str
    rows: Callable[[], RowsBehind]


def parts_by_day(
    trend: pl.DataFrame, amount: Callable[[dict[str, Any]], str], rows: Callable[[dict[str, Any]], RowsBehind]
) -> list[ChartPart]:
    """Return a part per row of a trend, the last day first.

    Args:
        trend: with a column `as_of`.
        amount: writes the number of a row.
        rows: works out the rows behind it.
    """
    return [
        ChartPart(row["as_of"].isoformat(), f"{day(row['as_of'])} · {amount(row)}", partial(rows, row))
        for row in trend.sort("as_of", descending=True).iter_rows(named=True)
    ]
