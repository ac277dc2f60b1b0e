"""Notices that the books or the bank balance end before the as-of day."""

from datetime import date

import polars as pl

from reports.formats import days, in_sentence
from reports.translation import _

# Books are loaded at least once a week, so data older than that is stale.
_FRESH = 7
# Commands stay silent about the days that a month-end close takes.
_FAR = 31


def books_end(as_of: date, today: date, last: date | None) -> str | None:
    """Return that the as-of day is in the future, or that the books end before it; None if neither holds.

    Args:
        as_of: day of the view.
        today: the present day.
        last: day of the last document, payment or bank balance.
    """
    if as_of > today:
        return _(
            "{day} is still to come: only what is known today counts. Choose a day up to {today}.",
            day=in_sentence(as_of),
            today=in_sentence(today),
        )
    if last is None:
        return None
    if last < as_of:
        return _end_before(as_of, last)
    if as_of == last and (today - last).days > _FRESH:
        return _(
            "The books end on {last}, {days} ago. Load what came after it.",
            last=in_sentence(last),
            days=days((today - last).days),
        )
    return None


def far_behind(as_of: date, last: date | None) -> str | None:
    """Return that the books end more than a month before the as-of day; None if they do not.

    Args:
        as_of: past or future.
        last: day of the last document, payment or bank balance.
    """
    return _end_before(as_of, last) if last is not None and (as_of - last).days > _FAR else None


def _end_before(as_of: date, last: date) -> str:
    return _(
        "The books end on {last}, {days} before {day}. Load what came after it.",
        last=in_sentence(last),
        days=days((as_of - last).days),
        day=in_sentence(as_of),
    )


def bank_ends(as_of: date, accounts: pl.DataFrame) -> str | None:
    """Return that an account's balance is more than a week old, from `bank_position`; None if none is."""
    oldest = accounts["balance_date"].min()
    if not isinstance(oldest, date) or (as_of - oldest).days <= _FRESH:
        return None
    return _(
        "The bank balance holds one of {day}, {days} old. Load a newer bank_balances.csv.",
        day=in_sentence(oldest),
        days=days((as_of - oldest).days),
    )
