"""The demo company's credit notes: disputes won by the customer, goodwill, and yearly bonuses."""

from dataclasses import dataclass

import numpy as np

from data.demo.bank_days import NEVER, Bools, Calendar, Floats, Ints
from data.demo.disputes import Disputes
from data.demo.invoices import Invoices

_BONUS_SHARE, _BONUS_PAID_OUT = 0.003, 0.97
_SLOW = 0.12


@dataclass(frozen=True)
class CreditNotes:
    """One entry per credit note.

    Attributes:
        original: position of the invoice it corrects, -1 = a bonus that corrects none.
        amount, vat: cents, negative.
        settled: day it is set off against its invoice or, a bonus, paid out; NEVER = stays open.
    """

    original: Ints
    customer: Ints
    services: Bools
    day: Ints
    amount: Ints
    vat: Ints
    settled: Ints


def make_credit_notes(
    invoices: Invoices,
    disputes: Disputes,
    calendar: Calendar,
    pay: Ints,
    *,
    goodwill: Bools,
    plain: Bools,
    rng: np.random.Generator,
) -> tuple[CreditNotes, Ints]:
    """Return the credit notes, and the cents credited per invoice by those that correct it.

    Args:
        invoices: what was billed.
        disputes: those credited lead to a credit note on the day they are closed.
        calendar: the calendar.
        pay: pay day per invoice.
        goodwill: per invoice, whether part of it is given away before it is paid.
        plain: per invoice, whether a bonus may fall due with it.
        rng: source of the choice.
    """
    won = np.flatnonzero(disputes.credited)
    given = np.flatnonzero(goodwill & (pay > invoices.day + 2))
    room = (pay - invoices.day - 1)[given]
    given_day = calendar.next_bank_day(invoices.day[given] + 1 + rng.integers(0, room))
    share = rng.integers(5, 31, len(given))
    original = np.concatenate([disputes.invoice[won], given])
    day = np.concatenate([disputes.closed[won], np.minimum(given_day, pay[given])])
    amount = np.concatenate([disputes.amount[won], np.maximum(invoices.amount[given] * share // 100, 1)])
    slow = rng.random(len(day)) < _SLOW
    wait = np.where(slow, rng.integers(20, 90, len(day)), rng.integers(0, 3, len(day)))
    wait[amount == invoices.amount[original]] = 0
    credited = np.zeros(invoices.count, dtype=np.int64)
    credited[original] = amount
    bonus = np.flatnonzero((rng.random(invoices.count) < _BONUS_SHARE) & plain)
    extra = np.maximum(invoices.amount[bonus] * rng.integers(3, 12, len(bonus)) // 100, 1)
    paid_out = calendar.next_bank_day(invoices.day[bonus] + rng.integers(15, 60, len(bonus)))
    paid_out = np.where(rng.random(len(bonus)) < _BONUS_PAID_OUT, paid_out, NEVER)
    whose, cents = np.concatenate([original, bonus]), np.concatenate([amount, extra])
    notes = CreditNotes(
        original=np.concatenate([original, np.full(len(bonus), -1)]),
        customer=invoices.customer[whose],
        services=invoices.services[whose],
        day=np.concatenate([day, invoices.day[bonus]]),
        amount=-cents,
        vat=-_vat_within(cents, invoices.vat_rate[whose]),
        settled=np.concatenate([calendar.next_bank_day(day + wait), paid_out]),
    )
    return notes, credited


def _vat_within(amount: Ints, rate: Floats) -> Ints:
    return np.rint(amount * rate / (1 + rate)).astype(np.int64)
