"""Why invoices are disputed, how long that lasts and what money waits for it."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from forecasting.statistics.survival import median_days

PERIOD = 365
_MONEY = pl.Decimal(38, 2)
_SCHEMA = pl.Schema(
    {
        "reason": pl.String(),
        **dict.fromkeys(("disputes", "resolved", "still_open"), pl.Int64()),
        "blocked_amount": _MONEY,
        **dict.fromkeys(("median_days", "shortest_days", "longest_days", "longest_open_days"), pl.Int64()),
    }
)


def lately(disputes: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the disputes that were opened in the 365 days to the day."""
    return disputes.filter(pl.col("opened_date") > as_of - timedelta(days=PERIOD))


def reasons(disputes: pl.DataFrame, blocked: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Say per reason how many disputes there are, how long they last and what they hold up.

    How many and how long is said of the disputes opened in the 365 days to the day: in the median those that
    are still open count for as long as they have lasted. What is open and blocked is said of every dispute
    that is open on the day, however old.

    Args:
        disputes: `disputes`.
        blocked: `blocked` of the same day and filters.
        as_of: the day.

    Returns:
        One row per reason, most money blocked first: `reason` (null: none was given), `disputes`, `resolved`
        (of those), `still_open`, `blocked_amount`, `median_days` (null where more than half last on),
        `shortest_days` and `longest_days` of the resolved ones, `longest_open_days`.
    """
    disputes = _named(disputes)
    waits = dict(_named(blocked).group_by("reason").agg(pl.col("open_amount").sum()).iter_rows())
    groups = disputes.sort("reason", nulls_last=True).partition_by("reason", maintain_order=True)
    rows = [_row(one, waits.get(one["reason"][0], Decimal(0)), as_of) for one in groups if one.height]
    frame = pl.DataFrame(rows, schema=_SCHEMA)
    frame = frame.filter((pl.col("disputes") > 0) | (pl.col("still_open") > 0))
    return frame.sort("blocked_amount", "disputes", descending=True, maintain_order=True)


def of_reason(rows: pl.DataFrame, reason: str | None) -> pl.DataFrame:
    """Return the rows of one reason; None: those without one."""
    return rows.filter(_named(rows)["reason"].eq_missing(pl.Series([reason], dtype=pl.String)))


def lasting(disputes: pl.DataFrame, as_of: date) -> int | None:
    """Return the median days of the disputes of the 365 days to the day, open ones counted."""
    return median_days(_spells(lately(disputes, as_of)))


def _row(disputes: pl.DataFrame, waits: Decimal, as_of: date) -> dict[str, object]:
    recent = lately(disputes, as_of)
    over = recent.filter(~pl.col("is_open"))["days_open"]
    still = disputes.filter("is_open")["days_open"]
    return {
        "reason": disputes["reason"][0],
        "disputes": recent.height,
        "resolved": over.len(),
        "still_open": still.len(),
        "blocked_amount": waits,
        "median_days": median_days(_spells(recent)),
        "shortest_days": over.min(),
        "longest_days": over.max(),
        "longest_open_days": still.max(),
    }


def _spells(disputes: pl.DataFrame) -> pl.DataFrame:
    return disputes.select(days="days_open", is_over=~pl.col("is_open"))


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with reasons that differ in outer spaces only as one, and an empty one as none."""
    reason = pl.col("reason").str.strip_chars()
    return rows.with_columns(reason=pl.when(reason != "").then(reason))
