"""Finding and columns of the figures per customer."""

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.kpi_groups import GROUPS
from reports.answers.shared.money import total
from reports.formats import money
from reports.translation import _, _n

PHONE = ("customer_name", "overdue", "days_late")


def customers(rows: pl.DataFrame, currency: str) -> Finding:
    """Return how many customers are overdue and with how much together.

    Args:
        rows: `kpi_customers`.
        currency: of the amounts.
    """
    method = _("Every figure as its definition says, of one customer alone; the largest overdue first")
    late = rows.filter(pl.col("overdue") > 0)
    if late.is_empty():
        return Finding(_("No customer is overdue"), method)
    return Finding(
        _(
            "{customers} overdue, together {amount}",
            customers=_n("{count} customer", "{count} customers", late.height),
            amount=money(total(late["overdue"]), currency, 0),
        ),
        method,
    )


def columns(rows: pl.DataFrame, group: str) -> list[str]:
    """Return the customer's name and the figures of a group that a customer has.

    Args:
        rows: `kpi_customers`.
        group: one of `kpi_groups.GROUPS`.
    """
    return ["customer_name", *(name for name in GROUPS[group] if name in rows.columns)]
