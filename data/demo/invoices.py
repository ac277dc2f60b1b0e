"""What the demo company bills: when, to whom, how much."""

from dataclasses import dataclass

import numpy as np

from data.demo.bank_days import NEVER, Bools, Calendar, Floats, Ints, random_stream
from data.demo.customers import LARGEST, Customers

LARGEST_BILLING_SHARE = 0.08
INSTALMENT_STEP = 30

_WEEKDAY = np.array([0.95, 1.0, 0.95, 1.0, 1.1, 0.0, 0.0])
_MONTH = np.array([0.0, 0.94, 0.96, 1.06, 1.0, 0.97, 1.07, 0.90, 0.82, 1.06, 1.07, 1.09, 1.0])
_COUNT_GROWTH, _PRICE_GROWTH = 1.04, 1.02
_MONTH_END_BUMP, _CHRISTMAS_DIP, _CHRISTMAS = 1.7, 0.35, 357
_YEAR = 365.25
_VAT_NORMAL, _VAT_LOW = 0.21, 0.09
_INSTALMENT_SHARE, _INSTALMENT_FROM = 0.005, 150_000
_CANCELLED, _NO_PO, _LOW_VAT = 0.004, 0.05, 0.07


@dataclass(frozen=True)
class Invoices:
    """One entry per invoice, by invoice date; amounts in cents, VAT included.

    Attributes:
        services: whether the second legal entity billed it.
        habit_due: the day the customer acts upon: who got other terms follows them only half way.
        cancelled: day it was cancelled, or NEVER.
        parts: number of instalments, 0 = none; the due date is then that of the last one.
    """

    customer: Ints
    services: Bools
    day: Ints
    terms: Ints
    due: Ints
    habit_due: Ints
    amount: Ints
    vat: Ints
    vat_rate: Floats
    has_po: Bools
    cancelled: Ints
    discount_percent: Ints
    parts: Ints

    @property
    def count(self) -> int:
        return len(self.day)


def billing_rhythm(calendar: Calendar) -> Floats:
    """Return the relative number of invoices per day of the calendar's tables, the future included."""
    position = np.flatnonzero(calendar.billing_day)
    month_end = np.zeros(len(calendar.weekday), dtype=np.bool_)
    month_end[position[:-2]] = calendar.month[position[:-2]] != calendar.month[position[2:]]
    years = (calendar.base + np.arange(len(month_end)) - calendar.start) / _YEAR
    rhythm: Floats = (
        _WEEKDAY[calendar.weekday] * _MONTH[calendar.month] * _COUNT_GROWTH**years * calendar.billing_day
    )
    rhythm = np.where(month_end, rhythm * _MONTH_END_BUMP, rhythm)
    return np.where(calendar.day_of_year >= _CHRISTMAS, rhythm * _CHRISTMAS_DIP, rhythm)


def make_invoices(invoices: int, seed: int, customers: Customers, calendar: Calendar) -> Invoices:
    """Draw that many invoices."""
    rng = random_stream(seed, "invoices")
    day, customer = _days_and_customers(invoices, customers, calendar, rng)
    services = rng.random(invoices) < customers.services_share[customer]
    amount, vat, rate = _amounts(customer, day, customers, calendar, rng)
    terms = np.where(
        day < customers.terms_since[customer], customers.terms_before[customer], customers.terms[customer]
    )
    changed = day >= customers.terms_since[customer]
    change = np.where(changed, terms - customers.terms_before[customer], 0)
    many = amount >= _INSTALMENT_FROM
    split = many & (rng.random(invoices) < _INSTALMENT_SHARE / max(float(many.mean()), _INSTALMENT_SHARE))
    parts = np.where(split, rng.integers(3, 5, invoices), 0)
    wait = INSTALMENT_STEP * np.maximum(parts - 1, 0)
    stays = (rng.random(invoices) >= _CANCELLED) | split
    return Invoices(
        customer=customer,
        services=services,
        day=day,
        terms=terms,
        due=day + terms + wait,
        habit_due=day + terms + wait - change // 2,
        amount=amount,
        vat=vat,
        vat_rate=rate,
        has_po=~customers.consumer[customer] & (rng.random(invoices) >= _NO_PO),
        cancelled=np.where(stays, NEVER, calendar.next_bank_day(day + rng.integers(1, 15, invoices))),
        discount_percent=np.where(split, 0, customers.discount_percent[customer]),
        parts=parts,
    )


def _days_and_customers(
    invoices: int, customers: Customers, calendar: Calendar, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Draw customer and day, by day; every customer's days lie between its coming and its going."""
    history = slice(calendar.start - calendar.base, calendar.as_of - calendar.base + 1)
    passed = np.concatenate([[0.0], np.cumsum(billing_rhythm(calendar)[history])])
    before = passed[customers.begins - calendar.start]
    until = passed[np.maximum(customers.ends, customers.begins) - calendar.start + 1]
    weight = np.cumsum(customers.weight * (until - before))
    customer = np.searchsorted(weight, rng.random(invoices) * weight[-1], side="right")
    share = rng.random(invoices)
    for story in np.flatnonzero(customers.has_story).tolist():
        # Who has a story buys regularly: by chance alone it might buy nothing in the weeks that tell it.
        own = customer == story
        share[own] = (np.arange(own.sum()) + share[own]) / own.sum()
    moment = before[customer] + share * (until - before)[customer]
    day = calendar.start + np.searchsorted(passed, moment, side="right") - 1
    day = np.clip(day, calendar.start, calendar.as_of)
    order = np.argsort(day, kind="stable")
    return day[order], customer[order]


def _amounts(
    customer: Ints, day: Ints, customers: Customers, calendar: Calendar, rng: np.random.Generator
) -> tuple[Ints, Ints, Floats]:
    """Draw amount and VAT in cents, and the VAT rate; the largest customer gets its share of the billing."""
    spread = np.exp(rng.normal(0.0, 0.75, len(customer)))
    years = (day - calendar.start) / _YEAR
    net = np.maximum(customers.net[customer] * spread * _PRICE_GROWTH**years, 15.0)
    low = rng.random(len(customer)) < _LOW_VAT
    rate = np.where(customers.abroad[customer] > 0, 0.0, np.where(low, _VAT_LOW, _VAT_NORMAL))
    own = customer == LARGEST
    gross = net * (1 + rate)
    if own.any() and not own.all():
        share = LARGEST_BILLING_SHARE / (1 - LARGEST_BILLING_SHARE)
        net = np.where(own, net * share * gross[~own].sum() / gross[own].sum(), net)
    net_cents = np.rint(net * 100).astype(np.int64)
    vat = np.rint(net_cents * rate).astype(np.int64)
    return net_cents + vat, vat, rate


def instalment_parts(invoices: Invoices, invoice: Ints) -> list[tuple[Ints, Ints, Ints]]:
    """Return, for the first, second ... instalment: which of the invoices have it, its due day, its cents.

    The last instalment takes what division leaves, so that they sum to the invoice.
    """
    count = invoices.parts[invoice]
    result = []
    for number in range(int(count.max(initial=0))):
        which = np.flatnonzero(count > number)
        chosen, parts = invoice[which], count[which]
        share = invoices.amount[chosen] // parts
        last = invoices.amount[chosen] - share * (parts - 1)
        due = invoices.due[chosen] - INSTALMENT_STEP * (parts - 1 - number)
        result.append((which, due, np.where(number == parts - 1, last, share)))
    return result
