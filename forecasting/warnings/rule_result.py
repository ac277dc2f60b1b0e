"""The result of a rule of early warning, and helpers to count it."""

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.documents import FAR
from forecasting.warnings.book import Book

LATE = 30
QUARTER, YEAR = 91, 365
FEWEST = 5  # invoices needed for a habit


@dataclass(frozen=True)
class RuleResult:
    """The result of a rule on a day, per customer, shape (C,).

    Attributes:
        value, limit: the two numbers compared; NaN where the rule has nothing to compare.
        raised: whether the value is beyond the limit.
        documents: the entries of the book behind it, shape (n,).
        since: first day, where the event itself has one; None where earlier days must be looked at.
    """

    value: Floats
    limit: Floats
    raised: Bools
    documents: Bools
    since: Ints | None = None


def above_limit(
    value: Floats, limit: float | Floats, documents: Bools, since: Ints | None = None
) -> RuleResult:
    """Return a rule's result: raised where the value is above the limit."""
    limits = np.broadcast_to(np.asarray(limit, dtype=np.float64), value.shape).copy()
    limits[np.isnan(value)] = np.nan
    with np.errstate(invalid="ignore"):
        raised = value > limits
    return RuleResult(value, limits, np.asarray(raised), documents, since)


def share(part: Floats, whole: Floats) -> Floats:
    """Return parts of wholes; NaN where there is no whole."""
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0))


def first_of(book: Book, which: Bools, day: Ints) -> Ints:
    """Return the earliest day among the chosen documents of each customer; FAR without any."""
    earliest = np.full(book.customers, FAR, dtype=np.int64)
    np.minimum.at(earliest, book.customer[which], day[which])
    return earliest
