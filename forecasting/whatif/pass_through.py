"""How this ledger's customers have answered to other terms, and how far their lateness has ever moved."""

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.documents import Documents, summed

# What is known where a ledger shows nothing: within customers 0.44, between them 0.77 (two ledgers).
USUAL, LOWEST, HIGHEST = 0.6, 0.3, 1.0
_WEIGHT = 30.0  # invoices a customer's own slope is weighed against
_STEEPEST = 1.5
_NORMAL_95 = 1.96
_FEWEST, _OWN = 3, 8  # paid invoices for a slope, and for quartiles of one's own
_QUARTILES = (0.25, 0.75)


@dataclass(frozen=True)
class PassThrough:
    """Days a customer pays later per day of longer terms; shape (customers,) each.

    Attributes:
        value: the estimate, 0-1.5.
        low, high: bounds; 0.3 and 1.0 where nothing is known.
        seen: paid invoices on other terms than the customer's usual: what the estimate rests on.
    """

    value: Floats
    low: Floats
    high: Floats
    seen: Floats


def pass_through(documents: Documents, plain: Bools, origin: int) -> PassThrough:
    """Estimate from what was paid by the end of a day how pay dates follow the terms.

    Within each customer: the slope of days to pay on terms; weighed against 30 invoices' worth of the usual.

    Args:
        documents: of the ledger.
        plain: which of them are invoices in one piece, shape (n,); the others have no terms of their own.
        origin: day number; later payments are not looked at.

    Source: Efron & Morris (1975), JASA 70:311-319 (shrinkage of many slopes to one).
    """
    paid = np.flatnonzero(plain & documents.by_cash & (documents.closed <= origin))
    who, count = documents.customer[paid], documents.customers
    given = (documents.due - documents.issued)[paid].astype(np.float64)
    taken = (documents.closed - documents.issued)[paid].astype(np.float64)
    number = np.maximum(summed(who, np.ones(len(paid)), count), 1.0)
    given -= (summed(who, given, count) / number)[who]
    taken -= (summed(who, taken, count) / number)[who]
    spread = summed(who, given**2, count)
    has_slope = (spread > 0) & (number >= _FEWEST)
    within = np.where(has_slope, spread, 1.0)
    slope = np.where(has_slope, summed(who, given * taken, count) / within, USUAL)
    rest = summed(who, (taken - slope[who] * given) ** 2, count) / np.maximum(number - 2, 1.0)
    error = _NORMAL_95 * np.sqrt(rest / within)
    # A thousand invoices on one term say nothing of another: only those on other terms are counted.
    seen = np.where(has_slope, number - _commonest(who, (documents.due - documents.issued)[paid], count), 0.0)

    def shrunk(own: Floats, usual: float) -> Floats:
        return (seen * np.clip(own, 0.0, _STEEPEST) + _WEIGHT * usual) / (seen + _WEIGHT)

    return PassThrough(
        shrunk(slope, USUAL), shrunk(slope - error, LOWEST), shrunk(slope + error, HIGHEST), seen
    )


def _commonest(who: Ints, given: Ints, customers: int) -> Floats:
    """Return how many invoices each customer has on its commonest terms."""
    found = np.zeros(customers)
    pairs, times = np.unique(np.stack([who, given]), axis=1, return_counts=True)
    np.maximum.at(found, pairs[0], times.astype(np.float64))
    return found


def room(documents: Documents, plain: Bools, origin: int) -> tuple[Floats, Floats]:
    """Return how many days earlier, and later, each customer has paid in its better and worse quarter.

    Both are counted from its mean lateness, 0 or more; fewer than eight paid invoices borrow everybody's.
    """
    paid = np.flatnonzero(plain & documents.by_cash & (documents.closed <= origin))
    earlier, later = np.zeros(documents.customers), np.zeros(documents.customers)
    if not len(paid):
        return earlier, later
    who, late = documents.customer[paid], (documents.closed - documents.due)[paid].astype(np.float64)
    earlier[:], later[:] = _quartiles(late)
    order = np.argsort(who, kind="stable")
    names, starts = np.unique(who[order], return_index=True)
    for name, own in zip(names, np.split(late[order], starts[1:]), strict=True):
        if len(own) >= _OWN:
            earlier[name], later[name] = _quartiles(own)
    return earlier, later


def _quartiles(late: Floats) -> tuple[float, float]:
    low, high = np.quantile(late, _QUARTILES)
    return max(float(late.mean() - low), 0.0), max(float(high - late.mean()), 0.0)
