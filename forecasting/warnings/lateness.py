"""LEVEL and SHIFT: how late a customer pays, and how much later than in its own past.

Both, and the limit of SHIFT, were measured on two ledgers, see DECISIONS.md.
"""

import numpy as np

from forecasting.arrays import Floats, Ints
from forecasting.warnings.book import Book
from forecasting.warnings.rule_result import FEWEST, LATE, YEAR, RuleResult, above_limit, share

LEVEL_LIMIT, SHIFT_LIMIT = 15.0, 2.0
SHIFT_WINDOW, SHIFT_OLDER = 21, 60
_CLIP = 365  # days late are capped here
_SPAN = 4 * _CLIP
_LAST = 20


def level_now(book: Book, day: int) -> RuleResult:
    """Days late of open invoices, a year at most, weighted by amount; those not yet due count as 0 days."""
    now = book.at(day)
    late = np.clip(day - book.due, 0, _CLIP)
    value = share(book.by_customer(now.is_owed, now.open * late.astype(np.float64)), now.open_amounts())
    return above_limit(value, LEVEL_LIMIT, now.is_late)


def level_past(book: Book, day: int) -> RuleResult:
    """Share of the last 20 invoices of a year that were paid or are open over 30 days late; five at least."""
    count, late = late_shares(book, day)
    value = share(late, count)
    value[count < FEWEST] = np.nan
    return above_limit(value, 0.10, book.at(day).is_owed)


def late_shares(book: Book, day: int) -> tuple[Floats, Floats]:
    """Return per customer how many invoices count, and how many of them were over 30 days late.

    The last 20 invoices that are 30 days past due count, of a year at most: a whole year would punish a
    weekly buyer for late payments that ended long ago.
    """
    now = book.at(day)
    counts = book.is_invoice & now.known & (book.due >= day - LATE - YEAR) & (book.due < day - LATE)
    counts &= now.by_cash | (now.open > 0)
    rows = book.by_due[counts[book.by_due]]
    customer = book.customer[rows]
    after = np.cumsum(np.bincount(customer, minlength=book.customers))[customer] - 1 - np.arange(len(rows))
    rows = rows[after < _LAST]
    last = np.zeros(len(counts), dtype=bool)
    last[rows] = True
    return book.by_customer(last), book.by_customer(last & (now.closed - book.due > LATE))


def shift(book: Book, day: int) -> RuleResult:
    """How much later than in the customer's own past: payments of three weeks, and invoices open too long."""
    now = book.at(day)
    past = np.flatnonzero(book.is_invoice & now.by_cash & (now.closed <= day - SHIFT_OLDER))
    lateness = np.clip(np.minimum(now.closed, day) - book.due, -_CLIP, _CLIP)
    count = np.bincount(book.customer[past], minlength=book.customers)
    has_history = count >= FEWEST
    # A customer with a history is a group of its own; the others share their segment's.
    group = np.where(has_history, np.arange(book.customers), book.customers + book.segment)
    by_customer = np.sort(book.customer[past] * _SPAN + lateness[past] + _CLIP)
    by_segment = np.sort(
        (book.customers + book.segment[book.customer[past]]) * _SPAN + lateness[past] + _CLIP
    )
    pool = np.concatenate([by_customer, by_segment])
    row_group = group[book.customer]
    usual = _medians(pool, group)[book.customer]
    recent = book.is_invoice & now.by_cash & (now.closed > day - SHIFT_WINDOW)
    overdue = now.is_owed & (lateness > usual)
    rows = np.flatnonzero((recent | overdue) & ~np.isnan(usual))
    tail = _later_share(pool, row_group[rows], lateness[rows])
    count_rows = np.bincount(book.customer[rows], minlength=book.customers).astype(np.float64)
    above = np.bincount(book.customer[rows], 0.5 - tail, book.customers)
    value = np.full(book.customers, np.nan)
    value[count_rows > 0] = (above * np.sqrt(12 / np.maximum(count_rows, 1)))[count_rows > 0]
    return above_limit(value, SHIFT_LIMIT, overdue)


def _medians(pool: Ints, group: Ints) -> Floats:
    """Return the median lateness of each group's history; NaN without one."""
    start = np.searchsorted(pool, group * _SPAN)
    end = np.searchsorted(pool, (group + 1) * _SPAN)
    medians = np.full(len(group), np.nan)
    has_history = end > start
    low, high = (start + (end - start - 1) // 2)[has_history], (start + (end - start) // 2)[has_history]
    medians[has_history] = (pool[low] + pool[high]) / 2 - group[has_history] * _SPAN - _CLIP
    return medians


def _later_share(pool: Ints, group: Ints, lateness: Ints) -> Floats:
    """Return the share of each group's history that was later, with half of those equally late."""
    key = group * _SPAN + lateness + _CLIP
    below, upto = np.searchsorted(pool, key), np.searchsorted(pool, key, side="right")
    start, end = np.searchsorted(pool, group * _SPAN), np.searchsorted(pool, (group + 1) * _SPAN)
    return np.asarray(((end - upto) + 0.5 * (upto - below)) / np.maximum(end - start, 1))
