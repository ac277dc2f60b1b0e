"""Which faults invoices have, how often, and how many days each goes with in payment time."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from forecasting.statistics.within_customer import Compared, compared
from reports.answers.shared.money import total

# Code -> the column of `invoice_quality` that tells.
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
        asked: invoices that could have it: without an order number, those of customers who give one.
        rows: of `invoice_quality` that have it, largest first.
        compared: its days against the same customers' other invoices, of those that fell due by the day.
        held_up: what is open on an average day because of it; None where the days are not known to be more.
    """

    code: str
    asked: int
    rows: pl.DataFrame
    compared: Compared
    held_up: Decimal | None

    @property
    def share(self) -> float | None:
        """Of the invoices that could have it, the share that has it."""
        return self.rows.height / self.asked if self.asked else None


def faults(quality: pl.DataFrame) -> list[Fault]:
    """Return what there is to say of each fault, in the order of `FAULTS`.

    Args:
        quality: `invoice_quality` over 365 days.
    """
    return [_fault(code, column, quality) for code, column in FAULTS.items()]


def _fault(code: str, column: str, quality: pl.DataFrame) -> Fault:
    asked = quality.drop_nulls(column)
    rows = asked.filter(column).sort("amount", "invoice_id", descending=[True, False], nulls_last=True)
    found = compared(
        asked.drop_nulls("days_late").select("customer_id", days="days_late", is_marked=pl.col(column))
    )
    held_up = None
    if found.added_days is not None and found.low is not None and found.low > 0:
        days = Decimal(str(found.added_days)) / PERIOD
        held_up = (total(rows["amount"]) * days).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return Fault(code, asked.height, rows, found, held_up)


def table(found: list[Fault]) -> pl.DataFrame:
    """Return the faults as rows: share, and days with their interval and counts."""
    rows = [
        {
            "fault": one.code,
            "invoices": one.asked,
            "faulty": one.rows.height,
            "faulty_share": one.share,
            "compared": one.compared.invoices,
            "customers": one.compared.customers.height,
            "days_with": one.compared.days_with,
            "days_others": one.compared.days_others,
            "added_days": one.compared.added_days,
            "added_low": one.compared.low,
            "added_high": one.compared.high,
            "held_up": one.held_up,
        }
        for one in found
    ]
    return pl.DataFrame(rows, schema=_SCHEMA)


def per_customer(one: Fault, quality: pl.DataFrame) -> pl.DataFrame:
    """Return the customers a fault's days come from, the heaviest first, with their names."""
    names = quality.select("customer_id", "customer_name").unique("customer_id")
    joined = one.compared.customers.join(names, on="customer_id", how="left", maintain_order="left")
    return joined.select(
        "customer_name", "customer_id", "count_with", "count_others", "days_with", "days_others",
        "added_days", pl.col("weight").alias("weight_share"),
    )  # fmt: skip
