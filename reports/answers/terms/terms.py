"""Payment terms per customer and segment: agreed, applied and taken days, amounts beyond the terms."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from data import law

SUMS = (
    "standing_beyond_agreed", "interest_beyond_agreed", "standing_beyond_legal", "interest_beyond_legal",
)  # fmt: skip
_MONEY = pl.Decimal(38, 2)
_WORST = ("standing_beyond_agreed", "standing_beyond_legal")


@dataclass(frozen=True)
class Terms:
    """The payment terms of a view.

    Attributes:
        as_of: the day; all figures cover the 365 days to it.
        customers: `payment_terms` with the sums of `payment_terms_late`, `late_invoices` and `outside`: the
            term that the average days taken exceed, `legal` or `agreed`; empty: none. Worst first.
        segments: the same per segment, agreed and taken days by amount.
        whole: the same for all customers together, one row; no row if there is no customer.
        late: `payment_terms_late`.
    """

    as_of: date
    customers: pl.DataFrame
    segments: pl.DataFrame
    whole: pl.DataFrame
    late: pl.DataFrame

    @property
    def rate(self) -> law.Rate | None:
        """The rate of statutory commercial interest on the day."""
        return law.rate_on("commercial", self.as_of)


def of_rows(terms: pl.DataFrame, late: pl.DataFrame, as_of: date) -> Terms:
    """Return the payment terms of the rows of `payment_terms` and `payment_terms_late`."""
    sums = late.group_by("customer_id").agg(
        *(pl.col(name).sum() for name in SUMS), late_invoices=pl.col("invoice_id").n_unique()
    )
    customers = (
        terms.join(sums, on="customer_id", how="left")
        .with_columns(*(pl.col(name).fill_null(0).cast(_MONEY) for name in SUMS), outside=_outside())
        .with_columns(pl.col("late_invoices").fill_null(0).cast(pl.Int64))
        .sort(*_WORST, "customer_id", descending=[True, True, False])
    )
    segments = _by_group(customers, "segment").sort(*_WORST, "segment", descending=[True, True, False])
    whole = _by_group(customers.with_columns(segment=pl.lit("")), "segment")
    return Terms(as_of, customers, segments, whole, late)


def _outside() -> pl.Expr:
    """Return the term that the days taken exceed; if nothing was paid, the term an open amount exceeds."""
    taken = pl.col("taken_days")
    unpaid = taken.is_null()
    past_legal = (taken > pl.col("legal_days")) | (unpaid & (pl.col("standing_beyond_legal") > 0))
    past_agreed = (taken > pl.col("term_days")) | (unpaid & (pl.col("standing_beyond_agreed") > 0))
    return (
        pl.when(past_legal.fill_null(value=False))
        .then(pl.lit("legal"))
        .when(past_agreed.fill_null(value=False))
        .then(pl.lit("agreed"))
        .otherwise(pl.lit(""))
    )


def _by_group(customers: pl.DataFrame, by: str) -> pl.DataFrame:
    """Return the figures of customers per group: days weighted by amount, spread over all their invoices."""
    billed, paid, recent = (
        pl.col(name).cast(pl.Float64) for name in ("billed_amount", "paid_amount", "recent_paid_amount")
    )
    squared = pl.col("applied_spread") ** 2 + pl.col("applied_days") ** 2
    return (
        customers.group_by(by)
        .agg(
            customers=pl.len().cast(pl.Int64),
            agreed_days=_mean(pl.col("agreed_days"), billed),
            agreed_least=pl.col("term_days").min(),
            agreed_most=pl.col("term_days").max(),
            applied_days=_mean(pl.col("applied_days"), billed),
            applied_spread=_mean(squared, billed),
            legal_least=pl.col("legal_days").min(),
            legal_most=pl.col("legal_days").max(),
            taken_days=_mean(pl.col("taken_days"), paid),
            days_late=_mean(pl.col("days_late"), paid),
            recent_days_late=_mean(pl.col("recent_days_late"), recent),
            share_outside_agreed=_mean(pl.col("share_outside_agreed"), paid),
            share_outside_legal=_mean(pl.col("share_outside_legal"), paid),
            outside_agreed=(pl.col("outside") != "").sum().cast(pl.Int64),
            outside_legal=(pl.col("outside") == "legal").sum().cast(pl.Int64),
            late_invoices=pl.col("late_invoices").sum(),
            parts_due=pl.col("parts_due").sum(),
            parts_on_time=pl.col("parts_on_time").sum(),
            **{
                name: pl.col(name).sum().cast(_MONEY)
                for name in (
                    *SUMS,
                    "billed_amount",
                    "paid_amount",
                    "open_amount",
                    "overdue_amount",
                    "owed_amount",
                )
            },
        )
        .with_columns(
            applied_spread=(pl.col("applied_spread") - pl.col("applied_days") ** 2).clip(0.0).sqrt()
        )
    )


def _mean(value: pl.Expr, weight: pl.Expr) -> pl.Expr:
    """Return the weighted mean of the known values; null if their weights sum to 0."""
    known = weight.filter(value.is_not_null() & (weight > 0))
    weighed = (value.cast(pl.Float64) * weight).filter(value.is_not_null() & (weight > 0))
    return pl.when(known.sum() > 0).then(weighed.sum() / known.sum())
