"""Whether the books reach the day looked at: what is said where they do not."""

from datetime import date

import polars as pl

from reports.formats import days, in_sentence
from reports.translation import _

# Older than a week is stale: the books of a company are loaded once a week or more often.
_FRESH = 7
# A command for a program is not told of days that a month's close takes.
_FAR = 31


def books_end(as_of: date, today: date, last: date | None) -> str | None:
    """Say that the day lies ahead, or that the books end before it; None where neither is so.

    Args:
        as_of: the day looked at.
        today: the day it is.
        last: of the last document, payment or bank balance.
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
    """Say that the books end more than a month before the day; None where they do not.

    Args:
        as_of: the day looked at, past or to come.
        last: of the last document, payment or bank balance.
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
    """Say that the bank balance holds one that is more than a week old, from `bank_position`."""
    oldest = accounts["balance_date"].min()
    if not isinstance(oldest, date) or (as_of - oldest).days <= _FRESH:
        return None
    return _(
        "The bank balance holds one of {day}, {days} old. Load a newer bank_balances.csv.",
        day=in_sentence(oldest),
        days=days((as_of - oldest).days),
    )
