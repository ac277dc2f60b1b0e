"""Amounts to the cent, and exact sums of money columns."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import numpy.typing as npt
import polars as pl

CENT = Decimal("0.01")


def cents(value: float) -> Decimal:
    """Return an amount to the cent, half away from zero."""
    return Decimal(repr(float(value))).quantize(CENT, rounding=ROUND_HALF_UP)


def total(amounts: pl.Series) -> Decimal:
    """Return the sum of a money column; 0 without rows."""
    amount = amounts.sum()
    return amount if isinstance(amount, Decimal) else Decimal(0)


def round_to_sum(values: npt.NDArray[np.float64], whole: Decimal) -> pl.Series:
    """Round amounts so that they add up to a whole, to the cent.

    Every amount is rounded down; the remaining cents go to the amounts with the largest remainders, and to
    the first of equal ones.

    Args:
        values: shape (n,).
        whole: to the cent; away from the values' sum by no more than their rounding.

    Returns:
        Decimal(38, 2), shape (n,).

    Source: Hare quotas with largest remainders.
    """
    cents = np.asarray(values, dtype=np.float64) * 100
    low = np.floor(np.round(cents, 4)).astype(np.int64)
    left = int(whole.scaleb(2)) - int(low.sum())
    if len(low):
        lost = np.argsort(low - cents, kind="stable")
        low += left // len(low)
        low[lost[: left % len(low)]] += 1
    # Decimals divide in their own scale: two places are there before the division.
    return pl.Series(low).cast(pl.Decimal(38, 2)) / 100
