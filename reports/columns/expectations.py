"""Columns of expectations, rounded as screens show them."""

from collections.abc import Collection

import polars as pl

from reports.formats import forecast_rounding


def round_amounts(rows: pl.DataFrame, names: Collection[str], step: int | None = None) -> pl.DataFrame:
    """Return the rows with the amounts of these columns no finer than a forecast is.

    Args:
        rows: of a table.
        names: of its columns of expectations.
        step: to round to, where what is shown adds up; left out, each amount is rounded to its own.
    """
    return rows.with_columns(
        pl.Series(
            name,
            [None if amount is None else forecast_rounding(amount, step) for amount in rows[name]],
            dtype=rows.schema[name],
        )
        for name in names
    )
