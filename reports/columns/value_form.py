"""How the values of a column are written, by its nature and the type of its values."""

from typing import Literal

import polars as pl

from reports.columns.column import ReportColumn

ValueForm = Literal[
    "money", "rate", "control total", "share", "chance", "number", "count", "day", "moment", "text"
]

CENTS = 2


def value_form(column: ReportColumn | None, kind: pl.DataType) -> ValueForm:
    """Return how values are written.

    One name holds whole days in one query and a mean in another, so the type decides first; the record tells
    shares and control totals from other numbers.

    Args:
        column: its record; None where it has none.
        kind: type of its values.
    """
    nature = column.nature if column is not None else None
    if isinstance(kind, pl.Decimal):
        if nature == "control total":
            return "control total"
        return "rate" if kind.scale > CENTS else "money"
    if kind.is_float():
        return nature if nature in {"share", "chance"} else "number"
    if kind.is_integer():
        return "count"
    if kind == pl.Date:
        return "day"
    return "moment" if isinstance(kind, pl.Datetime) else "text"
