"""The rules of the early warning: what each compares with what, for all customers on any past day."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Floats, Ints
from forecasting.payments.documents import FAR
from forecasting.warnings.book import Book
from forecasting.warnings.lateness import level_now, level_past, shift
from forecasting.warnings.rule_result import FEWEST, QUARTER, YEAR, Answer, first_of, over, share

ANSWER_DAYS = 10
_RUNS, _HABIT, _RECENT_RUNS = 10, 0.7, 3
_RECENT = 42
_USUALLY = 0.8
_MOST = 999.0
_QUARTERS = 2  # earlier ones that growth is held against, at least


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        name: code, as it is kept in the journal.
        test: asks a book on a day.
        is_own: a customer's answer does not depend on other customers.
        unit: of the two numbers: days, share, count, score or times.
    """

    name: str
    test: Callable[[Book, int], Answer]
    unit: str
    is_own: bool = True


def exposure(book: Book, day: int) -> Answer:
    """Days of its own sales that are open, against one and a half times the most of four quarters before.

    Sales are those of a year: of a quarter they are a few invoices with most customers, and jump.
    """
    value = _days_of_sales(book, day)
    before = np.stack([_days_of_sales(book, day - QUARTER * back) for back in range(1, 5)])
    known = ~np.isnan(before)
    most = np.where(known, before, 0.0).max(axis=0)
    enough = (known.sum(axis=0) >= _QUARTERS) & (most > 0)
    value[~enough | (_billed(book, day)[1] < FEWEST)] = np.nan
    return over(value, 1.5 * most, book.at(day).owed)


def _days_of_sales(book: Book, day: int) -> Floats:
    return share(YEAR * book.at(day).money(), _billed(book, day)[0])


def _billed(book: Book, day: int) -> tuple[Floats, Floats]:
    """Return what each customer was billed in the year to a day, and on how many invoices."""
    year = (book.issued > day - YEAR) & (book.issued <= day)
    return book.by_customer(year, book.amount), book.by_customer(year & book.is_invoice)


def pay_weekday(book: Book, day: int) -> Answer:
    """Share of the pay days of six weeks on the weekday a customer used to keep, against half of before."""
    runs = book.runs
    weekday = (runs.start + 3) % 7  # 1970-01-01 was a Thursday
    late = (runs.start > day - _RECENT) & (runs.start <= day)
    early = (runs.start > day - _RECENT - YEAR) & (runs.start <= day - _RECENT)
    counted = [
        np.bincount(runs.who[which] * 7 + weekday[which], minlength=book.customers * 7).reshape(-1, 7)
        for which in (early, late)
    ]
    habit = counted[0].argmax(axis=1)
    every = np.arange(book.customers)
    total, recent = (one.sum(axis=1).astype(np.float64) for one in counted)
    usual = share(counted[0][every, habit].astype(np.float64), total)
    value = share(counted[1][every, habit].astype(np.float64), recent)
    with np.errstate(invalid="ignore"):
        kept = (total >= _RUNS) & (usual >= _HABIT) & (recent >= _RECENT_RUNS)
    value[~kept] = np.nan
    limit = np.where(kept, usual / 2, np.nan)
    with np.errstate(invalid="ignore"):
        return Answer(value, limit, np.asarray(value < limit), book.at(day).owed)


def share_overdue(book: Book, day: int) -> Answer:
    """Share of what is open that is past due."""
    now = book.at(day)
    return over(share(now.money(now.late), now.money()), 0.5, now.late)


def broken_promise(book: Book, day: int) -> Answer:
    """Promises of a quarter that were not kept, on invoices that are still open."""
    promises = book.promises
    due = (promises.end <= day) & (promises.end > day - QUARTER) & ~promises.is_good
    return _about(book, day, promises.who[due], promises.end[due])


def dispute(book: Book, day: int) -> Answer:
    """Invoices in dispute."""
    disputes = book.disputes
    is_open = (disputes.start <= day) & (disputes.end > day)
    return _about(book, day, disputes.who[is_open], disputes.start[is_open])


def _about(book: Book, day: int, document: Ints, began: Ints) -> Answer:
    """Count the documents something is the matter with that are still open."""
    now = book.at(day)
    first = np.full(int(book.document.max(initial=-1)) + 1, FAR, dtype=np.int64)
    inside = document < len(first)
    np.minimum.at(first, document[inside], began[inside])
    which = now.owed & (first[book.document] < FAR)
    # A document of several instalments is one.
    at = np.unique(book.document[which], return_index=True)[1]
    who = book.customer[which][at]
    value = np.bincount(who, minlength=book.customers).astype(np.float64)
    return over(value, 0.0, which, first_of(book, which, first[book.document]))


def silence(book: Book, day: int) -> Answer:
    """Days since the first contact that no reply and no payment followed, while something is overdue."""
    now, contacts, runs = book.at(day), book.contacts, book.runs
    answered = np.full(book.customers, -FAR, dtype=np.int64)
    replies = contacts.is_good & (contacts.start <= day)
    np.maximum.at(answered, contacts.who[replies], contacts.start[replies])
    paid = runs.start <= day
    np.maximum.at(answered, runs.who[paid], runs.start[paid])
    asked = ~contacts.is_good & (contacts.start <= day) & (contacts.start > answered[contacts.who])
    first = np.full(book.customers, FAR, dtype=np.int64)
    np.minimum.at(first, contacts.who[asked], contacts.start[asked])
    waits = (first < FAR) & (now.money(now.late) > 0)
    value = np.where(waits, (day - first).astype(np.float64), np.nan)
    return over(value, float(ANSWER_DAYS), now.late, first + ANSWER_DAYS + 1)


def short_payment(book: Book, day: int) -> Answer:
    """Overdue invoices that were paid in part in the last quarter, without instalments agreed on them."""
    now = book.at(day)
    which = (
        now.late
        & (now.received > 0)
        & (now.open < book.amount)
        & ~book.in_parts
        & (now.moved > day - QUARTER)
    )
    value = book.by_customer(which)
    return over(value, 0.0, which, first_of(book, which, np.maximum(now.moved, book.due + 1)))


def credit_limit(book: Book, day: int) -> Answer:
    """What is open as a share of the agreed credit limit, against nine tenths of it."""
    now = book.at(day)
    value = np.minimum(now.money() / np.maximum(book.credit_limit, 1.0), _MOST)
    return over(value, 0.9, now.owed)


def concentration(book: Book, day: int) -> Answer:
    """A customer's share of all that is open."""
    owed = book.at(day).money()
    return over(share(owed, np.full(book.customers, owed.sum())), 0.10, book.at(day).owed)


def first_time(book: Book, day: int) -> Answer:
    """What a customer of this quarter that never paid has open, as times the mean of who owes anything."""
    now = book.at(day)
    owed = now.money()
    began = first_of(book, book.is_invoice & now.known, book.issued)
    has_paid = np.bincount(book.runs.who[book.runs.start <= day], minlength=book.customers) > 0
    is_new = (began > day - QUARTER) & (began < FAR) & ~has_paid & (owed > 0)
    usual = owed.sum() / max(int((owed > 0).sum()), 1)
    value = np.where(is_new, owed / max(usual, 1.0), np.nan)
    return over(value, 2.0, now.owed)


def no_order_number(book: Book, day: int) -> Answer:
    """Open invoices without the customer's order number, where four in five of a year have one."""
    now = book.at(day)
    year = book.is_invoice & now.known & (book.issued > day - YEAR)
    count = book.by_customer(year)
    usual = share(book.by_customer(year & book.has_order), count)
    with np.errstate(invalid="ignore"):
        asks = (count >= FEWEST) & (usual >= _USUALLY)
    which = now.owed & ~book.has_order & asks[book.customer]
    value = np.where(asks, book.by_customer(which), np.nan)
    return over(value, 0.0, which, first_of(book, which, book.issued))


RULES: tuple[Rule, ...] = (
    Rule("level_now", level_now, "days"),
    Rule("level_past", level_past, "share"),
    Rule("shift", shift, "score", is_own=False),
    Rule("exposure", exposure, "days"),
    Rule("pay_weekday", pay_weekday, "share"),
    Rule("share_overdue", share_overdue, "share"),
    Rule("broken_promise", broken_promise, "count"),
    Rule("silence", silence, "days"),
    Rule("short_payment", short_payment, "count"),
    Rule("dispute", dispute, "count"),
    Rule("credit_limit", credit_limit, "share"),
    Rule("concentration", concentration, "share", is_own=False),
    Rule("first_time", first_time, "times", is_own=False),
    Rule("no_order_number", no_order_number, "count"),
)
BY_NAME = {rule.name: rule for rule in RULES}
