"""Which invoices of the demo company are disputed, for how long, and how it ends."""

from dataclasses import dataclass

import numpy as np

from data.demo.bank_days import NEVER, Bools, Calendar, Ints, random_stream
from data.demo.customers import Customers
from data.demo.invoices import Invoices

REASONS = (
    "Prijsverschil",
    "Levering incompleet",
    "Kwaliteit",
    "Dubbel gefactureerd",
    "Verkeerd adres",
    "Inkoopnummer ontbreekt",
)
_REASON_SHARE = (0.32, 0.26, 0.20, 0.10, 0.12)
_NO_PO = len(REASONS) - 1
_RATE, _NO_PO_FACTOR = 0.031, 4.0
_NO_PO_NAMED = 0.7
_CREDITED, _WHOLE = 0.45, 0.4
_MEDIAN_DAYS, _SPREAD_DAYS = 15.0, 0.8


@dataclass(frozen=True)
class Disputes:
    """One entry per disputed invoice.

    Attributes:
        invoice: position among the invoices.
        opened, closed: days; an invoice is not paid before its dispute is closed.
        amount: cents in dispute; credited: whether it ends in a credit note.
    """

    invoice: Ints
    opened: Ints
    closed: Ints
    reason: Ints
    amount: Ints
    credited: Bools


def make_disputes(
    invoices: Invoices, customers: Customers, calendar: Calendar, pay: Ints, seed: int
) -> tuple[Disputes, Ints]:
    """Draw the disputes; return them and the pay days they lead to."""
    rng = random_stream(seed, "disputes")
    possible = (pay < NEVER) & (invoices.parts == 0) & (customers.fails[invoices.customer] == NEVER)
    no_po = ~invoices.has_po & ~customers.consumer[invoices.customer]
    weight = customers.dispute_weight[invoices.customer] * np.where(no_po, _NO_PO_FACTOR, 1.0)
    disputed = possible & (rng.random(invoices.count) < _RATE * weight / weight.mean())
    chosen = np.flatnonzero(disputed)
    count, day = len(chosen), invoices.day[chosen]
    opened = day + 2 + np.floor(rng.gamma(2.0, 5.0, count)).astype(np.int64)
    opened = np.maximum(np.minimum(opened, pay[chosen] - 1), day + 1)
    lasts = np.clip(_MEDIAN_DAYS * np.exp(rng.normal(0.0, _SPREAD_DAYS, count)), 2, 140).astype(np.int64)
    closed = calendar.next_bank_day(opened + lasts)
    amount = invoices.amount[chosen]
    share = rng.integers(10, 61, count)
    part = np.maximum(amount * share // 100, 1)
    named = no_po[chosen] & (rng.random(count) < _NO_PO_NAMED)
    reason = rng.choice(len(_REASON_SHARE), count, p=_REASON_SHARE)
    credited = (rng.random(count) < _CREDITED) & ~named
    run = customers.run[invoices.customer[chosen]]
    result = pay.copy()
    after = calendar.next_run(run, closed + 1 + rng.integers(0, 7, count))
    result[chosen] = np.maximum(pay[chosen], after)
    whole = (rng.random(count) < _WHOLE) | named
    return Disputes(
        invoice=chosen,
        opened=opened,
        closed=closed,
        reason=np.where(named, _NO_PO, reason),
        amount=np.where(whole, amount, part),
        credited=credited,
    ), result
