"""How customers of this ledger followed other terms, and within which range their lateness has moved."""

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Bools, Floats, Ints
from forecasting.payments.documents import Documents, sum_by_cell

# Used where a ledger shows nothing: measured 0.44 within customers and 0.77 between them (two ledgers).
USUAL, LOWEST, HIGHEST = 0.6, 0.3, 1.0
_WEIGHT = 30.0  # invoices' worth of the usual pass-through, mixed with a customer's own slope
_STEEPEST = 1.5
_NORMAL_95 = 1.96
_FEWEST, _OWN = 3, 8  # paid invoices needed for a slope, and for quartiles of a customer's own
_QUARTILES = (0.25, 0.75)


@dataclass(frozen=True)
class PassThrough:
    """Days a customer pays later per day of longer terms; shape (customers,) each.

    Attributes:
        value: the estimate, 0-1.5.
        low, high: bounds; 0.3 and 1.0 where nothing is known.
        paid_invoices: on other terms than the customer's usual ones; the estimate rests on them.
    """

    value: Floats
    low: Floats
    high: Floats
    paid_invoices: Floats


def pass_through(documents: Documents, plain: Bools, origin: int) -> PassThrough:
    """Estimate how pay dates follow the terms, from the invoices paid by the end of a day.

    Within each customer it is the slope of days to pay on terms, mixed with 30 invoices' worth of the usual.

    Args:
        documents: of the ledger.
        plain: which of them are invoices due in one piece, shape (n,); the others have no terms of their own.
        origin: day number; later payments are ignored.

    Source: Efron & Morris (1975), JASA 70:311-319 (shrinkage of many slopes to one).
    """
    paid = np.flatnonzero(plain & documents.by_cash & (documents.closed <= origin))
    customer, count = documents.customer[paid], documents.customers
    terms = (documents.due - documents.issued)[paid].astype(np.float64)
    days_to_pay = (documents.closed - documents.issued)[paid].astype(np.float64)
    count_paid = np.maximum(sum_by_cell(customer, np.ones(len(paid)), count), 1.0)
    terms -= (sum_by_cell(customer, terms, count) / count_paid)[customer]
    days_to_pay -= (sum_by_cell(customer, days_to_pay, count) / count_paid)[customer]
    spread = sum_by_cell(customer, terms**2, count)
    has_slope = (spread > 0) & (count_paid >= _FEWEST)
    within = np.where(has_slope, spread, 1.0)
    slope = np.where(has_slope, sum_by_cell(customer, terms * days_to_pay, count) / within, USUAL)
    rest = sum_by_cell(customer, (days_to_pay - slope[customer] * terms) ** 2, count) / np.maximum(
        count_paid - 2, 1.0
    )
    error = _NORMAL_95 * np.sqrt(rest / within)
    # Invoices on the usual terms say nothing about other terms, so only those on other terms are counted.
    paid_invoices = np.where(
        has_slope, count_paid - _commonest(customer, (documents.due - documents.issued)[paid], count), 0.0
    )

    def shrink(own: Floats, usual: float) -> Floats:
        return (paid_invoices * np.clip(own, 0.0, _STEEPEST) + _WEIGHT * usual) / (paid_invoices + _WEIGHT)

    return PassThrough(
        shrink(slope, USUAL), shrink(slope - error, LOWEST), shrink(slope + error, HIGHEST), paid_invoices
    )


def _commonest(customer: Ints, terms: Ints, customers: int) -> Floats:
    """Return how many invoices each customer has on its commonest terms."""
    commonest = np.zeros(customers)
    pairs, times = np.unique(np.stack([customer, terms]), axis=1, return_counts=True)
    np.maximum.at(commonest, pairs[0], times.astype(np.float64))
    return commonest


def lateness_range(documents: Documents, plain: Bools, origin: int) -> tuple[Floats, Floats]:
    """Return how many days earlier, and later, each customer paid in its better and worse quarter.

    Both count from its mean lateness and are 0 or more; a customer with fewer than eight paid invoices gets
    the quartiles of all customers.
    """
    paid = np.flatnonzero(plain & documents.by_cash & (documents.closed <= origin))
    earlier, later = np.zeros(documents.customers), np.zeros(documents.customers)
    if not len(paid):
        return earlier, later
    customer, late = documents.customer[paid], (documents.closed - documents.due)[paid].astype(np.float64)
    earlier[:], later[:] = _quartiles(late)
    order = np.argsort(customer, kind="stable")
    codes, starts = np.unique(customer[order], return_index=True)
    for code, own in zip(codes, np.split(late[order], starts[1:]), strict=True):
        if len(own) >= _OWN:
            earlier[code], later[code] = _quartiles(own)
    return earlier, later


def _quartiles(late: Floats) -> tuple[float, float]:
    low, high = np.quantile(late, _QUARTILES)
    return max(float(late.mean() - low), 0.0), max(float(high - late.mean()), 0.0)
