"""Words about early-payment discounts: how often they are taken, and what they cost."""

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.formats import money, number, percent
from reports.translation import _

COLUMNS = ("customer_name", "invoices", "discounts_taken", "uptake_share", "discount_cost", "discount_vat")
PHONE = ("customer_name", "discounts_taken", "discount_cost")


def discounts(rows: pl.DataFrame, currency: str) -> Finding:
    """Return how often the discounts of 365 days were taken, and their cost; `rows` of `discounts`."""
    method = _(
        "Invoices with an agreed early-payment discount whose last day for it was in the 365 days to the "
        "day. It is a share of the amount with VAT, less credit notes that name the invoice; what came in by "
        "the last day takes it. Taken late it stays owed."
    )
    if rows.is_empty():
        return Finding(_("No early-payment discount was agreed on invoices of the last year"), method)
    taken, invoices = int(rows["discounts_taken"].sum()), int(rows["invoices"].sum())
    title = _(
        "Early-payment discount taken on {taken} of {invoices} invoices ({share}): it cost {amount}",
        taken=number(taken),
        invoices=number(invoices),
        share=percent(taken / invoices, 0),
        amount=money(total(rows["discount_cost"]), currency),
    )
    return Finding(title, method)
