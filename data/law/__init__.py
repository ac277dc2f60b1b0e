"""Statutory interest in the Netherlands: rates as published, each with its source and the day it was checked.

A half-year that has not begun has no rate here: its decree is not known yet.
"""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

FILE = Path(__file__).parent / "statutory_interest.csv"
RateKind = Literal["commercial", "consumer"]
_STALE_AFTER_MONTHS = 7


@dataclass(frozen=True)
class Rate:
    """One published rate.

    Attributes:
        valid_from: first day it holds, until the next one.
        percent: per year.
        source: where it was found.
        verified_on: day it was checked against its source.
    """

    valid_from: date
    percent: Decimal
    source: str
    verified_on: date


@cache
def rates(kind: RateKind) -> tuple[Rate, ...]:
    """Return the rates of a kind, oldest first: `commercial` (business, public bodies) or `consumer`."""
    with FILE.open(encoding="utf-8", newline="") as rows:
        return tuple(
            Rate(
                date.fromisoformat(row["valid_from"]),
                Decimal(row["percent"]),
                row["source"],
                date.fromisoformat(row["verified_on"]),
            )
            for row in csv.DictReader(rows)
            if row["kind"] == kind
        )


def rate_on(kind: RateKind, day: date) -> Rate | None:
    """Return the rate that holds on a day; None before the first one known."""
    known = [rate for rate in rates(kind) if rate.valid_from <= day]
    return known[-1] if known else None


def newest() -> Rate:
    """Return the newest commercial rate: both kinds are published for every half-year."""
    return rates("commercial")[-1]


def is_stale(as_of: date) -> bool:
    """Tell whether the newest rate is older than seven months, so that a newer one must be out."""
    return as_of > _months_later(newest().valid_from, _STALE_AFTER_MONTHS)


def _months_later(day: date, months: int) -> date:
    # Rates begin on the first or the sixteenth: every month has that day.
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1)
