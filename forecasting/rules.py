"""The rules of the early warning: what each compares with what, for all customers on any past day.

Source of LEVEL and SHIFT and their limits: measured on two ledgers, see DECISIONS.md.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from forecasting.bankdays import Bools, Floats, Ints
from forecasting.documents import FAR
from forecasting.standing import Book

LATE = 30
QUARTER, YEAR = 91, 365
SHIFT_WINDOW, SHIFT_OLDER, SHIFT_FEWEST = 21, 60, 5
ANSWER_DAYS = 10
_CLIP = 365  # days late beyond which later is no later
_SPAN = 4 * _CLIP
_FEWEST = 5  # invoices a habit is read from
_RUNS, _HABIT, _RECENT_RUNS = 10, 0.7, 3
_RECENT = 42
_USUALLY = 0.8
_LAST = 20
_MOST = 999.0
_QUARTERS = 2  # earlier ones that growth is held against, at least


@dataclass(frozen=True)
class Answer:
    """What a rule found on a day, per customer, shape (C,).

    Attributes:
        value, limit: the two numbers compared; NaN where the rule has nothing to compare.
        raised: whether the value is beyond the limit.
        documents: which entries of the book it is about, shape (n,).
        since: day it began, where the thing itself has a day; None where only looking back tells.
    """

    value: Floats
    limit: Floats
    raised: Bools
    documents: Bools
    since: Ints | None = None


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


def _over(value: Floats, limit: float | Floats, documents: Bools, since: Ints | None = None) -> Answer:
    limits = np.broadcast_to(np.asarray(limit, dtype=np.float64), value.shape).copy()
    limits[np.isnan(value)] = np.nan
    with np.errstate(invalid="ignore"):
        raised = value > limits
    return Answer(value, limits, np.asarray(raised), documents, since)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0))


def _first(book: Book, which: Bools, day: Ints) -> Ints:
    """Return the earliest day among some documents of each customer; FAR without any."""
    found = np.full(book.customers, FAR, dtype=np.int64)
    np.minimum.at(found, book.customer[which], day[which])
    return found


def level_now(book: Book, day: int) -> Answer:
    """Days late of what is open, weighted by amount; what is not due counts as 0 days."""
    now = book.at(day)
    late = np.clip(day - book.due, 0, _CLIP)
    value = _share(book.by_customer(now.owed, now.open * late.astype(np.float64)), now.money())
    return _over(value, 15.0, now.late)


def level_past(book: Book, day: int) -> Answer:
    """Share of the last 20 invoices of a year that came, or are, more than 30 days late; five at least."""
    count, late = late_shares(book, day)
    value = _share(late, count)
    value[count < _FEWEST] = np.nan
    return _over(value, 0.10, book.at(day).owed)


def late_shares(book: Book, day: int) -> tuple[Floats, Floats]:
    """Return per customer how many invoices can be told of, and how many were over 30 days late.

    The last 20 that are 30 days past due, of a year at most: a year alone would hold what is long mended
    against whoever buys every week.
    """
    now = book.at(day)
    told = book.is_invoice & now.known & (book.due >= day - LATE - YEAR) & (book.due < day - LATE)
    told &= now.by_cash | (now.open > 0)
    rows = book.by_due[told[book.by_due]]
    who = book.customer[rows]
    after = np.cumsum(np.bincount(who, minlength=book.customers))[who] - 1 - np.arange(len(rows))
    rows = rows[after < _LAST]
    last = np.zeros(len(told), dtype=bool)
    last[rows] = True
    return book.by_customer(last), book.by_customer(last & (now.closed - book.due > LATE))


def shift(book: Book, day: int) -> Answer:
    """How much later than in the customer's own past: payments of three weeks, and what is open too long."""
    now = book.at(day)
    past = np.flatnonzero(book.is_invoice & now.by_cash & (now.closed <= day - SHIFT_OLDER))
    lateness = np.clip(np.minimum(now.closed, day) - book.due, -_CLIP, _CLIP)
    count = np.bincount(book.customer[past], minlength=book.customers)
    own = count >= SHIFT_FEWEST
    # A customer with a history is a group of its own; the others share their segment's.
    group = np.where(own, np.arange(book.customers), book.customers + book.segment)
    by_customer = np.sort(book.customer[past] * _SPAN + lateness[past] + _CLIP)
    by_segment = np.sort(
        (book.customers + book.segment[book.customer[past]]) * _SPAN + lateness[past] + _CLIP
    )
    pool = np.concatenate([by_customer, by_segment])
    who = group[book.customer]
    usual = _middle(pool, group)[book.customer]
    recent = book.is_invoice & now.by_cash & (now.closed > day - SHIFT_WINDOW)
    overdue = now.owed & (lateness > usual)
    looked = np.flatnonzero((recent | overdue) & ~np.isnan(usual))
    tail = _tail(pool, who[looked], lateness[looked])
    seen = np.bincount(book.customer[looked], minlength=book.customers).astype(np.float64)
    above = np.bincount(book.customer[looked], 0.5 - tail, book.customers)
    value = np.full(book.customers, np.nan)
    value[seen > 0] = (above * np.sqrt(12 / np.maximum(seen, 1)))[seen > 0]
    return _over(value, 2.0, overdue)


def _middle(pool: Ints, group: Ints) -> Floats:
    """Return the median lateness of each group's history; NaN without one."""
    start = np.searchsorted(pool, group * _SPAN)
    end = np.searchsorted(pool, (group + 1) * _SPAN)
    found = np.full(len(group), np.nan)
    has = end > start
    low, high = (start + (end - start - 1) // 2)[has], (start + (end - start) // 2)[has]
    found[has] = (pool[low] + pool[high]) / 2 - group[has] * _SPAN - _CLIP
    return found


def _tail(pool: Ints, group: Ints, lateness: Ints) -> Floats:
    """Return the share of each group's history that was later, half of what was as late."""
    key = group * _SPAN + lateness + _CLIP
    below, upto = np.searchsorted(pool, key), np.searchsorted(pool, key, side="right")
    start, end = np.searchsorted(pool, group * _SPAN), np.searchsorted(pool, (group + 1) * _SPAN)
    return np.asarray(((end - upto) + 0.5 * (upto - below)) / np.maximum(end - start, 1))


def exposure(book: Book, day: int) -> Answer:
    """Days of its own sales that are open, against one and a half times the most of four quarters before.

    Sales are those of a year: of a quarter they are a few invoices with most customers, and jump.
    """
    value = _days_of_sales(book, day)
    before = np.stack([_days_of_sales(book, day - QUARTER * back) for back in range(1, 5)])
    known = ~np.isnan(before)
    most = np.where(known, before, 0.0).max(axis=0)
    enough = (known.sum(axis=0) >= _QUARTERS) & (most > 0)
    value[~enough | (_billed(book, day)[1] < _FEWEST)] = np.nan
    return _over(value, 1.5 * most, book.at(day).owed)


def _days_of_sales(book: Book, day: int) -> Floats:
    return _share(YEAR * book.at(day).money(), _billed(book, day)[0])


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
    usual = _share(counted[0][every, habit].astype(np.float64), total)
    value = _share(counted[1][every, habit].astype(np.float64), recent)
    with np.errstate(invalid="ignore"):
        kept = (total >= _RUNS) & (usual >= _HABIT) & (recent >= _RECENT_RUNS)
    value[~kept] = np.nan
    limit = np.where(kept, usual / 2, np.nan)
    with np.errstate(invalid="ignore"):
        return Answer(value, limit, np.asarray(value < limit), book.at(day).owed)


def share_overdue(book: Book, day: int) -> Answer:
    """Share of what is open that is past due."""
    now = book.at(day)
    return _over(_share(now.money(now.late), now.money()), 0.5, now.late)


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
    return _over(value, 0.0, which, _first(book, which, first[book.document]))


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
    return _over(value, float(ANSWER_DAYS), now.late, first + ANSWER_DAYS + 1)


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
    return _over(value, 0.0, which, _first(book, which, np.maximum(now.moved, book.due + 1)))


def credit_limit(book: Book, day: int) -> Answer:
    """What is open as a share of the agreed credit limit, against nine tenths of it."""
    now = book.at(day)
    value = np.minimum(now.money() / np.maximum(book.credit_limit, 1.0), _MOST)
    return _over(value, 0.9, now.owed)


def concentration(book: Book, day: int) -> Answer:
    """A customer's share of all that is open."""
    owed = book.at(day).money()
    return _over(_share(owed, np.full(book.customers, owed.sum())), 0.10, book.at(day).owed)


def first_time(book: Book, day: int) -> Answer:
    """What a customer of this quarter that never paid has open, as times the mean of who owes anything."""
    now = book.at(day)
    owed = now.money()
    began = _first(book, book.is_invoice & now.known, book.issued)
    has_paid = np.bincount(book.runs.who[book.runs.start <= day], minlength=book.customers) > 0
    is_new = (began > day - QUARTER) & (began < FAR) & ~has_paid & (owed > 0)
    usual = owed.sum() / max(int((owed > 0).sum()), 1)
    value = np.where(is_new, owed / max(usual, 1.0), np.nan)
    return _over(value, 2.0, now.owed)


def no_order_number(book: Book, day: int) -> Answer:
    """Open invoices without the customer's order number, where four in five of a year have one."""
    now = book.at(day)
    year = book.is_invoice & now.known & (book.issued > day - YEAR)
    count = book.by_customer(year)
    usual = _share(book.by_customer(year & book.has_order), count)
    with np.errstate(invalid="ignore"):
        asks = (count >= _FEWEST) & (usual >= _USUALLY)
    which = now.owed & ~book.has_order & asks[book.customer]
    value = np.where(asks, book.by_customer(which), np.nan)
    return _over(value, 0.0, which, _first(book, which, book.issued))


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
