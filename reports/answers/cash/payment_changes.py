"""Payments of two forecasts compared line by line: what is paid more, less, or at another time."""

from datetime import date
from decimal import Decimal

import polars as pl

from reports.answers.forecast.variance.frozen_runs import MONEY, ForecastRun

PREFIX = "pay_"  # of the cause of a category


def by_line(before: ForecastRun, now: ForecastRun, until: date) -> pl.DataFrame:
    """Return what each payment line adds to the balance at the end of a day, since the earlier forecast.

    A bill is one line, on whichever day it is paid; a planned line is one line per day. What was planned up
    to the later forecast's day and is not planned any more is taken as paid, and changes nothing here.

    Args:
        before: the earlier forecast.
        now: the later one.
        until: last day of payments.

    Returns:
        category, label, line_id, expected (then) and expected_now (out is negative), amount; largest first.
    """
    then, later = _lines(before.payments, until), _lines(now.payments, until)
    keys = ["category", "line_id", "planned_day"]
    zero = pl.lit(Decimal("0.00"), dtype=MONEY)
    joined = then.join(later, on=keys, how="full", coalesce=True, suffix="_now").with_columns(
        label=pl.coalesce("label", "label_now"),
        expected=-pl.col("amount").fill_null(zero),
        expected_now=-pl.col("amount_now").fill_null(zero),
    )
    is_paid = pl.col("amount_now").is_null() & (pl.col("pay_date") <= now.as_of)
    return (
        joined.filter(~is_paid.fill_null(value=False))
        .with_columns(amount=(pl.col("expected_now") - pl.col("expected")).cast(MONEY))
        .filter(pl.col("amount") != 0)
        .select(
            "category", "label", "line_id", pl.col("expected", "expected_now").cast(MONEY), "amount"
        )
        .sort(pl.col("amount").abs(), "line_id", descending=[True, False])
    )  # fmt: skip


def _lines(payments: pl.DataFrame, until: date) -> pl.DataFrame:
    return (
        payments.filter((pl.col("pay_date") <= until) & pl.col("amount").is_not_null())
        .with_columns(
            planned_day=pl.when(pl.col("source") == "bill")
            .then(pl.lit(None, dtype=pl.Date))
            .otherwise(pl.col("pay_date"))
            .cast(pl.String)
            .fill_null("")
        )
        .group_by("category", "line_id", "planned_day", maintain_order=True)
        .agg(pl.col("label").first(), pl.col("pay_date").max(), pl.col("amount").sum())
    )
