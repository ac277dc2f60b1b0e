"""Words about invoices that were paid in full, and late."""

import polars as pl

from reports.answers.claims.text import no_advice
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.formats import money
from reports.translation import _, _n

COLUMNS = (
    "invoice_id", "due_date", "paid_date", "days_late", "amount", "interest", "collection_costs", "total",
)  # fmt: skip
PHONE = ("invoice_id", "total", "days_late")


def switch() -> str:
    """Return the label of the switch that shows them."""
    return _("Interest and compensation on invoices paid late")


def late_payments(rows: pl.DataFrame, currency: str) -> Finding:
    """Return the interest and compensation that can be claimed on one customer's late payments."""
    method = _(
        "Interest from the day after the due date up to and including the day of each payment. A business or "
        "public body owes 40 euros for each invoice (art. 6:96 lid 4 BW), a consumer owes costs only if the "
        "fourteen days of a notice had passed. What was paid is taken to have paid principal only."
    )
    method = f"{method} {no_advice()}"
    if rows.is_empty():
        return Finding(_("No invoice was paid late in full."), method)
    title = _n(
        "{total} can be claimed on {count} invoice paid late: {interest} interest, {costs} compensation",
        "{total} can be claimed on {count} invoices paid late: {interest} interest, {costs} compensation",
        rows.height,
        total=money(total(rows["total"]), currency),
        interest=money(total(rows["interest"]), currency),
        costs=money(total(rows["collection_costs"]), currency),
    )
    return Finding(title, method)
