"""Hit rates: how often each rule of early warning was right on this ledger's own past."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Ints, day_of, number
from forecasting.warnings.book import Book
from forecasting.warnings.ledger_limits import LedgerLimits
from forecasting.warnings.rule_choice import lower_bound
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
        **dict.fromkeys(("base_rate", "least_came_true"), pl.Float64()),
    }
)


@dataclass(frozen=True)
class MonthFlags:
    """The customers at a month end, and for whom each rule was raised; shape (C,).

    Attributes:
        is_case: something was open.
        came: of those, an invoice became very late in the 90 days after.
        raised: by rule.
    """

    is_case: Bools
    came: Bools
    raised: dict[str, Bools]


@dataclass(frozen=True)
class ListRates:
    """How often the whole list was right: the customers for whom any of some rules was raised.

    Attributes:
        months, cases, came: as in `hit_rates`.
        raised, raised_came: customers flagged at those month ends; of them those with whom it came true.
    """

    months: int
    cases: int
    came: int
    raised: int
    raised_came: int

    @property
    def hit_share(self) -> float | None:
        """Share of the flags that came true; None below 20."""
        return _share(self.raised_came, self.raised)

    @property
    def flagged_share(self) -> float:
        """Share of all cases that were flagged; 0 without a case."""
        return self.raised / self.cases if self.cases else 0.0

    @property
    def base_rate(self) -> float | None:
        """Share of all cases that came true; None below 20."""
        return _share(self.came, self.cases)


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


def past_flags(book: Book, limits: LedgerLimits) -> list[MonthFlags]:
    """Apply the rules to the month ends whose next 90 days are known, each with the limits of its day.

    A case is a customer with an open amount at a month's end. It comes true if an invoice of the customer is
    still open on its 31st day late, within the 90 days after.
    """
    late_day, customer = late_days(book)
    flags = []
    for day in month_ends(book):
        is_case = book.at(day).open_amounts() > 0
        came = np.zeros(book.customers, dtype=bool)
        came[customer[(late_day > day) & (late_day <= day + AHEAD)]] = True
        raised = customers_by_rule(book, day, limits)
        flags.append(MonthFlags(is_case, came & is_case, {name: is_case & of for name, of in raised.items()}))
    return flags


def hit_rates(flags: list[MonthFlags]) -> pl.DataFrame:
    """Compare the rules with the late payments that followed: one row per rule.

    Returns:
        `rule`, `months`, `cases`, `came`, `raised`, `raised_came`; `hit_rate`: share of the true
        cases that had been raised; `false_alarm_rate`: share of the other cases that had been raised;
        `came_true`: share of the raised cases that came true; `base_rate`: share of all cases that did. A
        share of fewer than 20 is null. `least_came_true`: its lower bound, see `rule_choice`; null if none
        was raised.
    """
    cases, came = (sum(int(of.sum()) for of in part) for part in _cases(flags))
    rows = []
    for rule in RULES:
        raised = sum(int(month.raised[rule.name].sum()) for month in flags)
        both = sum(int((month.raised[rule.name] & month.came).sum()) for month in flags)
        rows.append(
            {
                "rule": rule.name,
                "months": len(flags),
                "cases": cases,
                "came": came,
                "raised": raised,
                "raised_came": both,
                "hit_rate": _share(both, came),
                "false_alarm_rate": _share(raised - both, cases - came),
                "came_true": _share(both, raised),
                "base_rate": _share(came, cases),
                "least_came_true": lower_bound(both, raised),
            }
        )
    return pl.DataFrame(rows, schema=_SCHEMA)


def list_rates(flags: list[MonthFlags], rules: Collection[str]) -> ListRates:
    """Count how often a customer was flagged by any of some rules, and how often it came true."""
    cases, came = (sum(int(of.sum()) for of in part) for part in _cases(flags))
    raised = both = 0
    for month in flags:
        any_of = np.zeros(len(month.is_case), dtype=bool)
        for rule in rules:
            any_of |= month.raised[rule]
        raised, both = raised + int(any_of.sum()), both + int((any_of & month.came).sum())
    return ListRates(len(flags), cases, came, raised, both)


def _cases(flags: list[MonthFlags]) -> tuple[list[Bools], list[Bools]]:
    return [month.is_case for month in flags], [month.came for month in flags]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole >= FEWEST else None


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
