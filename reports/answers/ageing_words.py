"""Ageing in words: what the strip, the trend, the segments and a bucket's invoices say."""

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from reports.answers.sums import total
from reports.formats import (
    LIMITS,
    bucket_ids,
    bucket_label,
    money,
    money_short,
    percent,
)
from reports.labels import segment
from reports.translation import _, _n

ALL, OVERDUE = "all", "overdue"


def strip_found(buckets: pl.DataFrame, currency: str) -> str:
    """Say how much is overdue and which part of the open documents that is."""
    late = buckets.filter(pl.col("position") > 0)
    amount = total(late["open_amount"])
    if not amount:
        return _("Nothing is overdue")
    return _(
        "{amount} is overdue, {share} of what is open",
        amount=money(amount, currency, 0),
        share=percent(late["share"].sum()),
    )


def strip_method(buckets: pl.DataFrame, currency: str, basis: str) -> str:
    """Say how age is counted, and how much money stands apart."""
    method = (
        _("Open by age since the due date") if basis == "due" else _("Open by age since the invoice date")
    )
    apart = -total(buckets.filter(pl.col("position") < 0)["open_amount"])
    if not apart:
        return method
    return method + _(" · {amount} received but not yet applied stands apart", amount=money(apart, currency))


def cell_change(share: float | None, change: Decimal, currency: str) -> str:
    """Say which part a bucket is and how it changed in a week."""
    return _("{share} · {change} in 7 d", share=percent(share), change=money(change, currency, 0, sign=True))


def trend_found(trend: pl.DataFrame, currency: str) -> str:
    """Say where the overdue amount went over the weeks."""
    late = trend.select(pl.sum_horizontal(bucket_ids(trend.columns)).alias("late"))["late"]
    if late.is_empty():
        return _("No whole week lies before this day")
    first, last = money_short(late[0], currency), money_short(late[-1], currency)
    weeks = trend.height
    if first == last:
        return _("Overdue stays at {last}", last=last)
    if late[-1] > late[0]:
        return _("Overdue rose in {count} weeks from {first} to {last}", count=weeks, first=first, last=last)
    return _("Overdue fell in {count} weeks from {first} to {last}", count=weeks, first=first, last=last)


def segments_found(segments: pl.DataFrame) -> str:
    """Say which segment is late with the largest part of what it owes."""
    worst = segments.drop_nulls("overdue_share")
    if worst.is_empty() or not worst["overdue_share"][0] or worst["overdue_share"][0] <= 0:
        return _("No segment is late")
    name = segment(worst["segment"][0])
    if worst.height == 1:
        return _("{segment}: {share} is late", segment=name, share=percent(worst["overdue_share"][0]))
    return _("{segment} pays last", segment=name)


def choice_label(bucket: str, limits: Sequence[int] = LIMITS, basis: str = "due") -> str:
    """Return the name of a bucket, or of all or the overdue ones together."""
    if bucket == ALL:
        return _("All")
    return _("Overdue") if bucket == OVERDUE else bucket_label(bucket, limits, basis=basis)


def rows_found(items: pl.DataFrame, bucket: str, limits: Sequence[int], basis: str) -> str:
    """Say how many documents of how many customers a bucket holds."""
    documents = _n("{count} document", "{count} documents", items["invoice_id"].n_unique())
    customers = _n("{count} customer", "{count} customers", items["customer_id"].n_unique())
    values = {"documents": documents, "customers": customers}
    if bucket == ALL:
        return _("Open: {documents} of {customers}", **values)
    if bucket == OVERDUE:
        return _("Overdue: {documents} of {customers}", **values)
    label = bucket_label(bucket, limits, basis=basis)
    return _("{bucket}: {documents} of {customers}", bucket=label, **values)


def rows_footer(items: pl.DataFrame, currency: str) -> str:
    """Say what the documents come to."""
    return _("together {amount} open", amount=money(total(items["open_amount"]), currency))
