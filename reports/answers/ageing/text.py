"""Findings of the ageing: the strip of buckets, the trend, the segments and the documents of a bucket."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from reports.answers.shared.comparison import against, change_column
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.codes import segment
from reports.columns import heading
from reports.formats import (
    LIMITS,
    bucket_ids,
    bucket_label,
    in_sentence,
    money,
    money_short,
    percent,
)
from reports.translation import _, _n, _p

ALL, OVERDUE = "all", "overdue"
APART = ("credits", "unapplied")  # what stands beside the buckets
# Columns of open documents. Amount open and state come first: a screen of 1024 pixels holds six columns.
_COLUMNS = (
    "customer_name",
    "invoice_id",
    "due_date",
    "days_overdue",
    "open_amount",
    "state",
    "invoice_date",
    "amount",
)
_PAYMENT_COLUMNS = ("customer_name", "payment_id", "payment_date", "unapplied", "kind")


def phone_columns(rows: pl.DataFrame) -> tuple[str, ...]:
    """Return the columns for a phone of open documents, or of payments on account."""
    if "unapplied" in rows.columns:
        return ("customer_name", "unapplied", "payment_date")
    return ("customer_name", "open_amount", "days_overdue")


def document_columns(rows: pl.DataFrame) -> tuple[str, ...]:
    """Return the columns of open documents; with what is owed, where set-off makes that another amount.

    Args:
        rows: `open_items` or `money_on_account`.
    """
    if "unapplied" in rows.columns:
        return _PAYMENT_COLUMNS
    if (rows["owed_amount"] == rows["open_amount"]).all():
        return _COLUMNS
    place = _COLUMNS.index("open_amount") + 1
    return (*_COLUMNS[:place], "owed_amount", *_COLUMNS[place:])


def strip(
    buckets: pl.DataFrame, currency: str, basis: str = "due", limits: Sequence[int] = LIMITS
) -> Finding:
    """Return how much is overdue, or by invoice date how much is older than the first bucket limit.

    Args:
        buckets: `ageing_buckets`.
        currency: of the amounts.
        basis: `due` or `invoice`, the date that age is counted from.
        limits: of the buckets, in days.
    """
    title = (
        _old_documents(buckets, currency, limits[0])
        if basis == "invoice"
        else _overdue_documents(buckets, currency)
    )
    return Finding(title, _strip_method(buckets, currency, basis))


def _overdue_documents(buckets: pl.DataFrame, currency: str) -> str:
    overdue = buckets.filter(pl.col("position") > 0)
    amount = total(overdue["invoices_open"])
    if not amount:
        return _("Nothing is overdue")
    return _(
        "{amount} is overdue, {share} of what is open",
        amount=money(amount, currency, 0),
        share=percent(overdue["share"].sum()),
    )


def _old_documents(buckets: pl.DataFrame, currency: str, days: int) -> str:
    old = buckets.filter(pl.col("position") > 1)
    amount = total(old["invoices_open"])
    if not amount:
        return _("Nothing open was invoiced more than {days} days ago", days=days)
    return _(
        "{amount} was invoiced more than {days} days ago, {share} of what is open",
        amount=money(amount, currency, 0),
        days=days,
        share=percent(old["share"].sum()),
    )


def _strip_method(buckets: pl.DataFrame, currency: str, basis: str) -> str:
    method = (
        _("Open by age since the due date") if basis == "due" else _("Open by age since the invoice date")
    )
    aged = buckets.filter(pl.col("position") >= 0)
    apart = dict(buckets.filter(pl.col("position") < 0).select("bucket", "open_amount").iter_rows())
    terms = [_("{amount} of invoices", amount=money(total(aged["open_amount"]), currency))]
    if apart.get("credits"):
        terms.append(_("{amount} to be set off", amount=money(-apart["credits"], currency)))
    if apart.get("unapplied"):
        terms.append(_("{amount} on account", amount=money(-apart["unapplied"], currency)))
    if len(terms) == 1:
        return method
    return f"{method} · {' − '.join(terms)} = {money(total(buckets['open_amount']), currency)}"


def cell(row: Mapping[str, Any], currency: str, day: date, as_of: date) -> str:
    """Return the line under a cell: its share of what is open on invoices, and its change since a day.

    Args:
        row: of `compare.buckets`.
        currency: of the amounts.
        day: that the cell is compared with.
        as_of: day of the cell.
    """
    words = {
        "change": money(row[change_column("open_amount", day)], currency, 0, sign=True),
        "against": against(day, as_of),
    }
    if row["share"] is None:
        return _("{change} {against}", **words)
    return _("{share} · {change} {against}", share=percent(row["share"]), **words)


def cell_documents(row: Mapping[str, Any]) -> str:
    """Return how many documents a cell opens, or of money on account of how many customers the payments are.

    Args:
        row: of `ageing_buckets`.
    """
    if row["invoices"] is None:
        return _n("{count} customer", "{count} customers", row["customers"])
    return _n("{count} document", "{count} documents", row["invoices"])


def trend(weeks: pl.DataFrame, currency: str, basis: str = "due") -> Finding:
    """Return how the overdue amount, or by invoice date the open amount, changed over the weeks.

    Args:
        weeks: `ageing_trend`, one row per week.
        currency: of the amounts.
        basis: `due` or `invoice`, the date that age is counted from.
    """
    return Finding(_trend_title(weeks, currency, basis), _trend_method(weeks, basis))


def _trend_title(weeks: pl.DataFrame, currency: str, basis: str) -> str:
    names = bucket_ids(weeks.columns) if basis == "due" else ["not_due", *bucket_ids(weeks.columns)]
    amounts = weeks.select(pl.sum_horizontal(names).alias("amount"))["amount"]
    if amounts.is_empty():
        return _("No week lies before this day")
    first, last = money_short(amounts[0], currency), money_short(amounts[-1], currency)
    values = {
        "weeks": _n("{count} week", "{count} weeks", weeks.height - 1),
        "first": first,
        "last": last,
    }
    if first == last:
        return (
            _("Overdue stays at {last}", last=last)
            if basis == "due"
            else _("Open stays at {last}", last=last)
        )
    if amounts[-1] > amounts[0]:
        if basis == "due":
            return _("Overdue rose in {weeks} from {first} to {last}", **values)
        return _("Open rose in {weeks} from {first} to {last}", **values)
    if basis == "due":
        return _("Overdue fell in {weeks} from {first} to {last}", **values)
    return _("Open fell in {weeks} from {first} to {last}", **values)


def _trend_method(weeks: pl.DataFrame, basis: str) -> str:
    if weeks.is_empty():
        return _("Overdue per week") if basis == "due" else _("Open per week by age since the invoice date")
    last = in_sentence(weeks["as_of"].max())  # type: ignore[arg-type]  # polars does not say it is a date
    if basis == "due":
        return _("Overdue on invoices, every seven days up to {day}", day=last)
    return _("Open on invoices by age since the invoice date, every seven days up to {day}", day=last)


def last_day_with_open_documents(weeks: pl.DataFrame) -> date | None:
    """Return the last day of `ageing_trend` on which a document was open; None if there is none."""
    # An open credit note is an open document too.
    columns = [name for name in ("not_due", *bucket_ids(weeks.columns), "credits") if name in weeks.columns]
    days = weeks.filter(pl.any_horizontal(pl.col(columns) != 0))["as_of"]
    last = days.max()
    return last if isinstance(last, date) else None


def segments(rows: pl.DataFrame, basis: str = "due") -> Finding:
    """Return which segment is late with the largest share of its open amount.

    Args:
        rows: `ageing_segments`, the largest share first. Overdue is counted from the due date on any basis.
        basis: `due` or `invoice`; by invoice date the method says so.
    """
    return Finding(
        _segments_title(rows),
        _("Overdue as part of what is open on invoices, per segment")
        if basis == "due"
        else _("Past the due date, as part of what is open on invoices, per segment"),
    )


def _segments_title(rows: pl.DataFrame) -> str:
    known = rows.drop_nulls("overdue_share")
    if known.is_empty() or not known["overdue_share"][0] or known["overdue_share"][0] <= 0:
        return _("No segment is late")
    name = segment(known["segment"][0])
    if known.height == 1:
        return _("{segment}: {share} is late", segment=name, share=percent(known["overdue_share"][0]))
    return _("{segment} pays last", segment=name)


CUSTOMER = "customer"
GROUPS = (CUSTOMER, "account_manager", "country", "parent")
GROUP_PHONE = ("group_name", "total")


def group_choice(by: str) -> str:
    """Return the name of what the open amounts are added up by."""
    if by == CUSTOMER:
        return heading("customer_name")
    return _("Parent customer") if by == "parent" else heading(by)


def groups(rows: pl.DataFrame, by: str, currency: str) -> Finding:
    """Return which group owes most, or by how many parents the limit of their group is passed.

    Args:
        rows: `ageing_groups`, the largest first.
        by: one of `GROUPS`.
        currency: of the amounts.
    """
    method = _(
        "What customers owe by age, less what is to be set off and money on account; of a parent: all its "
        "customers, and the limit recorded on the parent itself"
    )
    over = rows.filter(pl.col("limit_left") < 0).height
    if rows.is_empty():
        return Finding(_("Nothing is open"), method)
    if by == "parent" and over:
        title = _n("{count} group is over its limit", "{count} groups are over their limit", over)
        return Finding(title, method)
    largest = rows.row(0, named=True)
    words = {
        "group": largest["group_name"] or _p("word", "(none)"),
        "amount": money(largest["total"], currency, 0),
    }
    titles = {
        "account_manager": _("Customers of {group} owe most: {amount}", **words),
        "country": _("Customers in {group} owe most: {amount}", **words),
        "parent": _("Group {group} owes most: {amount}", **words),
    }
    return Finding(titles[by], method)


def group_rows(
    rows: pl.DataFrame, by: str, limits: Sequence[int] = LIMITS, basis: str = "due"
) -> pl.DataFrame:
    """Return groups as they are shown: buckets by their names, limits of parents only."""
    limit = ["credit_limit", "limit_left"]
    first = ["group_name", "total", *(limit if by == "parent" else ())]
    rest = [name for name in rows.columns if name not in {"group_id", *first, *limit}]
    named = pl.col("group_name").replace("", _p("word", "(none)")).fill_null(_p("word", "(none)"))
    return with_bucket_names(rows.select(first + rest).with_columns(named), limits, basis)


def with_bucket_names(rows: pl.DataFrame, limits: Sequence[int] = LIMITS, basis: str = "due") -> pl.DataFrame:
    """Return rows with a column per bucket, those columns named as people read them."""
    buckets = ["not_due", *bucket_ids(rows.columns)]
    return rows.rename({name: bucket_label(name, limits, basis=basis) for name in buckets})


def bucket_choices(buckets: Sequence[str], basis: str = "due") -> list[str]:
    """Return the choices of buckets, the default first: by invoice date no bucket is overdue."""
    first = [OVERDUE, ALL] if basis == "due" else [ALL]
    return [*first, *buckets, *APART]


def bucket_choice(bucket: str, limits: Sequence[int] = LIMITS, basis: str = "due") -> str:
    """Return the name of a choice: one bucket, all of them, or the overdue ones."""
    if bucket == ALL:
        return _p("choice", "All")
    return _p("choice", "Overdue") if bucket == OVERDUE else bucket_label(bucket, limits, basis=basis)


def documents(items: pl.DataFrame, bucket: str, limits: Sequence[int], basis: str) -> Finding:
    """Return how many documents of how many customers a bucket holds, and what picking a row does.

    Args:
        items: `open_items` of the bucket, or `money_on_account`.
        bucket: one of `bucket_choices`.
        limits: of the buckets, in days.
        basis: `due` or `invoice`, the date that age is counted from.
    """
    return Finding(
        _documents_title(items, bucket, limits, basis),
        _("Largest first. Pick a row for the customer and its history."),
    )


def documents_method(basis: str = "due") -> str:
    """Return which documents an export holds and in which order."""
    if basis == "due":
        return _("Open documents on the day by days past due, largest first.")
    return _("Open documents on the day by age since the invoice date, largest first.")


def _documents_title(items: pl.DataFrame, bucket: str, limits: Sequence[int], basis: str) -> str:
    documents = (
        _n("{count} payment", "{count} payments", items.height)
        if "unapplied" in items.columns
        else _n("{count} document", "{count} documents", items["invoice_id"].n_unique())
    )
    values = {
        "documents": documents,
        "customers": _n("{count} customer", "{count} customers", items["customer_id"].n_unique()),
    }
    if bucket == ALL:
        return _("Open: {documents} of {customers}", **values)
    if bucket == OVERDUE:
        return _("Overdue: {documents} of {customers}", **values)
    label = bucket_label(bucket, limits, basis=basis)
    return _("{bucket}: {documents} of {customers}", bucket=label, **values)


def documents_footer(items: pl.DataFrame, currency: str) -> str:
    """Return the sum of the documents, and why there may be more rows than documents.

    Args:
        items: `open_items` or `money_on_account`.
        currency: of the amounts.
    """
    if "unapplied" in items.columns:
        return _("together {amount} on account", amount=money(total(items["unapplied"]), currency))
    together = _("together {amount} open", amount=money(total(items["open_amount"]), currency))
    if items.height == items["invoice_id"].n_unique():
        return together
    return f"{together} · " + _("an instalment has a row of its own")
