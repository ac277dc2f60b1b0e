"""Findings of payment practices: how soon customers and the company itself pay."""

import polars as pl

from reports.answers.shared.finding import Finding
from reports.formats import in_sentence, percent
from reports.translation import _

COLUMNS = (
    "side",
    "documents",
    "mean_days",
    "share_within_30",
    "share_31_60",
    "share_over_60",
    "share_late",
    "amount",
    "amount_share_within_30",
    "amount_share_31_60",
    "amount_share_over_60",
)
PHONE = ("side", "share_within_30", "share_over_60")


def practices(rows: pl.DataFrame) -> Finding:
    """Return the share paid within 30 days by customers and by the company; rows of `payment_practices`."""
    method = _(
        "Documents paid in full since {day}, by the days from their date to the last payment; for the "
        "report on payment practices",
        day=in_sentence(rows["first_day"][0]),
    )
    shares = dict(rows.select("side", "share_within_30").iter_rows())
    customers, own = shares["customers"], shares["suppliers"]
    if customers is None and own is None:
        return Finding(_("Nothing was paid in full in this period"), method)
    if own is None:
        return Finding(_("Customers paid {share} within 30 days", share=percent(customers)), method)
    if customers is None:
        return Finding(_("We paid {share} of the bills within 30 days", share=percent(own)), method)
    title = _(
        "Within 30 days customers paid {customers} of their invoices, we {own} of our bills",
        customers=percent(customers),
        own=percent(own),
    )
    return Finding(title, method)
