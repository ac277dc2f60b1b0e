"""What stands beyond a payment term, and the interest that runs on it: shape `beyond_terms`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

import polars as pl

from queries.claim_rows import published
from queries.interest import Part, Schedule, accrue, half_up

DAYS = 365
_GIVEN = ("paid_dates", "paid_amounts")
_NAMES = ("days_beyond", "standing_beyond", "interest_beyond")
_TERMS = ("agreed", "legal")
_MONEY = pl.Decimal(38, 2)
_FIRST_DAY = date(1970, 1, 1).toordinal()  # days of a frame are counted from it
_Beyond = tuple[int, int, int]


def beyond_terms(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Fill in per invoice what stood beyond each term in the year to the day; leave out what did not.

    What stood is the amount of every day past the term, up to and including the day it was paid, together
    over 365. Interest is statutory commercial interest on it, per rate and between payments, each rounded.
    """
    as_of, rates = cast("date", bound["as_of"]).toordinal(), published("commercial")
    given = frame.select(
        _cents(pl.col("amount")),
        *(pl.col(f"{term}_until").to_physical() + _FIRST_DAY for term in _TERMS),
        pl.col("paid_dates").list.eval(pl.element().to_physical() + _FIRST_DAY),
        pl.col("paid_amounts").list.eval(_cents(pl.element())),
    )
    columns: dict[str, list[int | None]] = {f"{name}_{term}": [] for term in _TERMS for name in _NAMES}
    kept: list[bool] = []
    for cents, *untils, days, amounts in given.iter_rows():
        payments = list(zip(days or (), amounts or (), strict=True))
        found: dict[int | None, tuple[int | None, int | None, int | None]] = {None: (None, None, None)}
        for until in untils:
            if until not in found:
                found[until] = _beyond(until, cents, payments, as_of, rates)
        kept.append(any(found[until][0] for until in untils))
        for term, until in zip(_TERMS, untils, strict=True):
            for name, value in zip(_NAMES, found[until], strict=True):
                columns[f"{name}_{term}"].append(value)
    return _filled(frame, columns).filter(pl.Series(kept, dtype=pl.Boolean)).sort(
        "standing_beyond_agreed", "standing_beyond_legal", "invoice_id", "due_date",
        descending=[True, True, False, False], nulls_last=True,
    )  # fmt: skip


def _filled(frame: pl.DataFrame, columns: Mapping[str, Sequence[int | None]]) -> pl.DataFrame:
    filled = []
    for name, values in columns.items():
        whole = pl.Series(name, values, dtype=pl.Int64)
        filled.append(whole if frame.schema[name] == pl.Int64 else whole.cast(_MONEY) / 100)
    return frame.drop(_GIVEN).with_columns(filled).cast({name: frame.schema[name] for name in columns})


def _beyond(
    until: int, cents: int, payments: Sequence[tuple[int, int]], as_of: int, rates: Schedule
) -> _Beyond:
    """Return the days past a term, what stood past it in the last year and the interest on that, in cents."""
    start = max(until, as_of - DAYS)
    part = Part(start, cents, max(start, rates.starts[0] - 1))
    reached, last, standing = start, until, 0
    for day, paid in (*payments, (as_of, 0)):
        if day > reached:
            if part.principal > 0:
                standing += part.principal * (day - reached)
                last = day
                accrue([part], day, rates)
            reached = day
            part.reached = max(part.reached, day)
        part.principal -= paid
    return last - until, half_up(standing, DAYS), sum(period.interest for period in part.periods)


def _cents(amount: pl.Expr) -> pl.Expr:
    return (amount * 100).cast(pl.Int64)
