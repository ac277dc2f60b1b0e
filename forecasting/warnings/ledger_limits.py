"""The limits of the measured rules on a ledger: so high that together they flag a target share of customers.

A rule's own constant says from where on a number is unusual at all. On most ledgers that is true of too many
customers to call, so the limit rises with the ledger: each measured rule may speak of the same number of the
strongest cases of the last twelve month ends, and that number is chosen so that together they flag the target
share. Only days before the one asked for count, so that a past day's limits never change; and within a month
they are the same, so that no customer comes or goes because others changed.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from forecasting.arrays import Bools, Floats, Ints, day_of, number
from forecasting.warnings.book import Book
from forecasting.warnings.rule_result import RuleResult
from forecasting.warnings.rules import RULES, WarningRule

TARGET = 0.10  # of the customers with something open
POOL_MONTHS = 12
FEWEST_CASES = 50  # month ends of customers; with fewer the constants stand
# A signal that stood at the last month end stays until it falls below this part of the limit.
LEAVE = 0.9
_FIRST_MONTH = 30  # days of history before the first month end that counts


@dataclass(frozen=True)
class _MonthEnd:
    """The customers with something open at a month end, and their strengths by measured rule; shape (C,)."""

    is_case: Bools
    strengths: dict[str, Floats]


class LedgerLimits:
    """The limits of measured rules on any day of a book; all other rules keep their constants."""

    def __init__(self, book: Book, target: float = TARGET, off: Collection[str] = ()) -> None:
        """Prepare the limits; month ends are looked at when a day asks for them.

        Args:
            book: the ledger.
            target: share of the customers with something open that measured rules may flag together, 0-1.
            off: rules switched off; they take no part of the target, and have the limits of the others.
        """
        self.book, self.target, self._off = book, target, frozenset(off)
        self._rules = [rule for rule in RULES if rule.kind == "measured"]
        self._first = int(book.issued.min()) + _FIRST_MONTH if len(book.issued) else book.as_of + 1
        self._months: dict[int, _MonthEnd] = {}
        self._factors: dict[int, dict[str, float]] = {}

    def factors(self, day: int) -> dict[str, float]:
        """Return by how much each measured rule's constant is multiplied on a day; 1: it stands as it is."""
        months = self._months_before(day)
        if not months:
            return {rule.name: 1.0 for rule in self._rules}
        last = months[-1]
        if last not in self._factors:
            pool = [self._month_end(month) for month in months]
            self._factors[last] = self._pool_factors(pool)
        return self._factors[last]

    def apply(self, rule: WarningRule, result: RuleResult, day: int) -> RuleResult:
        """Return a rule's result on a day with the limits of the ledger in place of its constant."""
        applied = self.applied_factors(rule, day)
        if applied is None:
            return result
        with np.errstate(invalid="ignore", divide="ignore"):
            limit = result.limit / applied if rule.is_below else result.limit * applied
        raised = np.asarray((rule.strength(result) > applied) & result.raised)
        return replace(result, limit=limit, raised=raised)

    def applied_factors(self, rule: WarningRule, day: int) -> Floats | None:
        """Return per customer by how much the rule's constant is multiplied; None: it stands as it is."""
        factor = self.factors(day).get(rule.name, 1.0)
        if factor <= 1.0:
            return None
        stood = np.zeros(self.book.customers, dtype=bool)
        for month in self._months_before(day):
            strength = self._month_end(month).strengths[rule.name]
            stood = strength > self._factor_of(rule, month, stood)
        return self._factor_of(rule, day, stood)

    def _factor_of(self, rule: WarningRule, day: int, stood: Bools) -> Floats:
        factor = self.factors(day)[rule.name]
        return np.where(stood, max(1.0, LEAVE * factor), factor)

    def _months_before(self, day: int) -> list[int]:
        """Return the last days of the twelve months before a day, the oldest first."""
        ends: list[int] = []
        end = day_of(day).replace(day=1) - timedelta(days=1)
        while len(ends) < POOL_MONTHS and number(end) >= self._first:
            ends.append(number(end))
            end = end.replace(day=1) - timedelta(days=1)
        return ends[::-1]

    def _month_end(self, day: int) -> _MonthEnd:
        if day not in self._months:
            is_case = self.book.at(day).open_amounts() > 0
            strengths = {}
            for rule in self._rules:
                strength = rule.strength(rule.test(self.book, day))
                strengths[rule.name] = np.where(is_case, strength, 0.0)
            self._months[day] = _MonthEnd(is_case, strengths)
        return self._months[day]

    def _pool_factors(self, pool: list[_MonthEnd]) -> dict[str, float]:
        cases = sum(int(month.is_case.sum()) for month in pool)
        names = [rule.name for rule in self._rules]
        if cases < FEWEST_CASES:
            return dict.fromkeys(names, 1.0)
        strengths = {name: np.concatenate([month.strengths[name] for month in pool]) for name in names}
        allowed = int(self.target * cases + 1e-9)  # 0.29 * 100 is 28.999...
        return factors_of(strengths, allowed, self._off)


def factors_of(strengths: dict[str, Floats], allowed: int, off: Collection[str] = ()) -> dict[str, float]:
    """Return limits such that all rules together flag at most so many cases, and each as many as the others.

    Args:
        strengths: by rule, how far each case is beyond the rule's constant, shape (N,); above 1 is beyond.
        allowed: number of cases.
        off: rules that flag nobody; they get the limit they would have.

    Returns:
        By rule the strength that a case must exceed; 1 or more.
    """
    ordered, rank = {}, np.full(len(next(iter(strengths.values()), ())), np.iinfo(np.int64).max)
    for name, strength in strengths.items():
        places: Ints = np.flatnonzero(strength > 1.0)
        ordered[name] = np.sort(strength[places])
        # Equally strong cases all have the rank of the last of them, since a limit lets in all or none.
        own = len(places) - np.searchsorted(ordered[name], strength[places])
        if name not in off:
            rank[places] = np.minimum(rank[places], own)
    ranks = np.sort(rank[rank < np.iinfo(np.int64).max])
    if len(ranks) <= allowed:
        return dict.fromkeys(strengths, 1.0)
    each = int(ranks[allowed]) - 1
    return {
        name: float(values[len(values) - 1 - each]) if len(values) > each else 1.0
        for name, values in ordered.items()
    }
