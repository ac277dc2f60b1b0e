"""Settlement lines of the demo company: how they are gathered and cut off at the as-of day."""

from dataclasses import dataclass, field

import numpy as np

from data.demo.bank_days import NEVER, Bools, Calendar, Ints
from data.demo.credit_notes import CreditNotes
from data.demo.customers import Customers
from data.demo.invoices import Invoices

KINDS = ("payment", "credit", "write_off", "reversal", "discount")
PAYMENT, CREDIT, WRITE_OFF, REVERSAL, DISCOUNT = range(5)
ON_ACCOUNT = -1
"""Document of a payment that names none."""

_OWN_GROUP = 10**15


@dataclass
class Rows:
    """Settlement lines as gathered: arrays of document, customer, entity, day, cents, kind, group."""

    chunks: list[tuple[Ints, ...]] = field(default_factory=list)
    groups: int = _OWN_GROUP

    def own(self, count: int) -> Ints:
        """Return a group of its own for each of so many lines: each gets its own payment id."""
        self.groups += count
        return np.arange(self.groups - count, self.groups)

    def joined(self) -> list[Ints]:
        """Return the columns over all lines."""
        return [np.concatenate(column) for column in zip(*self.chunks, strict=True)]


@dataclass(frozen=True)
class Settlements:
    """One entry per settlement line, but for the last two.

    Attributes:
        document: counts invoices first, then credit notes; -1 = on account.
        group: lines of one group share a payment id.
        cleared: per invoice, the day it is done with.
        single: per invoice, whether one payment of the whole amount does it.
    """

    document: Ints
    customer: Ints
    services: Ints
    day: Ints
    amount: Ints
    kind: Ints
    group: Ints
    cleared: Ints
    single: Bools


def finished(
    rows: Rows,
    invoices: Invoices,
    notes: CreditNotes,
    customers: Customers,
    calendar: Calendar,
    *,
    cleared: Ints,
    single: Bools,
) -> Settlements:
    """Leave out what lies in the future or behind a failure; write the failed customers off."""
    columns = rows.joined()
    is_in = (columns[3] <= calendar.as_of) & (columns[3] < customers.fails[columns[1]])
    columns = [column[is_in] for column in columns]
    document, amount = columns[0], columns[4]
    everything = np.concatenate([invoices.amount, notes.amount])
    named = document >= 0
    settled = np.bincount(document[named], weights=amount[named], minlength=len(everything))
    rest = everything - np.rint(settled).astype(np.int64)
    owner = np.concatenate([invoices.customer, notes.customer])
    services = np.concatenate([invoices.services, notes.services]).astype(np.int64)
    issued = np.concatenate([invoices.day, notes.day])
    cancelled = np.concatenate([invoices.cancelled, np.full(len(notes.day), NEVER)])
    fails = customers.fails[owner]
    # A receiver takes about half a year.
    over = calendar.next_bank_day(fails + 150 + customers.number[owner] % 50)
    lost = (over <= calendar.as_of) & (issued < fails) & (cancelled == NEVER) & (rest != 0) & (fails < NEVER)
    which = np.flatnonzero(lost)
    kind = np.full(len(which), WRITE_OFF)
    added = (which, owner[which], services[which], over[which], rest[which], kind, rows.own(len(which)))
    whole = [np.concatenate(pair) for pair in zip(columns, added, strict=True)]
    return Settlements(
        document=whole[0],
        customer=whole[1],
        services=whole[2],
        day=whole[3],
        amount=whole[4],
        kind=whole[5],
        group=whole[6],
        cleared=cleared,
        single=single,
    )
