"""Invoices that were paid in full, and late: shape `late_payment_claims`."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from queries.claims import claim_rows
from queries.claims.claim import Debt, parts_at_last_payment
from queries.claims.claim_rows import money, percent
from queries.claims.interest import percent_on

_COMPENSATION = 4_000  # cents, without a notice: art. 6:96 lid 4 BW
_NAMES = (
    "interest", "collection_costs", "total", "due_date", "paid_date", "days_late", "rate_kind",
    "rate_percent",
)  # fmt: skip
_LAPSES = "5y"  # art. 3:308 BW


def late_payment_claims(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Fill in what may be claimed for each late payment, the largest first; drop what was not late."""
    as_of = claim_rows.day_of(bound)
    rows = [
        _values(row, debt, as_of) for row, debt in claim_rows.debts_of(frame, as_of, parts_at_last_payment)
    ]
    filled = [
        pl.Series(name, [values[place] for values in rows], dtype=frame.schema[name])
        for place, name in enumerate(_NAMES)
    ]
    lapses = pl.col("due_date").dt.offset_by(_LAPSES)
    return (
        frame.drop(name for name in claim_rows.INPUTS if name != "customer_type")
        .with_columns(filled)
        .with_columns(limitation_date=lapses, is_time_barred=lapses < date.fromordinal(as_of))
        .filter(pl.col("total") > 0)
        .sort("total", "invoice_id", descending=[True, False])
    )


def _values(row: claim_rows.Row, debt: Debt, as_of: int) -> tuple[object, ...]:
    """Return the values of the columns of `_NAMES`; nulls if every part was paid in time."""
    parts = parts_at_last_payment(debt, as_of)
    late = [part for part in parts if part.periods]
    if not late:
        return (None,) * len(_NAMES)
    due, paid = late[0].due, max(part.periods[-1].last for part in late)
    interest = sum(part.added + part.running for part in parts)
    costs = _COMPENSATION
    if row["customer_type"] == "consumer":
        costs = sum(cents for day, cents in debt.costs or () if day <= paid)
    return (
        money(interest),
        money(costs),
        money(interest + costs),
        date.fromordinal(due),
        date.fromordinal(paid),
        paid - due,
        claim_rows.rate_kind(row),
        percent(percent_on(debt.rates, paid)),
    )
