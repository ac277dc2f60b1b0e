"""What may be claimed for late payment by Dutch law: interest, collection costs, and what payments pay first.

Amounts are whole cents and days are `date.toordinal()`, as in `interest`.

- A payment goes to collection costs that are due, then interest, then principal, the oldest first (6:44).
- A payment that came back by the day is none (the item ledger has taken it off); what is left negative came
  back from nobody and adds to the principal.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from queries.claims.interest import Part, Schedule, accrue, half_up

# Collection costs (Besluit BIK): up to so many cents of principal, so many thousandths.
_SCALE = ((250_000, 150), (500_000, 100), (1_000_000, 50), (20_000_000, 10))
_BEYOND = 5
_LEAST, _MOST = 4_000, 677_500
_VAT = 21  # percent


@dataclass(frozen=True)
class Applied:
    """What a payment paid: costs first, then interest, then principal; `beyond` is what was left of it."""

    day: int
    costs: int
    interest: int
    principal: int
    beyond: int

    @property
    def amount(self) -> int:
        """What was paid."""
        return self.costs + self.interest + self.principal + self.beyond


@dataclass(frozen=True)
class Claim:
    """What may be claimed on a day, in cents, and how it came about."""

    principal: int
    interest: int
    costs: int
    parts: tuple[Part, ...]
    applied: tuple[Applied, ...]

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.costs


@dataclass(frozen=True)
class Notice:
    """A 14-day notice: the days it was sent and received, and the last of its fourteen days."""

    sent: int
    received: int
    end: int


@dataclass(frozen=True)
class Debt:
    """One document past its due date.

    Attributes:
        parts: (due date, cents) of what fell due, in order.
        payments: (day, cents), in order; negative: it came back, and no payment was there to come back.
        rates: the interest it bears.
        costs: (first day they are due, cents); None: by the scale, per part from the day after its due date.
    """

    parts: tuple[tuple[int, int], ...]
    payments: tuple[tuple[int, int], ...]
    rates: Schedule
    costs: tuple[tuple[int, int], ...] | None = None


def collection_costs(principal: int) -> int:
    """Return the collection costs over a principal, both in cents, without VAT.

    >>> collection_costs(1_000_000)
    87500
    """
    if principal <= 0:
        return 0
    thousandths, below = 0, 0
    for limit, share in (*_SCALE, (principal, _BEYOND)):
        thousandths += max(min(principal, limit) - below, 0) * share
        below = max(below, limit)
    return min(max(half_up(thousandths, 1000), _LEAST), _MOST)


def with_vat(costs: int) -> int:
    """Return collection costs with VAT, both in cents: what a creditor who cannot deduct it may ask.

    >>> with_vat(87500)
    105875
    """
    return half_up(costs * (100 + _VAT), 100)


def claim(debt: Debt, as_of: int) -> Claim:
    """Return what may be claimed at the end of a day."""
    since = debt.rates.starts[0] - 1
    parts = [Part(due, cents, max(due, since)) for due, cents in debt.parts if due < as_of]
    costs, outstanding, applied = _Costs(debt, parts), 0, []
    for day, cents in _by_day(debt.payments):
        if day > as_of:
            break
        outstanding += costs.by(day)
        accrue(parts, day, debt.rates)
        if cents < 0:  # more was paid back than was ever paid
            parts[0].principal -= cents
            continue
        to_costs = min(cents, outstanding)
        outstanding -= to_costs
        to_interest = _pay_interest(parts, cents - to_costs)
        to_principal = _pay_principal(parts, cents - to_costs - to_interest)
        beyond = cents - to_costs - to_interest - to_principal
        applied.append(Applied(day, to_costs, to_interest, to_principal, beyond))
    outstanding += costs.by(as_of)
    accrue(parts, as_of, debt.rates)
    return Claim(
        sum(part.principal for part in parts),
        sum(part.added + part.running for part in parts),
        outstanding,
        tuple(parts),
        tuple(applied),
    )


def notice_of(notices: Sequence[Notice], due: int) -> Notice | None:
    """Return the notice that starts the costs of what fell due on a day: the first to end; None without one.

    A notice sent before the debt was overdue is about nothing, and a later one asks only for what no notice
    was about before.
    """
    return min(
        (notice for notice in notices if notice.sent > due), key=lambda notice: notice.end, default=None
    )


def outstanding_parts(debt: Debt, as_of: int) -> Sequence[Part]:
    """Return what is left of a debt at the end of a day; payments go to costs and interest first (6:44)."""
    return claim(debt, as_of).parts


def parts_at_last_payment(debt: Debt, as_of: int) -> Sequence[Part]:
    """Return what is left of a debt if payments pay principal only, with its interest up to the last one."""
    since = debt.rates.starts[0] - 1
    parts = [Part(due, cents, max(due, since)) for due, cents in debt.parts if due < as_of]
    for day, cents in _by_day(debt.payments):
        if day > as_of:
            break
        accrue(parts, day, debt.rates)
        if cents > 0:
            _pay_principal(parts, cents)
        else:  # more was paid back than was ever paid
            parts[0].principal -= cents
    return parts


def consumer_debts(
    noticed: Sequence[tuple[Debt, Sequence[Notice]]],
    as_of: int,
    parts_on: Callable[[Debt, int], Sequence[Part]] = outstanding_parts,
) -> list[Debt]:
    """Return the debts of one consumer with the costs due on each; none without a 14-day notice.

    Costs fall due when the 14 days after the receipt of a notice have passed, over what is left then of what
    was overdue on the day it was sent. Principals that stand open side by side, under one notice or under an
    earlier one, are added first, so that the scale and its minimum count once; what that comes to is shared
    out by principal.

    Args:
        noticed: debts, each with the notices about it.
        as_of: last day looked at.
        parts_on: what is left of a debt at the end of a day.
    """
    debts = [replace(debt, costs=()) for debt, _notices in noticed]
    ends: dict[int, list[tuple[int, int]]] = {}
    for place, (debt, notices) in enumerate(noticed):
        for due, _cents in debt.parts:
            notice = notice_of(notices, due)
            if notice is not None and notice.end < as_of:
                ends.setdefault(notice.end, []).append((place, due))
    earlier: set[tuple[int, int]] = set()
    for end in sorted(ends):
        left = {
            (place, part.due): part.principal
            for place, debt in enumerate(debts)
            for part in parts_on(debt, end)
        }
        before = sum(left.get(key, 0) for key in earlier)
        shares = [left.get(key, 0) for key in ends[end]]
        costs = collection_costs(before + sum(shares)) - collection_costs(before)
        for (place, _due), cents in zip(ends[end], _shared(costs, shares), strict=True):
            debts[place] = replace(debts[place], costs=(*(debts[place].costs or ()), (end + 1, cents)))
        earlier.update(ends[end])
    return debts


class _Costs:
    """Collection costs as they fall due."""

    def __init__(self, debt: Debt, parts: Sequence[Part]) -> None:
        self._waiting = list(parts) if debt.costs is None else []
        self._fixed = list(debt.costs or ())
        self._claimed = 0

    def by(self, day: int) -> int:
        """Return the costs that fell due up to a day and were not returned before."""
        cents = 0
        while self._waiting and self._waiting[0].due < day:
            principal = self._waiting.pop(0).principal
            together = self._claimed + principal
            cents += collection_costs(together) - collection_costs(self._claimed)
            self._claimed = together
        while self._fixed and self._fixed[0][0] <= day:
            cents += self._fixed.pop(0)[1]
        return cents


def _by_day(payments: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the payments of a day as one, and what came back from nobody on it as another."""
    return [
        (day, sum(cents for _day, cents in of_day))
        for (day, _is_paid), of_day in groupby(payments, key=lambda payment: (payment[0], payment[1] > 0))
    ]


def _pay_interest(parts: Sequence[Part], cents: int) -> int:
    """Pay interest, the oldest first; return how much was paid."""
    rest = cents
    for part in parts:
        added = min(rest, part.added)
        running = min(rest - added, part.running)
        part.added -= added
        part.running -= running
        rest -= added + running
    return cents - rest


def _pay_principal(parts: Sequence[Part], cents: int) -> int:
    """Pay principal, the oldest first; return how much was paid."""
    rest = cents
    for part in parts:
        paid = min(rest, part.principal)
        part.principal -= paid
        rest -= paid
    return cents - rest


def _shared(cents: int, weights: Sequence[int]) -> list[int]:
    """Share out an amount by weight, to the cent."""
    total, before, shares = sum(weights), 0, []
    for weight in weights:
        upto = half_up(cents * (before + weight), total) if total else 0
        shares.append(upto - (half_up(cents * before, total) if total else 0))
        before += weight
    return shares
