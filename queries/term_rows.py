"""What stands beyond a payment term, and the interest that runs on it: shape `beyond_terms`."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

import polars as pl

from queries.claim_rows import published
from queries.interest import Part, Schedule, accrue, half_up

DAYS = 365
_GIVEN = ("paid_dates", "paid_amounts")
_NAMES = ("days_beyond", "standing_beyond", "interest_beyond")
_TERMS = ("agreed", "legal")
_CENTS = Decimal("0.01")
_Beyond = tuple[int, int, int]


def beyond_terms(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Fill in per invoice what stood beyond each term in the year to the day; leave out what did not.

    What stood is the amount of every day past the term, up to and including the day it was paid, together
    over 365. Interest is statutory commercial interest on it, per rate and between payments, each rounded.
    """
    as_of = cast("date", bound["as_of"]).toordinal()
    rates = published("commercial")
    columns: dict[str, list[object]] = {f"{name}_{term}": [] for term in _TERMS for name in _NAMES}
    kept: list[bool] = []
    rows = frame.select("amount", *(f"{term}_until" for term in _TERMS), *_GIVEN).iter_rows()
    for amount, *untils, days, amounts in rows:
        payments = _payments(days, amounts)
        found: dict[date | None, _Beyond] = {None: (0, 0, 0)}
        for until in untils:
            if until not in found:
                found[until] = _beyond(until.toordinal(), _cents(amount), payments, as_of, rates)
        kept.append(any(found[until][1] for until in untils))
        for term, until in zip(_TERMS, untils, strict=True):
            late, standing, interest = found[until]
            known = until is not None
            values = (late, _money(half_up(standing, DAYS)), _money(interest))
            for name, value in zip(_NAMES, values, strict=True):
                columns[f"{name}_{term}"].append(value if known else None)
    filled = frame.drop(_GIVEN).with_columns(
        pl.Series(name, values, dtype=frame.schema[name]) for name, values in columns.items()
    )
    return filled.filter(pl.Series(kept, dtype=pl.Boolean)).sort(
        "standing_beyond_agreed", "standing_beyond_legal", "invoice_id", "due_date",
        descending=[True, True, False, False], nulls_last=True,
    )  # fmt: skip


def _beyond(
    until: int, cents: int, payments: Sequence[tuple[int, int]], as_of: int, rates: Schedule
) -> _Beyond:
    """Return the days past a term, cents x days of the last year, and the interest of that year in cents."""
    start = max(until, as_of - DAYS)
    if start >= as_of:
        return 0, 0, 0
    part = Part(start, cents, max(start, rates.starts[0] - 1))
    reached, last, standing = start, until, 0
    for day, paid in (*payments, (as_of, 0)):
        if day > reached and part.principal > 0:
            standing += part.principal * (day - reached)
            last = day
            accrue([part], day, rates)
        reached = part.reached = max(reached, day)
        part.principal -= paid
    return last - until if standing else 0, standing, sum(period.interest for period in part.periods)


def _payments(days: list[date] | None, amounts: list[Decimal] | None) -> list[tuple[int, int]]:
    return [(day.toordinal(), _cents(amount)) for day, amount in zip(days or (), amounts or (), strict=True)]


def _cents(amount: Any) -> int:
    return int(amount * 100)


def _money(cents: int) -> Decimal:
    return Decimal(cents) * _CENTS
