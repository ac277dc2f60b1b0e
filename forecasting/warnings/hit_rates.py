"""How often each rule of the early warning was right on this ledger's own past."""

from datetime import timedelta

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Ints, day_of, number
from forecasting.warnings.book import Book
from forecasting.warnings.rule_result import LATE
from forecasting.warnings.rules import RULES
from forecasting.warnings.signals import raised_on

AHEAD = 90
MONTHS = 24
FEWEST = 20  # below so many, a share says nothing
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
    found: list[int] = []
    day = day_of(last + 1).replace(day=1) - timedelta(days=1)
    while number(day) >= first and len(found) < MONTHS:
        found.append(number(day))
        day = day.replace(day=1) - timedelta(days=1)
    return found


def judged(book: Book) -> pl.DataFrame:
    """Hold the rules against what came: one row per rule.

    A case is a customer with something open at a month's end. It comes true where an invoice of the customer
    passes its 30th day late, still open, in the 90 days after.

    Returns:
        `rule`, `months`, `cases`, `came`, `raised`, `raised_came`; `hit_rate`: of what came, the share that
        had been raised; `false_alarm_rate`: of what did not come, the share that had been raised;
        `came_true`: of what was raised, the share that came. A share of fewer than 20 is null.
    """
    days = month_ends(book)
    counts = {rule.name: np.zeros(2, dtype=np.int64) for rule in RULES}
    cases = came = 0
    turns, who = late_days(book)
    for day in days:
        asked = book.at(day).money() > 0
        comes = np.zeros(book.customers, dtype=bool)
        comes[who[(turns > day) & (turns <= day + AHEAD)]] = True
        comes &= asked
        cases, came = cases + int(asked.sum()), came + int(comes.sum())
        for name, raised in raised_on(book, day).items():
            counts[name] += [int((raised & asked).sum()), int((raised & comes).sum())]
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
    """Return the days on which invoices, still open, passed their 30th day late, and whose they are."""
    turns = book.due + LATE + 1
    late = book.is_invoice & (turns <= book.as_of) & _open_on(book, turns)
    return turns[late], book.customer[late]


def _open_on(book: Book, day: Ints) -> Bools:
    """Tell which entries had something to be received at the end of a day of their own."""
    count = np.bincount(book.row[book.day <= day[book.row]], minlength=len(book.amount))
    settled = np.zeros(len(book.amount), dtype=np.int64)
    has = count > 0
    settled[has] = book.settled[(book.first_row + count - 1)[has]]
    return np.asarray((book.issued <= day) & (book.amount - settled > 0))
