"""Which columns of a table may be added up, for the last row of a workbook's sheet."""

from decimal import Decimal

import polars as pl

from reports import columns

# Rows of these stand beside one another, each counted once.
_OF_A_THING = frozenset([
    "invoice_id", "customer_id", "bill_id", "case_id", "agency", "segment", "account_manager", "country",
    "reason",
])  # fmt: skip
# Rows of these follow one another, or are steps on the way to another row: their sum is nothing.
_OF_A_MOMENT = frozenset([
    "as_of", "week_start", "week_end", "month_end", "cohort", "balance_date", "rate_date", "step", "kpi",
    "finding",
])  # fmt: skip
# Amounts that are a level, a bound or an average of their row.
_LEVELS = ("balance", "limit", "closing", "opening", "average", "median", "lowest", "headroom", "minimum")


def totals(frame: pl.DataFrame) -> dict[str, Decimal]:
    """Return column -> sum of the amounts that may be added up; empty where no sum says anything.

    A sum needs rows of things (documents, customers, segments) in one currency. Amounts with their own
    currency per row are added up only if it is the same in all.
    """
    names = set(frame.columns)
    if frame.height < 2 or not names & _OF_A_THING or names & _OF_A_MOMENT:  # noqa: PLR2004
        return {}
    if "currency" in names and frame["currency"].drop_nulls().n_unique() > 1:
        return {}
    sums = {}
    for name, kind in frame.schema.items():
        is_money = isinstance(kind, pl.Decimal) and columns.form(name, kind) == "money"
        if is_money and not any(level in name for level in _LEVELS):
            sums[name] = sum(frame[name].drop_nulls(), Decimal(0))
    return sums
