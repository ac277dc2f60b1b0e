"""Who the demo company sells to, and what kind of payer each of them is."""

import math
from dataclasses import dataclass

import numpy as np

from data.demo import bank_days
from data.demo.bank_days import NEVER, Bools, Calendar, Floats, Ints, random_stream

SIZE_CLASSES = ("very_small", "small", "middle", "large")
VERY_SMALL, SMALL, MIDDLE, LARGE = range(4)
ENTITIES = ("Zilverwaard Nederland BV", "Zilverwaard Services BV")
LARGEST, SLIDING, RECOVERING, HANDED_OVER = range(4)
LAST_NAMED = HANDED_OVER
SLIDE_DAYS, SLIDE_SINCE = 14, 70
RECOVERED_SINCE = 140
FAILED_SINCE = 118
"""Days since the customer that was handed over stopped paying: all it owes is over 90 days late."""

_CLASS_SHARE = (0.42, 0.30, 0.19, 0.09)
_CLASS_WEIGHT = np.array([1.0, 1.6, 3.2, 7.0])
_CLASS_NET = np.array([250.0, 600.0, 1450.0, 3600.0])
# What a customer means to do; holidays, disputes and slips lower what the ledger then shows.
_ON_TIME = (0.93, 0.765, 0.57, 0.410)
_LATE_DAYS = np.array([4.5, 6.5, 9.5, 13.0])
_TROUBLE = np.array([0.012, 0.012, 0.010, 0.006])
_LARGEST_COUNT_SHARE = 0.03
_RUNS = (
    bank_days.DAILY,
    bank_days.THURSDAY,
    bank_days.THURSDAY_AND_MONTH_END,
    bank_days.FRIDAY,
    bank_days.TUESDAY,
    bank_days.MONDAY,
    bank_days.TWICE_MONTHLY,
    bank_days.MONTH_END,
)
_RUN_SHARE = (
    (0.58, 0.16, 0.02, 0.06, 0.05, 0.05, 0.04, 0.04),
    (0.36, 0.32, 0.04, 0.08, 0.06, 0.05, 0.05, 0.04),
    (0.14, 0.48, 0.10, 0.08, 0.06, 0.04, 0.05, 0.05),
    (0.04, 0.56, 0.16, 0.06, 0.05, 0.02, 0.06, 0.05),
)
_TERMS = (14, 30, 60)
_CONSUMERS, _DIRECT_DEBIT, _TAKES_DISCOUNT, _TWO_PERCENT = 0.08, 0.10, 0.10, 0.5
_SUMMER_CLOSURE, _CHRISTMAS_CLOSURE, _SILENT = 0.25, 0.5, 0.10
_FAIL_FROM = 0.67
"""Customers that fail are of the third that buys most often: a failure costs something."""
_LEAST_FAILURES = 2
"""One that is written off, and one too recent for it."""
_OTHER_TERMS_BEFORE, _COMES_LATER, _LEAVES_EARLIER = 0.06, 0.18, 0.16
_TERMS_SHARE = ((0.60, 0.40, 0.0), (0.42, 0.58, 0.0), (0.18, 0.69, 0.13), (0.06, 0.68, 0.26))


@dataclass(frozen=True)
class Customers:
    """One entry per customer.

    Index 0 is the largest, 1 starts to slide, 2 recovers, 3 slid until it failed and is at an agency.

    Attributes:
        number: digits of the customer id.
        size: 0 very small, 1 small, 2 middle, 3 large.
        terms, terms_before, terms_since: days; invoices before day `terms_since` have `terms_before`.
        run: kind of pay run, see bankdays.
        on_time: share of invoices it means to pay in time.
        late_days: median of days late when it pays late.
        trouble: share of invoices that stay open for months.
        weight: share in the number of invoices.
        net: median invoice amount without VAT, euros.
        begins, ends: first and last day it is invoiced; fails: the day it stops paying.
        summer: first day of its two weeks of summer closure (day of the year), 0 = none.
    """

    number: Ints
    size: Ints
    public: Bools
    consumer: Bools
    abroad: Ints
    services_share: Floats
    terms: Ints
    terms_before: Ints
    terms_since: Ints
    run: Ints
    on_time: Floats
    late_days: Floats
    trouble: Floats
    weight: Floats
    net: Floats
    begins: Ints
    ends: Ints
    fails: Ints
    discount_percent: Ints
    direct_debit: Bools
    summer: Ints
    christmas: Bools
    dispute_weight: Floats
    answers: Floats

    @property
    def count(self) -> int:
        return len(self.number)

    @property
    def has_story(self) -> Bools:
        """Tell who slides, recovers or fails."""
        named = np.isin(np.arange(self.count), (SLIDING, RECOVERING, HANDED_OVER))
        return named | (self.fails < NEVER)


def customer_count(invoices: int) -> int:
    """Return how many customers come with so many invoices: 650 with 20,000, 12,000 with 1,000,000."""
    return max(12, round(650 * math.pow(invoices / 20_000, 0.745)))


def make_customers(invoices: int, seed: int, calendar: Calendar) -> Customers:
    """Draw the customers of a company with that many invoices."""
    rng = random_stream(seed, "customers")
    count = customer_count(invoices)
    size = rng.permutation(np.searchsorted(np.cumsum(_CLASS_SHARE), (np.arange(count) + 0.5) / count))
    size[[LARGEST, SLIDING, RECOVERING, HANDED_OVER]] = LARGE, MIDDLE, MIDDLE, MIDDLE
    named = np.arange(count) <= LAST_NAMED
    public = (rng.random(count) < np.array([0.0, 0.03, 0.12, 0.14])[size]) & ~named
    consumer = (size == VERY_SMALL) & (rng.random(count) < _CONSUMERS)
    weight = _weights(size, invoices, rng)
    terms = np.array(_TERMS)[_choose(np.array(_TERMS_SHARE)[size], rng)]
    terms = np.where(public | named, 30, np.where(consumer, 14, terms))
    terms_before, terms_since = _earlier_terms(terms, public | consumer | named, calendar, rng)
    run = np.array(_RUNS)[_choose(np.array(_RUN_SHARE)[size], rng)]
    run[[SLIDING, RECOVERING, HANDED_OVER]] = bank_days.THURSDAY
    direct_debit = (size <= SMALL) & ~public & (rng.random(count) < _DIRECT_DEBIT)
    run[direct_debit] = bank_days.DAILY
    begins, ends, fails = _lives(size, weight, calendar, rng)
    discount = np.where(rng.random(count) < _TWO_PERCENT, 2, 1)
    usual = (terms == _TERMS[1]) & ~public & ~consumer & ~named
    takes_discount = usual & (rng.random(count) < _TAKES_DISCOUNT)
    return Customers(
        number=10_001 + rng.permutation(count),
        size=size,
        public=public,
        consumer=consumer,
        abroad=np.where(public | consumer | named, 0, _choose(np.tile([0.90, 0.06, 0.04], (count, 1)), rng)),
        services_share=np.array([0.0, 1.0, 0.4])[_choose(np.tile([0.68, 0.22, 0.10], (count, 1)), rng)],
        terms=terms,
        terms_before=terms_before,
        terms_since=terms_since,
        run=run,
        on_time=_intentions(size, weight, direct_debit, rng),
        late_days=_LATE_DAYS[size] * np.exp(rng.normal(0.0, 0.3, count)),
        trouble=np.where(named, 0.0, _TROUBLE[size]),
        weight=weight,
        net=_CLASS_NET[size] * np.exp(rng.normal(0.0, 0.4, count) * ~named),
        begins=begins,
        ends=ends,
        fails=fails,
        discount_percent=np.where(takes_discount, discount, 0),
        direct_debit=direct_debit,
        summer=np.where((rng.random(count) < _SUMMER_CLOSURE) & ~named, rng.integers(197, 217, count), 0),
        christmas=(rng.random(count) < _CHRISTMAS_CLOSURE) & ~named,
        dispute_weight=np.where(named, 0.6, np.exp(rng.normal(0.0, 0.7, count))),
        answers=np.where(rng.random(count) < _SILENT, 0.0, rng.beta(2.0, 3.0, count)),
    )


def _choose(shares: Floats, rng: np.random.Generator) -> Ints:
    """Return one column per row, drawn with the row's shares."""
    draw = rng.random((len(shares), 1))
    # Rounding can leave a row's sum a hair under 1: the last column takes what is left.
    chosen: Ints = np.minimum((draw > np.cumsum(shares, axis=1)).sum(axis=1), shares.shape[1] - 1)
    return chosen


def _weights(size: Ints, invoices: int, rng: np.random.Generator) -> Floats:
    weight: Floats = (
        _CLASS_WEIGHT[size] * np.exp(rng.normal(0.0, 0.6, len(size))) * (1.0 + rng.pareto(2.5, len(size)))
    )
    weight = weight / weight.sum()
    weight[LARGEST] = _LARGEST_COUNT_SHARE
    # The customers with a story need enough invoices for it to show, in a small company too.
    weight[[SLIDING, RECOVERING, HANDED_OVER]] = min(0.03, max(300 / invoices, 0.0005))
    with_story = slice(LARGEST, LAST_NAMED + 1)
    rest = slice(LAST_NAMED + 1, None)
    weight[rest] *= (1.0 - weight[with_story].sum()) / weight[rest].sum()
    return weight


def _earlier_terms(
    terms: Ints, fixed: Bools, calendar: Calendar, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Give some customers other terms in the first half of the history."""
    changed = (terms <= _TERMS[1]) & ~fixed & (rng.random(len(terms)) < _OTHER_TERMS_BEFORE)
    before = np.where(changed, np.where(terms == _TERMS[0], _TERMS[1], _TERMS[0]), terms)
    since = rng.integers(calendar.start + 300, calendar.start + 700, len(terms))
    return before, np.where(changed, since, calendar.start)


def _lives(
    size: Ints, weight: Floats, calendar: Calendar, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Return when each customer comes, when it goes, and when it fails."""
    count, span = len(size), calendar.as_of - calendar.start
    settled = (np.arange(count) <= LAST_NAMED) | (size == LARGE)
    fate = rng.random(count)
    moment = calendar.start + (rng.random(count) * span).astype(np.int64)
    begins = np.where((fate < _COMES_LATER) & ~settled, moment, calendar.start)
    ends = np.where((fate > 1 - _LEAVES_EARLIER) & ~settled, moment, calendar.as_of)
    fails = np.full(count, NEVER)
    may_fail = np.flatnonzero(~settled & (begins == calendar.start) & (ends == calendar.as_of))
    may_fail = may_fail[weight[may_fail] >= np.quantile(weight[may_fail], _FAIL_FROM, method="lower")]
    failing = min(len(may_fail), max(_LEAST_FAILURES, round(0.006 * count)))
    share = weight[may_fail] / weight[may_fail].sum()
    chosen = rng.choice(may_fail, failing, replace=False, p=share)
    # Spread over the history, so that some are written off and the last one is still open.
    fails[chosen] = calendar.as_of - 60 - (span - 420) * np.arange(failing) // max(failing, 1)
    fails[HANDED_OVER] = calendar.as_of - FAILED_SINCE
    failed = fails < NEVER
    ends[failed] = fails[failed] - 7
    return begins, ends, fails


def _intentions(size: Ints, weight: Floats, direct_debit: Bools, rng: np.random.Generator) -> Floats:
    """Return each customer's on-time share; by number of invoices a size class comes out at its target."""
    result = np.empty(len(size))
    for size_class, target in enumerate(_ON_TIME):
        members = np.flatnonzero(size == size_class)
        share = np.clip(rng.beta(6 * target, 6 * (1 - target), len(members)), 0.01, 0.99)
        share[direct_debit[members]] = 0.98
        if len(members):
            result[members] = _shifted(share, weight[members], target)
    result[[SLIDING, HANDED_OVER]] = 0.80
    return result


def _shifted(share: Floats, weight: Floats, target: float) -> Floats:
    """Move all shares by one amount on the logit scale until their weighted mean is the target."""
    odds = np.log(share / (1 - share))
    low, high = -8.0, 8.0
    for _ in range(40):
        middle = (low + high) / 2
        moved = 1 / (1 + np.exp(-(odds + middle)))
        low, high = (middle, high) if np.average(moved, weights=weight) < target else (low, middle)
    result: Floats = 1 / (1 + np.exp(-(odds + low)))
    return result
