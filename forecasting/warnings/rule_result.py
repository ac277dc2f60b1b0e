"""What every rule of the early warning gives, and how it counts."""

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.documents import FAR
from forecasting.warnings.book import Book

LATE = 30
QUARTER, YEAR = 91, 365
FEWEST = 5  # invoices a habit is read from


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


def over(value: Floats, limit: float | Floats, documents: Bools, since: Ints | None = None) -> Answer:
    """Return a rule's answer: raised where the value is above the limit."""
    limits = np.broadcast_to(np.asarray(limit, dtype=np.float64), value.shape).copy()
    limits[np.isnan(value)] = np.nan
    with np.errstate(invalid="ignore"):
        raised = value > limits
    return Answer(value, limits, np.asarray(raised), documents, since)


def share(part: Floats, whole: Floats) -> Floats:
    """Return parts of wholes; NaN where there is no whole."""
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0))


def first_of(book: Book, which: Bools, day: Ints) -> Ints:
    """Return the earliest day among some documents of each customer; FAR without any."""
    found = np.full(book.customers, FAR, dtype=np.int64)
    np.minimum.at(found, book.customer[which], day[which])
    return found
