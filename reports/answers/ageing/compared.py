"""Ageing beside that of another day: the buckets and the customers."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from reports.answers.ageing import text
from reports.answers.shared.comparison import change_column, side_by_side, then_column
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.columns.compared import compared
from reports.formats import LIMITS, bucket_ids, in_sentence, money
from reports.translation import _, _n

_BUCKET_FIGURES = ("open_amount", "invoices_open", "share", "invoices", "customers")


def buckets(now: pl.DataFrame, then: pl.DataFrame | None, day: date) -> pl.DataFrame:
    """Return the buckets with what stood in them on another day.

    Args:
        now: `ageing_buckets`.
        then: the same on `day`, None where nothing is known of it.
        day: that it is compared with.
    """
    joined = side_by_side(now, then, ["bucket", "position", "days_from", "days_to"], _BUCKET_FIGURES, day)
    # The change in seven days is that of another choice.
    return joined.drop("change_7d")


def customers(now: pl.DataFrame, then: pl.DataFrame | None, day: date) -> pl.DataFrame:
    """Return every customer with something open on one of two days, the largest change first.

    Args:
        now: `ageing`.
        then: the same on `day`, None where nothing is known of it.
        day: that it is compared with.
    """
    amounts = ["not_due", *bucket_ids(now.columns), "credits", "unapplied", "total"]
    joined = side_by_side(now, then, ["customer_id"], amounts, day)
    largest = pl.col(change_column("total", day)).abs()
    return joined.sort(largest, pl.col("total"), descending=True, nulls_last=True, maintain_order=True)


def groups(now: pl.DataFrame, then: pl.DataFrame | None, day: date) -> pl.DataFrame:
    """Return the groups with what they owed on another day; rows of `ageing_groups`."""
    amounts = ["customers", "not_due", *bucket_ids(now.columns), "credits", "unapplied", "total"]
    return side_by_side(now, then, ["group_id"], amounts, day)


def segments(now: pl.DataFrame, then: pl.DataFrame | None, day: date) -> pl.DataFrame:
    """Return the segments with what was open and overdue on another day; rows of `ageing_segments`."""
    figures = ("customers", "open_amount", "overdue_amount", "overdue_share")
    return side_by_side(now, then, ["segment"], figures, day)


def group_rows(
    rows: pl.DataFrame, by: str, day: date, limits: Sequence[int] = LIMITS, basis: str = "due"
) -> pl.DataFrame:
    """Return groups as the screen shows them: what they owe and owed, then the buckets of today."""
    then = (then_column("total", day), change_column("total", day))
    today = [name for name in rows.columns if compared(name) is None]
    shown = text.group_rows(rows.select(*today, *then), by, limits, basis)
    place = shown.columns.index("total") + 1
    rest = [name for name in shown.columns if name not in then]
    return shown.select(*rest[:place], *then, *rest[place:])


def customer_columns(day: date) -> tuple[str, ...]:
    """Return the columns of the list on a screen: the total, then, and the change."""
    return ("customer_name", "total", then_column("total", day), change_column("total", day))


def customer_rows(
    rows: pl.DataFrame, day: date, limits: Sequence[int] = LIMITS, basis: str = "due"
) -> pl.DataFrame:
    """Return the customers as the screen shows them: what they owe and owed, then the buckets of today."""
    first = customer_columns(day)
    aged = ["not_due", *bucket_ids(rows.columns), "credits", "unapplied"]
    return text.with_bucket_names(rows.select("customer_id", *first, *aged), limits, basis)


def list_columns(
    rows: pl.DataFrame, day: date, limits: Sequence[int] = LIMITS, basis: str = "due"
) -> list[str]:
    """Return the names of the columns of `customer_rows` without the customer's number."""
    return [name for name in customer_rows(rows.clear(), day, limits, basis).columns if name != "customer_id"]


def customers_finding(rows: pl.DataFrame, day: date, currency: str) -> Finding:
    """Return by how much what customers owe changed since a day; rows of `customers`."""
    method = _("What customers owe by age, and what they owed on {day}; the largest change first",
        day=in_sentence(day))  # fmt: skip
    count = _n("{count} customer", "{count} customers", rows.height)
    now, changes = total(rows["total"]), rows[change_column("total", day)]
    if changes.is_empty() or changes.null_count():
        return Finding(_("{customers} owe {amount}", customers=count, amount=money(now, currency, 0)), method)
    change = total(changes)
    words = {
        "amount": money(abs(change), currency, 0),
        "day": in_sentence(day),
    }
    if change == 0:
        return Finding(_("Customers owe as much as on {day}", **words), method)
    if change > 0:
        return Finding(_("Customers owe {amount} more than on {day}", **words), method)
    return Finding(_("Customers owe {amount} less than on {day}", **words), method)
