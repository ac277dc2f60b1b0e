"""What the bars of the difference between a forecast and what came open: documents and payments."""

from collections.abc import Mapping

import polars as pl

from reports.answers.forecast.variance import cause_rows
from reports.answers.forecast.variance.causes import ZERO, cause_name
from reports.answers.forecast.variance.frozen_runs import MONEY, amount_of
from reports.answers.forecast.variance.variance import Variance
from reports.answers.shared.rows_behind import ChartPart
from reports.columns import heading
from reports.formats import in_sentence
from reports.translation import _


def rows(variance: Variance, names: Mapping[str, str]) -> pl.DataFrame:
    """Return documents and payments by cause; their amounts add up to the causes, to the cent.

    What the bank really paid is known per week alone, so it is one row; what was planned stands line by line.

    Args:
        variance: of `variance`.
        names: customer -> its name.
    """
    receipts = variance.receipts
    rest = [
        ("billing", heading("from_future_invoices"), -receipts.future, ZERO, ZERO),
        ("rounding", cause_name("rounding"), ZERO, ZERO, receipts.rounding),
    ]
    if variance.paid is not None:
        planned = amount_of(variance.by_week, "forecast_payments")
        unnamed = planned - amount_of(_planned(variance), "amount")
        rest += [
            ("payments", _("Paid out according to the bank"), ZERO, -variance.paid, ZERO),
            ("payments", cause_name("rounding"), -unnamed, ZERO, ZERO),
        ]
    frames = [cause_rows.documents(receipts, names), cause_rows.lines(rest)]
    if variance.paid is not None:
        frames.append(_payment_lines(variance))
    return cause_rows.largest_first(pl.concat(frames))


def parts(variance: Variance, names: Mapping[str, str]) -> list[ChartPart]:
    """Return a part per cause, which opens the rows that add up to it.

    Args:
        variance: of `variance`.
        names: customer -> its name.
    """
    method = _(
        "Expected on {then} and received until {until}. Payments are negative; what was planned stands line "
        "by line, what the bank paid in one sum. Largest first.",
        then=in_sentence(variance.run.as_of),
        until=in_sentence(variance.until),
    )
    shown = cause_rows.RowsOfCause(
        method=method,
        columns=("expected", "received", "amount"),
        currency=variance.run.currency,
        as_of=variance.until,
    )
    return cause_rows.parts(variance.amounts, rows(variance, names), shown)


def _planned(variance: Variance) -> pl.DataFrame:
    payments = variance.run.payments
    return payments.filter((pl.col("pay_date") <= variance.until) & pl.col("amount").is_not_null())


def _payment_lines(variance: Variance) -> pl.DataFrame:
    nothing = pl.lit(ZERO, dtype=MONEY)
    return (
        _planned(variance)
        .group_by("label", "line_id", maintain_order=True)
        .agg(pl.col("amount").sum())
        .filter(pl.col("amount") != ZERO)
        .select(
            pl.lit(cause_name("payments")).alias("cause"),
            pl.col("label").alias("customer_name"),
            pl.col("line_id").alias("invoice_id"),
            (-pl.col("amount")).cast(MONEY).alias("expected"),
            nothing.alias("received"),
            nothing.alias("expected_now"),
            pl.col("amount").cast(MONEY),
            pl.lit(None, dtype=pl.String).alias("customer_id"),
        )
    )
