"""LEVEL and SHIFT: how late a customer pays, and how much later than in its own past.

Source of the two and of the limit of SHIFT: measured on two ledgers, see DECISIONS.md.
"""

import numpy as np

from forecasting.arrays import Floats, Ints
from forecasting.warnings.book import Book
from forecasting.warnings.rule_result import FEWEST, LATE, YEAR, Answer, over, share

LEVEL_LIMIT, SHIFT_LIMIT = 15.0, 2.0
SHIFT_WINDOW, SHIFT_OLDER = 21, 60
_CLIP = 365  # days late beyond which later is no later
_SPAN = 4 * _CLIP
_LAST = 20


def level_now(book: Book, day: int) -> Answer:
    """Days late of what is open, a year at most, weighted by amount; what is not due counts as 0 days."""
    now = book.at(day)
    late = np.clip(day - book.due, 0, _CLIP)
    value = share(book.by_customer(now.owed, now.open * late.astype(np.float64)), now.money())
    return over(value, LEVEL_LIMIT, now.late)


def level_past(book: Book, day: int) -> Answer:
    """Share of the last 20 invoices of a year that came, or are, more than 30 days late; five at least."""
    count, late = late_shares(book, day)
    value = share(late, count)
    value[count < FEWEST] = np.nan
    return over(value, 0.10, book.at(day).owed)


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
    own = count >= FEWEST
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
    return over(value, SHIFT_LIMIT, overdue)


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
