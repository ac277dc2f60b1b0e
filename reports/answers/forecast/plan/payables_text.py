"""Finding of the ageing of payables: what is left of supplier bills."""

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.formats import money
from reports.translation import _, _n

PHONE = ("supplier", "total", "oldest_days_overdue")


def payables(rows: pl.DataFrame, currency: str) -> Finding:
    """Return what is left to pay and how much of it is past due.

    Args:
        rows: `payables_ageing`.
        currency: of the amounts.
    """
    method = _("What is left of supplier bills, by days past their due date; part payments are taken off")
    if rows.is_empty():
        return Finding(_("No bill is left to pay"), method)
    left = total(rows["total"].drop_nulls())
    title = _(
        "{amount} is left to pay to {suppliers}, of which {late} past due",
        amount=money(left, currency, 0),
        suppliers=_n("{count} supplier", "{count} suppliers", rows.height),
        late=money(left - total(rows["not_due"]), currency, 0),
    )
    return Finding(title, method)
