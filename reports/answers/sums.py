"""Exact sums of money columns."""

from decimal import Decimal

import polars as pl


def total(amounts: pl.Series) -> Decimal:
    """Return the sum of a money column; 0 where there is none."""
    amount = amounts.sum()
    return amount if isinstance(amount, Decimal) else Decimal(0)
