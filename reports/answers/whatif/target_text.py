"""A target for the overdue amount in words and rows: which open invoices have to come in."""

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.whatif.targets import OverdueTarget
from reports.formats import about, in_sentence, money
from reports.translation import _, _n


def target_finding(target: OverdueTarget, currency: str) -> Finding:
    """Return which amount has to come in for a target, and how the invoices are ranked."""
    method = _(
        "{amount} is expected to be overdue that day. Ranked by amount times the chance that it is paid by "
        "then.",
        amount=about(target.expected_overdue, currency),
    )
    return Finding(_title(target, currency), method)


def _title(target: OverdueTarget, currency: str) -> str:
    values = {
        "day": in_sentence(target.day),
        "most": money(target.max_overdue, currency, 0),
        "must": about(target.must_come_in, currency),
    }
    if target.must_come_in == 0:
        return _("At most {most} overdue on {day}: no open invoice has to come in for it", **values)
    if not target.is_within_reach:
        return _(
            "At most {most} overdue on {day} is out of reach: {must} has to come in, more than is open and "
            "due by then",
            **values,
        )
    return _n(
        "At most {most} overdue on {day}: {must} has to come in, best from this invoice",
        "At most {most} overdue on {day}: {must} has to come in, best from these {count} invoices",
        target.invoices.height,
        **values,
    )


def target_rows(target: OverdueTarget, customers: pl.DataFrame) -> pl.DataFrame:
    """Return the invoices that have to come in, with the names of their customers."""
    names = customers.select("customer_id", "customer_name")
    rows = target.invoices.join(names, on="customer_id", how="left", maintain_order="left")
    return rows.select(
        pl.col("customer_name").fill_null(pl.col("customer_id")),
        "invoice_id",
        "customer_id",
        "due_date",
        "open_amount",
        "probability_paid_by",
        "so_far",
    )
