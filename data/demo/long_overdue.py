"""How much of the demo company's receivables is long overdue: what nobody collected, what was given up."""

from dataclasses import replace

import numpy as np

from data.demo import bank_days
from data.demo.bank_days import NEVER, Calendar, Ints
from data.demo.credit_notes import CreditNotes
from data.demo.customers import HANDED_OVER, LAST_NAMED, Customers
from data.demo.disputes import Disputes
from data.demo.invoices import Invoices
from data.demo.lines import WRITE_OFF, Settlements

LONG_DAYS = 90
_LEAST_SHARE, _SHARE, _MOST_SHARE = 0.047, 0.05, 0.053
_OLDEST_DAYS = 240
_GIVEN_UP_AFTER = 110
_GONE, _IN_DISPUTE = 0.001, 0.02


def open_amounts(invoices: Invoices, lines: Settlements, calendar: Calendar) -> Ints:
    """Return the cents open of each invoice at the end of the history; below 0 if too much was paid."""
    own = (lines.document >= 0) & (lines.document < invoices.count)
    settled = np.bincount(lines.document[own], weights=lines.amount[own], minlength=invoices.count)
    stands = invoices.cancelled > calendar.as_of
    return np.where(stands, invoices.amount - np.rint(settled).astype(np.int64), 0)


def with_long_overdue(
    invoices: Invoices,
    customers: Customers,
    calendar: Calendar,
    disputes: Disputes,
    *,
    notes: CreditNotes,
    lines: Settlements,
    rng: np.random.Generator,
) -> tuple[Disputes, Settlements]:
    """Bring invoices over 90 days late to a twentieth of the receivables, whatever the size of the company.

    Where there is more, the oldest is written off. Where there is less, invoices that would have been paid
    stay open: of customers that left first, and of disputes that then never ended. A company of a few
    invoices may have none that fit.
    """
    rest = np.maximum(open_amounts(invoices, lines, calendar), 0)
    is_old = invoices.due < calendar.as_of - LONG_DAYS
    total, old = int(rest.sum()), int(rest[is_old].sum())
    given_up = np.zeros(invoices.count, dtype=np.int64)
    by_age = _oldest_first(invoices, np.flatnonzero(is_old & (rest > 0)))
    for invoice in by_age:
        if old <= _MOST_SHARE * total:
            break
        given_up[invoice] = rest[invoice]
        if invoice == by_age[-1]:
            # Of the last debt, that of the customer at the agency, a part stays.
            given_up[invoice] = min(int((old - _SHARE * total) / (1 - _SHARE)), int(rest[invoice]))
        total, old = total - int(given_up[invoice]), old - int(given_up[invoice])
    unpaid = []
    for invoice in _unpaid_first(invoices, customers, calendar, disputes, notes=notes, lines=lines, rng=rng):
        if old >= _LEAST_SHARE * total:
            break
        amount = int(invoices.amount[invoice])
        if old + amount <= _MOST_SHARE * (total + amount):
            unpaid.append(invoice)
            total, old = total + amount, old + amount
    chosen = np.array(unpaid, dtype=np.int64)
    stuck = np.isin(disputes.invoice, chosen)
    disputes = replace(disputes, closed=np.where(stuck, NEVER, disputes.closed))
    lines = _unsettled(lines, chosen)
    return disputes, _written_off(invoices, calendar, lines, given_up, rest)


def _oldest_first(invoices: Invoices, which: Ints) -> list[int]:
    """Return invoices by due date; those of the customer at the agency are the last to be given up."""
    order = np.lexsort((which, invoices.due[which], invoices.customer[which] == HANDED_OVER))
    return [int(invoice) for invoice in which[order]]


def _unpaid_first(
    invoices: Invoices,
    customers: Customers,
    calendar: Calendar,
    disputes: Disputes,
    *,
    notes: CreditNotes,
    lines: Settlements,
    rng: np.random.Generator,
) -> list[int]:
    """Return the invoices that one payment settled and that could have stayed open, the likeliest first."""
    customer, age = invoices.customer, calendar.as_of - invoices.due
    fits = lines.single & (lines.cleared <= calendar.as_of) & (customer > LAST_NAMED)
    fits &= (age > LONG_DAYS) & (age <= _OLDEST_DAYS) & (customers.fails[customer] == NEVER)
    fits[notes.original[notes.original >= 0]] = False
    which = np.flatnonzero(fits)
    # Large invoices rather than many: few invoices are long overdue, though their money is.
    draw = rng.exponential(size=len(which)) / invoices.amount[which]
    draw *= np.where(customers.ends[customer[which]] < calendar.as_of, _GONE, 1.0)
    draw *= np.where(np.isin(which, disputes.invoice), _IN_DISPUTE, 1.0)
    return [int(invoice) for invoice in which[np.argsort(draw, kind="stable")]]


def _unsettled(lines: Settlements, invoice: Ints) -> Settlements:
    """Return the lines without those of invoices that stay open."""
    stays = ~np.isin(lines.document, invoice)
    cleared, single = lines.cleared.copy(), lines.single.copy()
    cleared[invoice], single[invoice] = NEVER, False
    return replace(
        lines,
        document=lines.document[stays],
        customer=lines.customer[stays],
        services=lines.services[stays],
        day=lines.day[stays],
        amount=lines.amount[stays],
        kind=lines.kind[stays],
        group=lines.group[stays],
        cleared=cleared,
        single=single,
    )


def _written_off(
    invoices: Invoices, calendar: Calendar, lines: Settlements, amount: Ints, rest: Ints
) -> Settlements:
    """Return the lines with an amount of some invoices written off, each as a booking of its own."""
    invoice = np.flatnonzero(amount)
    last = calendar.previous_run(bank_days.DAILY, np.full(len(invoice), calendar.as_of))
    day = np.minimum(calendar.next_bank_day(invoices.due[invoice] + _GIVEN_UP_AFTER), last)
    groups = int(lines.group.max(initial=0)) + 1 + np.arange(len(invoice))
    cleared = lines.cleared.copy()
    cleared[invoice] = np.where(amount[invoice] == rest[invoice], day, NEVER)
    return replace(
        lines,
        document=np.concatenate([lines.document, invoice]),
        customer=np.concatenate([lines.customer, invoices.customer[invoice]]),
        services=np.concatenate([lines.services, invoices.services[invoice].astype(np.int64)]),
        day=np.concatenate([lines.day, day]),
        amount=np.concatenate([lines.amount, amount[invoice]]),
        kind=np.concatenate([lines.kind, np.full(len(invoice), WRITE_OFF)]),
        group=np.concatenate([lines.group, groups]),
        cleared=cleared,
    )
