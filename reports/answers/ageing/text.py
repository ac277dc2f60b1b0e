"""Ageing in words: what the strip, the trend, the segments and a bucket's invoices say."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from reports.answers.shared.money import total
from reports.formats import (
    LIMITS,
    bucket_ids,
    bucket_label,
    in_sentence,
    money,
    money_short,
    percent,
)
from reports.labels import segment
from reports.translation import _, _n

ALL, OVERDUE = "all", "overdue"


def strip_found(
    buckets: pl.DataFrame, currency: str, basis: str = "due", limits: Sequence[int] = LIMITS
) -> str:
    """Say how much is overdue, or was invoiced longer ago than the first limit, and which part that is."""
    if basis == "invoice":
        return _old_found(buckets, currency, limits[0])
    late = buckets.filter(pl.col("position") > 0)
    amount = total(late["open_amount"])
    if not amount:
        return _("Nothing is overdue")
    return _(
        "{amount} is overdue, {share} of what is open",
        amount=money(amount, currency, 0),
        share=percent(late["share"].sum()),
    )


def _old_found(buckets: pl.DataFrame, currency: str, days: int) -> str:
    old = buckets.filter(pl.col("position") > 1)
    amount = total(old["open_amount"])
    if not amount:
        return _("Nothing open was invoiced more than {days} days ago", days=days)
    return _(
        "{amount} was invoiced more than {days} days ago, {share} of what is open",
        amount=money(amount, currency, 0),
        days=days,
        share=percent(old["share"].sum()),
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


def trend_found(trend: pl.DataFrame, currency: str, basis: str = "due") -> str:
    """Say where the overdue amount, or by invoice date what is open, went over the weeks."""
    names = bucket_ids(trend.columns) if basis == "due" else ["not_due", *bucket_ids(trend.columns)]
    late = trend.select(pl.sum_horizontal(names).alias("late"))["late"]
    if late.is_empty():
        return _("No whole week lies before this day")
    first, last = money_short(late[0], currency), money_short(late[-1], currency)
    values = {
        "weeks": _n("{count} week", "{count} weeks", trend.height - 1),
        "first": first,
        "last": last,
    }
    if first == last:
        return (
            _("Overdue stays at {last}", last=last)
            if basis == "due"
            else _("Open stays at {last}", last=last)
        )
    if late[-1] > late[0]:
        if basis == "due":
            return _("Overdue rose in {weeks} from {first} to {last}", **values)
        return _("Open rose in {weeks} from {first} to {last}", **values)
    if basis == "due":
        return _("Overdue fell in {weeks} from {first} to {last}", **values)
    return _("Open fell in {weeks} from {first} to {last}", **values)


def last_open(trend: pl.DataFrame) -> date | None:
    """Return the last day of `ageing_trend` on which a document was open."""
    days = trend.filter(pl.col("total") != pl.col("unapplied"))["as_of"]
    last = days.max()
    return last if isinstance(last, date) else None


def trend_method(trend: pl.DataFrame, basis: str = "due") -> str:
    """Say what the bars are, and of which day the last one is: a week that is not over has none."""
    if trend.is_empty():
        return _("Overdue per week") if basis == "due" else _("Open per week by age since the invoice date")
    last = in_sentence(trend["as_of"].max())  # type: ignore[arg-type]  # polars does not say it is a date
    if basis == "due":
        return _("Overdue per week, on Sunday evening; the last is {day}", day=last)
    return _("Open per week by age since the invoice date, on Sunday evening; the last is {day}", day=last)


def segments_method(basis: str = "due") -> str:
    """Say what the bars per segment are; what is overdue is so by the due date, however age is counted."""
    if basis == "due":
        return _("Overdue as part of what is open, per segment")
    return _("Past the due date, as part of what is open, per segment")


def choices(buckets: Sequence[str], basis: str = "due") -> list[str]:
    """Return the buckets to choose from, the first by itself: by invoice date nothing is overdue."""
    return [OVERDUE, ALL, *buckets] if basis == "due" else [ALL, *buckets]


def rows_method(basis: str = "due") -> str:
    """Say which documents the rows are."""
    if basis == "due":
        return _("Open documents on the day by days past due, largest first.")
    return _("Open documents on the day by age since the invoice date, largest first.")


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
    """Say what the documents come to, and why there may be more rows than documents."""
    together = _("together {amount} open", amount=money(total(items["open_amount"]), currency))
    if items.height == items["invoice_id"].n_unique():
        return together
    return f"{together} · " + _("an instalment has a row of its own")
