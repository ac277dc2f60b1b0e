"""Faults of invoices: how often each occurs and how many days later such invoices are paid."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from forecasting.statistics.within_customer import WithinCustomerComparison, compare_within_customers
from reports.answers.shared.money import total

# Code -> the column of `invoice_quality` that marks it.
FAULTS = {"disputed": "is_disputed", "no_order_number": "no_order_number", "credited": "is_credited"}
PERIOD = 365
_SCHEMA = pl.Schema(
    {
        "fault": pl.String(),
        **dict.fromkeys(("invoices", "faulty"), pl.Int64()),
        "faulty_share": pl.Float64(),
        **dict.fromkeys(("compared", "customers"), pl.Int64()),
        **dict.fromkeys(("days_with", "days_others", "added_days", "added_low", "added_high"), pl.Float64()),
        "held_up": pl.Decimal(38, 2),
    }
)


@dataclass(frozen=True)
class Fault:
    """One fault on the invoices of the 365 days to the day.

    Attributes:
        code: one of `FAULTS`.
        eligible: number of invoices that could have it; for a missing order number only invoices to customers
            who give order numbers.
        rows: of `invoice_quality` that have it, largest first.
        comparison: its days and those of the same customers' other invoices, of invoices due by the day.
        held_up: amount open on an average day because of it; None unless the interval lies above 0 days.
    """

    code: str
    eligible: int
    rows: pl.DataFrame
    comparison: WithinCustomerComparison
    held_up: Decimal | None

    @property
    def share(self) -> float | None:
        """Share of the eligible invoices that have the fault."""
        return self.rows.height / self.eligible if self.eligible else None


def faults(quality: pl.DataFrame) -> list[Fault]:
    """Return each fault with its invoices and its added days, in the order of `FAULTS`.

    Args:
        quality: `invoice_quality` over 365 days.
    """
    return [_fault(code, column, quality) for code, column in FAULTS.items()]


def _fault(code: str, column: str, quality: pl.DataFrame) -> Fault:
    eligible = quality.drop_nulls(column)
    rows = eligible.filter(column).sort("amount", "invoice_id", descending=[True, False], nulls_last=True)
    comparison = compare_within_customers(
        eligible.drop_nulls("days_late").select("customer_id", days="days_late", is_marked=pl.col(column))
    )
    held_up = None
    if comparison.added_days is not None and comparison.low is not None and comparison.low > 0:
        days = Decimal(str(comparison.added_days)) / PERIOD
        held_up = (total(rows["amount"]) * days).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return Fault(code, eligible.height, rows, comparison, held_up)


def table(faults: list[Fault]) -> pl.DataFrame:
    """Return one row per fault: share, added days with their interval, counts."""
    rows = [
        {
            "fault": fault.code,
            "invoices": fault.eligible,
            "faulty": fault.rows.height,
            "faulty_share": fault.share,
            "compared": fault.comparison.invoices,
            "customers": fault.comparison.customers.height,
            "days_with": fault.comparison.days_with,
            "days_others": fault.comparison.days_others,
            "added_days": fault.comparison.added_days,
            "added_low": fault.comparison.low,
            "added_high": fault.comparison.high,
            "held_up": fault.held_up,
        }
        for fault in faults
    ]
    return pl.DataFrame(rows, schema=_SCHEMA)


def per_customer(fault: Fault, quality: pl.DataFrame) -> pl.DataFrame:
    """Return the customers that the added days of a fault are measured on, largest weight first."""
    names = quality.select("customer_id", "customer_name").unique("customer_id")
    joined = fault.comparison.customers.join(names, on="customer_id", how="left", maintain_order="left")
    return joined.select(
        "customer_name", "customer_id", "count_with", "count_others", "days_with", "days_others",
        "added_days", pl.col("weight").alias("weight_share"),
    )  # fmt: skip
