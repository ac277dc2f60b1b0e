"""How many days a mark adds to an invoice, compared with the same customers' other invoices."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import stdtrit

FEWEST_INVOICES, FEWEST_CUSTOMERS = 20, 10
_UPPER = 0.975


@dataclass(frozen=True)
class WithinCustomerComparison:
    """How much longer invoices with a mark take than other invoices of the same customers.

    Attributes:
        customers: one row per customer with both kinds: `customer_id`, `count_with`, `count_others`,
            `days_with`, `days_others` (means), `added_days`, `weight` (shares that sum to 1).
        invoices: those with the mark, of these customers.
        days_with, days_others, added_days: means over customers by weight; None where there is no customer.
        low, high: 95% interval of `added_days`; None below `FEWEST_INVOICES` or `FEWEST_CUSTOMERS`.
    """

    customers: pl.DataFrame
    invoices: int
    days_with: float | None
    days_others: float | None
    added_days: float | None
    low: float | None
    high: float | None


def compare_within_customers(rows: pl.DataFrame) -> WithinCustomerComparison:
    """Compare invoices with a mark with the same customers' other ones.

    A customer's difference weighs n1 * n0 / (n1 + n0): least squares with a level of each customer's own, so
    that neither slow customers nor those with many marks explain it. The interval leaves out one customer at
    a time, because invoices of one customer tell less than as many invoices of several.

    Args:
        rows: one per invoice. `customer_id` String, `days` numeric, `is_marked` Boolean; no nulls.

    Source: MacKinnon, Nielsen & Webb (2023), Journal of Applied Econometrics 38:671-694 (CV3, t with G - 1).
    """
    days, marked = pl.col("days").cast(pl.Float64), pl.col("is_marked")
    customers = (
        rows.group_by("customer_id")
        .agg(
            count_with=marked.sum().cast(pl.Int64),
            count_others=(~marked).sum().cast(pl.Int64),
            days_with=days.filter(marked).mean(),
            days_others=days.filter(~marked).mean(),
        )
        .filter(pl.col("count_with") > 0, pl.col("count_others") > 0)
        .with_columns(
            added_days=pl.col("days_with") - pl.col("days_others"),
            weight=pl.col("count_with") * pl.col("count_others")
            / (pl.col("count_with") + pl.col("count_others")),
        )
        .with_columns(pl.col("weight") / pl.col("weight").sum())
        .sort("weight", "customer_id", descending=[True, False])
    )  # fmt: skip
    invoices, count = int(customers["count_with"].sum()), customers.height
    if not count:
        return WithinCustomerComparison(customers, 0, None, None, None, None, None)
    weight = customers["weight"].to_numpy()
    with_mark, others = (float(weight @ customers[name].to_numpy()) for name in ("days_with", "days_others"))
    added = with_mark - others
    low = high = None
    if invoices >= FEWEST_INVOICES and count >= FEWEST_CUSTOMERS:
        each = customers["added_days"].to_numpy()
        without_each = (added - weight * each) / (1 - weight)
        error = np.sqrt((count - 1) / count * ((without_each - added) ** 2).sum())
        half_width = float(stdtrit(count - 1, _UPPER) * error)
        low, high = added - half_width, added + half_width
    return WithinCustomerComparison(customers, invoices, with_mark, others, added, low, high)
