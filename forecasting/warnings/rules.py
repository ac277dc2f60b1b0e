"""The rules of early warning: each compares two numbers, for all customers on any past day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from forecasting.arrays import Floats, Ints
from forecasting.payments.documents import FAR
from forecasting.warnings.book import Book
from forecasting.warnings.lateness import level_now, level_past, shift
from forecasting.warnings.rule_result import FEWEST, QUARTER, YEAR, RuleResult, above_limit, first_of, share

ANSWER_DAYS = 10
_RUNS, _HABIT, _RECENT_RUNS = 10, 0.7, 3
_RECENT = 42
_USUALLY = 0.8
_MOST = 999.0
_BOUNCE_DAYS = 90
_QUARTERS = 2  # earlier ones needed to compare growth with

# measured: how far a number is from usual, so its limit follows the ledger, from the rule's own constant up.
# count: something happened or not, so the constant stays. fact: the same, and never a matter of chance: what
# the customer itself promised, agreed to or took back.
RuleKind = Literal["measured", "count", "fact"]


@dataclass(frozen=True)
class WarningRule:
    """One rule.

    Attributes:
        name: code, as stored in the journal.
        test: applies the rule, with its own constant as limit, to a book on a day.
        unit: of the two numbers: days, share, count, score or times.
        kind: whether its limit follows the ledger.
        is_own: a customer's result does not depend on other customers.
        is_below: raised below its limit, not above it.
    """

    name: str
    test: Callable[[Book, int], RuleResult]
    unit: str
    kind: RuleKind
    is_own: bool = True
    is_below: bool = False

    def strength(self, result: RuleResult) -> Floats:
        """Return how far each customer is beyond the rule's own constant: above 1 is beyond it.

        Only of measured rules, whose limits are above 0; 0 where there is nothing to compare.
        """
        value, limit = (result.limit, result.value) if self.is_below else (result.value, result.limit)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(np.isnan(value) | np.isnan(limit), 0.0, value / limit)


def exposure(book: Book, day: int) -> RuleResult:
    """Open amount in days of the customer's sales; limit: 1.5 times the most of four quarters before.

    Sales are those of a year, because a quarter holds only a few invoices of most customers.
    """
    value = _days_of_sales(book, day)
    before = np.stack([_days_of_sales(book, day - QUARTER * back) for back in range(1, 5)])
    known = ~np.isnan(before)
    most = np.where(known, before, 0.0).max(axis=0)
    enough = (known.sum(axis=0) >= _QUARTERS) & (most > 0)
    value[~enough | (_billed(book, day)[1] < FEWEST)] = np.nan
    return above_limit(value, 1.5 * most, book.at(day).is_owed)


def _days_of_sales(book: Book, day: int) -> Floats:
    return share(YEAR * book.at(day).open_amounts(), _billed(book, day)[0])


def _billed(book: Book, day: int) -> tuple[Floats, Floats]:
    """Return the billings of each customer in the year to a day, and their number of invoices."""
    year = (book.issued > day - YEAR) & (book.issued <= day)
    return book.by_customer(year, book.amount), book.by_customer(year & book.is_invoice)


def pay_weekday(book: Book, day: int) -> RuleResult:
    """Share of the last six weeks' pay days on the customer's usual weekday; limit: half the share before."""
    runs = book.runs
    weekday = (runs.start + 3) % 7  # 1970-01-01 was a Thursday
    stands = runs.end > day
    late = stands & (runs.start > day - _RECENT) & (runs.start <= day)
    early = stands & (runs.start > day - _RECENT - YEAR) & (runs.start <= day - _RECENT)
    counted = [
        np.bincount(runs.code[which] * 7 + weekday[which], minlength=book.customers * 7).reshape(-1, 7)
        for which in (early, late)
    ]
    habit = counted[0].argmax(axis=1)
    every = np.arange(book.customers)
    total, recent = (counts.sum(axis=1).astype(np.float64) for counts in counted)
    usual = share(counted[0][every, habit].astype(np.float64), total)
    value = share(counted[1][every, habit].astype(np.float64), recent)
    with np.errstate(invalid="ignore"):
        has_habit = (total >= _RUNS) & (usual >= _HABIT) & (recent >= _RECENT_RUNS)
    value[~has_habit] = np.nan
    limit = np.where(has_habit, usual / 2, np.nan)
    with np.errstate(invalid="ignore"):
        return RuleResult(value, limit, np.asarray(value < limit), book.at(day).is_owed)


def share_overdue(book: Book, day: int) -> RuleResult:
    """Share of the open amount that is past due."""
    now = book.at(day)
    return above_limit(share(now.open_amounts(now.is_late), now.open_amounts()), 0.5, now.is_late)


def broken_promise(book: Book, day: int) -> RuleResult:
    """Invoices still open on which a promise of the last quarter was broken."""
    promises = book.promises
    due = (promises.end <= day) & (promises.end > day - QUARTER) & ~promises.is_good
    return _documents_with_event(book, day, promises.code[due], promises.end[due])


def dispute(book: Book, day: int) -> RuleResult:
    """Invoices in dispute."""
    disputes = book.disputes
    is_open = (disputes.start <= day) & (disputes.end > day)
    return _documents_with_event(book, day, disputes.code[is_open], disputes.start[is_open])


def _documents_with_event(book: Book, day: int, document: Ints, signal_start: Ints) -> RuleResult:
    """Count the documents of events that are still open."""
    now = book.at(day)
    first = np.full(int(book.document.max(initial=-1)) + 1, FAR, dtype=np.int64)
    is_known = document < len(first)
    np.minimum.at(first, document[is_known], signal_start[is_known])
    which = now.is_owed & (first[book.document] < FAR)
    # A document of several instalments counts once.
    first_rows = np.unique(book.document[which], return_index=True)[1]
    customer = book.customer[which][first_rows]
    value = np.bincount(customer, minlength=book.customers).astype(np.float64)
    return above_limit(value, 0.0, which, first_of(book, which, first[book.document]))


def bounces(book: Book, day: int) -> RuleResult:
    """Payments that came back in 90 days: direct debits returned, payments reversed; limit: one."""
    came_back = (book.bounces.start > day - _BOUNCE_DAYS) & (book.bounces.start <= day)
    value = np.bincount(book.bounces.code[came_back], minlength=book.customers).astype(np.float64)
    return above_limit(value, 1.0, book.at(day).is_owed)


def silence(book: Book, day: int) -> RuleResult:
    """Days since the first contact without reply or payment, while an invoice is overdue."""
    now, contacts, runs = book.at(day), book.contacts, book.runs
    last_answer = np.full(book.customers, -FAR, dtype=np.int64)
    replies = contacts.is_good & (contacts.start <= day)
    np.maximum.at(last_answer, contacts.code[replies], contacts.start[replies])
    paid = (runs.start <= day) & (runs.end > day)
    np.maximum.at(last_answer, runs.code[paid], runs.start[paid])
    is_unanswered = (
        ~contacts.is_good & (contacts.start <= day) & (contacts.start > last_answer[contacts.code])
    )
    first = np.full(book.customers, FAR, dtype=np.int64)
    np.minimum.at(first, contacts.code[is_unanswered], contacts.start[is_unanswered])
    is_waiting = (first < FAR) & (now.open_amounts(now.is_late) > 0)
    value = np.where(is_waiting, (day - first).astype(np.float64), np.nan)
    return above_limit(value, float(ANSWER_DAYS), now.is_late, first + ANSWER_DAYS + 1)


def short_payment(book: Book, day: int) -> RuleResult:
    """Overdue invoices that were paid in part in the last quarter, without agreed instalments."""
    now = book.at(day)
    which = (
        now.is_late
        & (now.received > 0)
        & (now.open < book.amount)
        & ~book.in_parts
        & (now.last_settled > day - QUARTER)
    )
    value = book.by_customer(which)
    return above_limit(value, 0.0, which, first_of(book, which, np.maximum(now.last_settled, book.due + 1)))


def credit_limit(book: Book, day: int) -> RuleResult:
    """Open amount as a share of the agreed credit limit; limit: nine tenths."""
    now = book.at(day)
    value = np.minimum(now.open_amounts() / np.maximum(book.credit_limit, 1.0), _MOST)
    return above_limit(value, 0.9, now.is_owed)


def concentration(book: Book, day: int) -> RuleResult:
    """A customer's share of the whole open amount."""
    owed = book.at(day).open_amounts()
    return above_limit(share(owed, np.full(book.customers, owed.sum())), 0.10, book.at(day).is_owed)


def first_time(book: Book, day: int) -> RuleResult:
    """Open amount of a customer new this quarter that never paid, as a multiple of the mean debtor's."""
    now = book.at(day)
    owed = now.open_amounts()
    signal_start = first_of(book, book.is_invoice & now.known, book.issued)
    has_run = (book.runs.start <= day) & (book.runs.end > day)
    has_paid = np.bincount(book.runs.code[has_run], minlength=book.customers) > 0
    is_new = (signal_start > day - QUARTER) & (signal_start < FAR) & ~has_paid & (owed > 0)
    usual = owed.sum() / max(int((owed > 0).sum()), 1)
    value = np.where(is_new, owed / max(usual, 1.0), np.nan)
    return above_limit(value, 2.0, now.is_owed)


def no_order_number(book: Book, day: int) -> RuleResult:
    """Open invoices without an order number, of customers with one on four in five of a year's invoices."""
    now = book.at(day)
    year = book.is_invoice & now.known & (book.issued > day - YEAR)
    count = book.by_customer(year)
    usual = share(book.by_customer(year & book.has_order), count)
    with np.errstate(invalid="ignore"):
        asks_for_order = (count >= FEWEST) & (usual >= _USUALLY)
    which = now.is_owed & ~book.has_order & asks_for_order[book.customer]
    value = np.where(asks_for_order, book.by_customer(which), np.nan)
    return above_limit(value, 0.0, which, first_of(book, which, book.issued))


RULES: tuple[WarningRule, ...] = (
    WarningRule("level_now", level_now, "days", "measured"),
    WarningRule("level_past", level_past, "share", "measured"),
    WarningRule("shift", shift, "score", "measured", is_own=False),
    WarningRule("exposure", exposure, "days", "measured"),
    WarningRule("pay_weekday", pay_weekday, "share", "measured", is_below=True),
    WarningRule("share_overdue", share_overdue, "share", "measured"),
    WarningRule("broken_promise", broken_promise, "count", "fact"),
    WarningRule("bounces", bounces, "count", "fact"),
    WarningRule("silence", silence, "days", "measured"),
    WarningRule("short_payment", short_payment, "count", "count"),
    WarningRule("dispute", dispute, "count", "count"),
    WarningRule("credit_limit", credit_limit, "share", "fact"),
    WarningRule("concentration", concentration, "share", "measured", is_own=False),
    WarningRule("first_time", first_time, "times", "measured", is_own=False),
    WarningRule("no_order_number", no_order_number, "count", "count"),
)
BY_NAME = {rule.name: rule for rule in RULES}
# What tells late payers on ledgers measured elsewhere (docs/forecast-model.md, section 11): the rules to
# begin with where a ledger is too young to measure its own.
MEASURED_ELSEWHERE = ("shift", "level_past", "level_now")
