"""The customers whose payments a scenario changes most."""

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.whatif.evaluate import WhatIf
from reports.formats import about
from reports.translation import _, _n

_MOST_ROWS = 10


def customer_rows(what_if: WhatIf, customers: pl.DataFrame) -> pl.DataFrame:
    """Return the customers with the largest differences, with their names.

    Args:
        what_if: the scenario, evaluated.
        customers: rows of `customers`.
    """
    names = customers.select("customer_id", "customer_name", "segment")
    rows = what_if.customers.head(_MOST_ROWS).join(names, on="customer_id", how="left", maintain_order="left")
    return rows.select(
        pl.col("customer_name").fill_null(pl.col("customer_id")),
        "segment",
        "customer_id",
        pl.col("receipts").alias("receipts_change"),
        pl.col("most").alias("most_change"),
    )


def customers_finding(rows: pl.DataFrame, what_if: WhatIf) -> Finding:
    """Return how many customers of `customer_rows` pay differently and how much it makes, and the method."""
    method = _(
        "Difference of the receipts from the base: over all weeks, and at the end of the week where it is "
        "largest."
    )
    if rows.is_empty():
        return Finding(_("No customer's payments change"), method)
    title = _n(
        "One customer's payments change: {amount} at most",
        "The {count} customers that matter most: {amount} together, each at its largest",
        rows.height,
        amount=about(total(rows["most_change"]), what_if.base.currency, sign=True),
    )
    return Finding(title, method)
