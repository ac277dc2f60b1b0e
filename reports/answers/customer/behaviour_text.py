"""The sentence over the days late of a customer: how it pays, since when, and what it has not paid."""

from datetime import date

import polars as pl

from reports.answers.shared.finding import Finding
from reports.formats import days, month, number
from reports.translation import _, _n


def level(late: float | None) -> str:
    """Return how late a customer usually pays."""
    if late is None:
        return _("No payments in the last two years")
    if round(late) == 0:
        return _("Usually pays on the due date")
    if late > 0:
        return _("Usually pays {days} late", days=days(late))
    return _("Usually pays {days} early", days=days(-late))


def behaviour(
    payments: pl.DataFrame,
    days_to_pay: float | None,
    since: date | None,
    levels: tuple[float | None, float | None],
    still_open: pl.DataFrame | None = None,
) -> Finding:
    """Return how late a customer pays, and since when; and what is open longer than it ever took to pay.

    Args:
        payments: `payment_behaviour`, those that are drawn.
        days_to_pay: from invoice to payment, by amount.
        since: first day of the present level; None without a clear change.
        levels: median days late before and since that day.
        still_open: its overdue invoices, `days_overdue` each.
    """
    before, after = levels
    if since is None or before is None or after is None:
        title = level(before if after is None else after)
    elif after > before:
        title = _("Pays {days} later since {month}", days=days(after - before), month=month(since, long=True))
    else:
        title = _(
            "Pays {days} sooner since {month}", days=days(before - after), month=month(since, long=True)
        )
    late = still_open["days_overdue"].to_list() if still_open is not None else []
    longest = max(payments["days_late"].drop_nulls().to_list(), default=0)
    beyond = [days_open for days_open in late if days_open > max(longest, 0)]
    usual = before if after is None else after
    if late and not beyond and max(late) > max(usual or 0, 0):
        title = _n(
            "{usual}; {count} invoice is open now, {days} late",
            "{usual}; {count} invoices are open now, up to {days} late",
            len(late),
            usual=title,
            days=days(max(late)),
        )
    if beyond:
        # What is paid says nothing of what is not: an invoice open longer than any took comes first.
        title = _n(
            "{count} invoice is open longer than it ever took to pay: {days} late",
            "{count} invoices are open longer than it ever took to pay: up to {days} late",
            len(beyond),
            days=days(max(beyond)),
        )
    method = _n(
        "Days late per payment, {count} payment",
        "Days late per payment, the latest {count}; line: the median",
        payments.height,
    )
    paid_late = payments["days_late"].drop_nulls()
    if paid_late.len():
        method += " · " + _(
            "median {median}, mean {mean} days late",
            median=number(float(paid_late.median() or 0), 0),  # type: ignore[arg-type]
            mean=number(float(paid_late.mean() or 0), 0),  # type: ignore[arg-type]
        )
    if late:
        method += " · " + _n("hollow: {count} still open", "hollow: {count} still open", len(late))
    if days_to_pay is not None:
        method += " · " + _("{days} from invoice to payment, by amount", days=days(days_to_pay))
    return Finding(title, method)
