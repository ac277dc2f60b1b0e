"""Hit rates: how often each rule of early warning was right on this ledger's own past."""

from datetime import timedelta

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Ints, day_of, number
from forecasting.warnings.book import Book
from forecasting.warnings.rule_result import LATE
from forecasting.warnings.rules import RULES
from forecasting.warnings.signals import customers_by_rule

AHEAD = 90
MONTHS = 24
FEWEST = 20  # cases needed for a share
_HISTORY = 182
_SCHEMA = pl.Schema(
    {
        "rule": pl.String(),
        **dict.fromkeys(("months", "cases", "came", "raised", "raised_came"), pl.Int64()),
        **dict.fromkeys(("hit_rate", "false_alarm_rate", "came_true"), pl.Float64()),
    }
)


def month_ends(book: Book) -> list[int]:
    """Return the last days of months, latest first, of which the next 90 days are known by now."""
    if not len(book.issued):
        return []
    first, last = int(book.issued.min()) + _HISTORY, book.as_of - AHEAD
    ends: list[int] = []
    day = day_of(last + 1).replace(day=1) - timedelta(days=1)
    while number(day) >= first and len(ends) < MONTHS:
        ends.append(number(day))
        day = day.replace(day=1) - timedelta(days=1)
    return ends


def hit_rates(book: Book) -> pl.DataFrame:
    """Compare the rules with the late payments that followed: one row per rule.

    A case is a customer with an open amount at a month's end. It comes true if an invoice of the customer is
    still open on its 31st day late, within the 90 days after.

    Returns:
        `rule`, `months`, `cases`, `came`, `raised`, `raised_came`; `hit_rate`: share of the true
        cases that had been raised; `false_alarm_rate`: share of the other cases that had been raised;
        `came_true`: share of the raised cases that came true. A share of fewer than 20 is null.
    """
    days = month_ends(book)
    counts = {rule.name: np.zeros(2, dtype=np.int64) for rule in RULES}
    cases = came = 0
    late_day, customer = late_days(book)
    for day in days:
        is_case = book.at(day).open_amounts() > 0
        comes_true = np.zeros(book.customers, dtype=bool)
        comes_true[customer[(late_day > day) & (late_day <= day + AHEAD)]] = True
        comes_true &= is_case
        cases, came = cases + int(is_case.sum()), came + int(comes_true.sum())
        for name, raised in customers_by_rule(book, day).items():
            counts[name] += [int((raised & is_case).sum()), int((raised & comes_true).sum())]
    rows = [_row(name, len(days), cases, came, counted) for name, counted in counts.items()]
    return pl.DataFrame(rows, schema=_SCHEMA)


def _row(rule: str, months: int, cases: int, came: int, counted: Ints) -> dict[str, object]:
    raised, both = int(counted[0]), int(counted[1])

    def share(part: int, whole: int) -> float | None:
        return part / whole if whole >= FEWEST else None

    return {
        "rule": rule,
        "months": months,
        "cases": cases,
        "came": came,
        "raised": raised,
        "raised_came": both,
        "hit_rate": share(both, came),
        "false_alarm_rate": share(raised - both, cases - came),
        "came_true": share(both, raised),
    }


def late_days(book: Book) -> tuple[Ints, Ints]:
    """Return the 31st day late of the invoices that were open on it, and their customers."""
    late_day = book.due + LATE + 1
    is_late = book.is_invoice & (late_day <= book.as_of) & _open_on(book, late_day)
    return late_day[is_late], book.customer[is_late]


def _open_on(book: Book, day: Ints) -> Bools:
    """Tell which entries had an open amount at the end of a day, one day per entry."""
    count = np.bincount(book.row[book.day <= day[book.row]], minlength=len(book.amount))
    settled = np.zeros(len(book.amount), dtype=np.int64)
    has_settlement = count > 0
    settled[has_settlement] = book.settled[(book.first_row + count - 1)[has_settlement]]
    return np.asarray((book.issued <= day) & (book.amount - settled > 0))
