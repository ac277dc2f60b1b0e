"""The discount that was taken in time and is not booked yet: its words, and the row that books it."""

from typing import Any

import polars as pl

from reports.answers.shared.forms import Changes
from reports.formats import in_sentence, money
from reports.translation import _

_ROWS = pl.Schema(
    {
        "payment_id": pl.String(),
        "customer_id": pl.String(),
        "invoice_id": pl.String(),
        "payment_date": pl.Date(),
        "currency": pl.String(),
        "amount": pl.String(),
        "kind": pl.String(),
    }
)


def unbooked(set_offs: pl.DataFrame, invoice: str) -> dict[str, Any] | None:
    """Return the row of `set_offs` with the discount taken on an invoice; None without one."""
    rows = set_offs.filter(invoice_id=invoice, credit="discount")
    return None if rows.is_empty() else rows.row(0, named=True)


def sentence(row: dict[str, Any], currency: str) -> str:
    """Return what was paid in time and is missing in the books."""
    return _(
        "Paid in time on {day}, short by the agreed discount of {amount}, which is not booked.",
        day=in_sentence(row["set_off_date"]),
        amount=money(row["amount"], currency),
    )


def button(row: dict[str, Any], currency: str) -> str:
    """Return the words of the button that books it."""
    return _("Book {amount} discount", amount=money(row["amount"], currency))


def booking(row: dict[str, Any], currency: str) -> Changes:
    """Return the row of `payments` that books it, under a number of its own.

    A row under the number of the payment would take the place of all rows of that number.
    """
    values = {
        "payment_id": f"discount {row['invoice_id']}",
        "customer_id": row["customer_id"],
        "invoice_id": row["invoice_id"],
        "payment_date": row["set_off_date"],
        "currency": currency,
        "amount": str(row["amount"]),
        "kind": "discount",
    }
    return Changes(pl.DataFrame([values], schema=_ROWS), added=1)


def save_notice(row: dict[str, Any]) -> str:
    """Return what was booked."""
    return _("Booked for {invoice}: the discount.", invoice=row["invoice_id"])
