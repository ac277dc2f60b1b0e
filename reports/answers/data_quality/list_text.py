"""Lists of open items in words: what they settled, and what that leaves unknown."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.formats import money
from reports.translation import _, _n


def coverage(row: Mapping[str, Any]) -> str | None:
    """Return how many invoices no figure about when customers pay counts; None where it counts them all.

    Args:
        row: of `list_coverage`.
    """
    if not row["listed_invoices"]:
        return None
    sentence = _n(
        "{count} invoice of the past 12 months was settled by a list of open items: when it was paid is "
        "known only to the day of a list, so that no figure about when customers pay counts it.",
        "{count} invoices of the past 12 months were settled by lists of open items: when they were paid is "
        "known only to the day of a list, so that no figure about when customers pay counts them.",
        row["listed_invoices"],
    )
    if row["received_invoices"]:
        return sentence
    return f"{sentence} {_('No other invoice was paid in those months: these figures are empty.')}"


def documents(rows: pl.DataFrame, currency: str) -> Finding:
    """Return how much lists settled; `rows` of `listed_documents`, amounts in `currency`."""
    title = _n(
        "Lists of open items settled {amount} on {count} document",
        "Lists of open items settled {amount} on {count} documents",
        rows.height,
        amount=money(total(rows["listed_amount"]), currency),
    )
    return Finding(
        title,
        _("On the day of a list what it shows no longer, or less of, is settled; load payments to know when"),
    )
