"""Disputes per reason: how many there are, how long they take to resolve, how much money they block."""

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


def recent_disputes(disputes: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the disputes that were opened in the 365 days to the day."""
    return disputes.filter(pl.col("opened_date") > as_of - timedelta(days=PERIOD))


def reasons(disputes: pl.DataFrame, blocked: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Count disputes per reason, with their duration and the money they block.

    Counts and durations cover the disputes opened in the 365 days to the day; open ones enter the median as
    censored durations. `still_open` and `blocked_amount` cover every dispute that is open on the day,
    however old.

    Args:
        disputes: `disputes`.
        blocked: `blocked` of the same day and filters.
        as_of: the day.

    Returns:
        One row per reason, most money blocked first: `reason` (null: none was given), `disputes`, `resolved`
        (of those), `still_open`, `blocked_amount`, `median_days` (null where more than half are open),
        `shortest_days` and `longest_days` of the resolved ones, `longest_open_days`.
    """
    disputes = _with_clean_reasons(disputes)
    blocked_amounts = dict(
        _with_clean_reasons(blocked).group_by("reason").agg(pl.col("open_amount").sum()).iter_rows()
    )
    groups = disputes.sort("reason", nulls_last=True).partition_by("reason", maintain_order=True)
    rows = [
        _row(group, blocked_amounts.get(group["reason"][0], Decimal(0)), as_of)
        for group in groups
        if group.height
    ]
    frame = pl.DataFrame(rows, schema=_SCHEMA)
    frame = frame.filter((pl.col("disputes") > 0) | (pl.col("still_open") > 0))
    return frame.sort("blocked_amount", "disputes", descending=True, maintain_order=True)


def of_reason(rows: pl.DataFrame, reason: str | None) -> pl.DataFrame:
    """Return the rows of one reason; None: the rows without a reason."""
    return rows.filter(_with_clean_reasons(rows)["reason"].eq_missing(pl.Series([reason], dtype=pl.String)))


def median_duration(disputes: pl.DataFrame, as_of: date) -> int | None:
    """Return the median days to resolve the disputes of the 365 days to the day, open ones counted."""
    return median_days(_durations(recent_disputes(disputes, as_of)))


def _row(disputes: pl.DataFrame, blocked_amount: Decimal, as_of: date) -> dict[str, object]:
    recent = recent_disputes(disputes, as_of)
    resolved_days = recent.filter(~pl.col("is_open"))["days_open"]
    open_days = disputes.filter("is_open")["days_open"]
    return {
        "reason": disputes["reason"][0],
        "disputes": recent.height,
        "resolved": resolved_days.len(),
        "still_open": open_days.len(),
        "blocked_amount": blocked_amount,
        "median_days": median_days(_durations(recent)),
        "shortest_days": resolved_days.min(),
        "longest_days": resolved_days.max(),
        "longest_open_days": open_days.max(),
    }


def _durations(disputes: pl.DataFrame) -> pl.DataFrame:
    return disputes.select(days="days_open", is_over=~pl.col("is_open"))


def _with_clean_reasons(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with outer spaces taken off the reasons; an empty reason becomes null."""
    reason = pl.col("reason").str.strip_chars()
    return rows.with_columns(reason=pl.when(reason != "").then(reason))
