"""What stands beyond a payment term, and the interest that runs on it: shape `beyond_terms`."""

from collections.abc import Mapping
from datetime import date
from math import gcd
from typing import cast

import polars as pl

from queries.claims.claim_rows import published
from queries.claims.interest import PER, Schedule, half_up

DAYS = 365
_GIVEN = ("paid_dates", "paid_amounts")
_TERMS = ("agreed", "legal")
_FILLED = tuple(f"{name}_beyond_{term}" for term in _TERMS for name in ("days", "standing", "interest"))
_MONEY = pl.Decimal(38, 2)
_WIDE = pl.Int128  # cents x days x percent leaves 64 bits
_FIRST_DAY = date(1970, 1, 1).toordinal()  # days of a frame are counted from it


def beyond_terms(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Fill in per invoice what stood beyond each term in the year to the day; leave out what did not.

    What stood is the amount of every day past the term, up to and including the day it was paid, together
    over 365. Interest is statutory commercial interest on it, per rate and between payments, each rounded.
    """
    as_of = cast("date", bound["as_of"]).toordinal()
    untils = [pl.col(f"{term}_until").to_physical().cast(pl.Int64) + _FIRST_DAY for term in _TERMS]
    rows = frame.with_row_index("row").select(
        "row", _cents(pl.col("amount")).alias("owed"), *_GIVEN,
        *(until.alias(term) for until, term in zip(untils, _TERMS, strict=True)),
    )  # fmt: skip
    stretches = _stretches(rows, as_of)
    filled = frame.drop(_GIVEN, _FILLED).with_row_index("row")
    for term in _TERMS:
        measures = _beyond(stretches, term, as_of, published("commercial"))
        filled = filled.join(measures, on="row", how="left", maintain_order="left").with_columns(
            # A term the law does not have tells nothing; one that was kept, that nothing stood.
            pl.when(pl.col(f"{term}_until").is_not_null())
            .then(pl.col(name).fill_null(0))
            .cast(frame.schema[name])
            for name in measures.columns[1:]
        )
    stood = pl.any_horizontal(pl.col(f"days_beyond_{term}") > 0 for term in _TERMS)
    return filled.filter(stood).select(name for name in frame.columns if name not in _GIVEN).sort(
        "standing_beyond_agreed", "standing_beyond_legal", "invoice_id", "due_date",
        descending=[True, True, False, False], nulls_last=True,
    )  # fmt: skip


def _stretches(rows: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Give a row per invoice and stretch between payments on which something was open.

    Returns:
        `row` and the days each term ends on, `since` (the day of the payment before, null at first), `day`
        (of the next one, or the day asked about) and `left`, what was open in between, in cents.
    """
    paid = (
        rows.select("row", *_GIVEN)
        .filter(pl.col("paid_dates").list.len() > 0)
        .explode(_GIVEN)
        .select(
            "row",
            (pl.col("paid_dates").to_physical().cast(pl.Int64) + _FIRST_DAY).alias("day"),
            _cents(pl.col("paid_amounts")).alias("paid"),
        )
    )
    last = rows.select(
        "row", pl.lit(as_of, dtype=pl.Int64).alias("day"), pl.lit(0, dtype=pl.Int64).alias("paid")
    )
    days = pl.concat([paid, last]).sort("row", "day", maintain_order=True)
    before = pl.col("paid").cum_sum() - pl.col("paid")
    is_first = pl.col("row") != pl.col("row").shift(1)
    return (
        days.with_columns(
            since=pl.when(~is_first).then(pl.col("day").shift(1)),
            # What was paid on all rows before, less what was on those of other invoices.
            before=before - pl.when(is_first.fill_null(value=True)).then(before).forward_fill(),
        )
        .join(rows.select("row", "owed", *_TERMS), on="row", maintain_order="left")
        .select("row", *_TERMS, "since", "day", left=pl.col("owed") - pl.col("before"))
        .filter(pl.col("left") > 0)
    )


def _beyond(stretches: pl.DataFrame, term: str, as_of: int, rates: Schedule) -> pl.DataFrame:
    """Return per `row` the days past a term, what stood past it in the last year and the interest on that."""
    start = pl.max_horizontal(pl.col(term), as_of - DAYS)
    stood = (
        stretches.filter(pl.col(term).is_not_null())
        .with_columns(since=pl.max_horizontal(start, "since"), left=pl.col("left").cast(_WIDE))
        .filter(pl.col("day") > pl.col("since"))
    )
    days = pl.col("day") - pl.col("since")
    return (
        stood.group_by("row")
        .agg(
            (pl.col("day").max() - pl.col(term).first()).alias(f"days_beyond_{term}"),
            half_up((pl.col("left") * days).sum(), DAYS).alias(f"standing_beyond_{term}"),
            pl.sum_horizontal(_interest(rates)).sum().alias(f"interest_beyond_{term}"),
        )
        .with_columns(pl.col(f"{name}_beyond_{term}").cast(_MONEY) / 100 for name in ("standing", "interest"))
    )


def _interest(rates: Schedule) -> list[pl.Expr]:
    """Return the interest of a stretch per rate, each in whole cents.

    A year never comes to its end within 365 days, so that nothing is compounded.
    """
    ends = [start - 1 for start in rates.starts[1:]]
    parts = []
    for place, (start, percent) in enumerate(zip(rates.starts, rates.percents, strict=True)):
        last = pl.min_horizontal("day", ends[place]) if place < len(ends) else pl.col("day")
        days = (last - pl.max_horizontal("since", start - 1)).clip(lower_bound=0)
        common = gcd(percent, PER)
        parts.append(half_up(pl.col("left") * days * (percent // common), PER // common))
    return parts


def _cents(amount: pl.Expr) -> pl.Expr:
    return (amount * 100).cast(pl.Int64)
