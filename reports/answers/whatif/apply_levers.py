"""A scenario's levers pulled one after another on the money expected, with what had to be assumed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Floats, number
from forecasting.whatif import levers as effects
from forecasting.whatif.cash_flows import Flows
from forecasting.whatif.pass_through import PassThrough
from reports.answers.whatif.scenario_file import Lever, Scenario, where
from reports.translation import _

TERMS = (0, 365)
# The levers that need a payment model; the others move payments and limits.
ON_RECEIPTS = ("terms", "discount", "instalments", "delay", "effort", "default", "sales", "target")
Side = Literal["value", "low", "high"]


@dataclass(frozen=True)
class Reactions:
    """What this ledger shows of its customers; one entry per customer code.

    Attributes:
        ids: customer_id of each, shape (customers,).
        segments: of each, empty where it has none.
        follows: days paid later per day of longer terms.
        earlier, later: days between the usual lateness and the better, and the worse, quarter.
    """

    ids: list[str]
    segments: list[str]
    follows: PassThrough
    earlier: Floats
    later: Floats


@dataclass(frozen=True)
class Found:
    """What one lever turned out to rest on; what does not concern it is None.

    Attributes:
        number: of the lever, from 1.
        lever: as asked.
        invoices: whether it reaches any document.
        pass_through: value, low and high, over the amounts it reaches.
        seen: paid invoices the estimate rests on; None where the pass-through was given.
        clipped: some terms would have left 0 to 365 days.
        days: mean days it moves, over the amounts it reaches, where it is bounded.
        days_saved: days between the expected payment and the discount day.
        yearly_rate: cost of the discount as a rate per year.
    """

    number: int
    lever: Lever
    invoices: bool
    pass_through: tuple[float, float, float] | None = None
    seen: int | None = None
    clipped: bool = False
    days: float | None = None
    days_saved: float | None = None
    yearly_rate: float | None = None


@dataclass(frozen=True)
class _At:
    """What every lever is pulled with: what the ledger shows, the first day, the side of the estimate."""

    known: Reactions
    start: int
    side: Side


@dataclass
class Pulled:
    """The money expected under a scenario.

    Attributes:
        flows: after all levers.
        found: per lever that is about receipts.
    """

    flows: Flows
    found: list[Found] = field(default_factory=list)


def chosen(lever: Lever, known: Reactions, flows: Flows) -> Bools:
    """Tell which documents are of the customers a lever is for."""
    if lever.segment is None and not lever.customers:
        return np.ones(len(flows.customer), dtype=bool)
    wanted = set(lever.customers)
    codes = np.array(
        [
            name in wanted if wanted else segment == lever.segment
            for name, segment in zip(known.ids, known.segments, strict=True)
        ],
        dtype=bool,
    )
    return codes[flows.customer] if len(codes) else np.zeros(len(flows.customer), dtype=bool)


def pull(scenario: Scenario, base: Flows, known: Reactions, first: date, side: Side = "value") -> Pulled:
    """Pull the levers that are about receipts.

    Args:
        scenario: what is asked; that its segments and customers are known was checked.
        base: of the forecast.
        known: what the ledger shows of its customers.
        first: first day the levers work.
        side: with the estimate of how customers follow their terms, or with its lower or upper bound.

    Raises:
        ScenarioError: terms would leave what is sensible.
    """
    made = Pulled(base)
    at = _At(known, number(first), side)
    for place, lever in enumerate(scenario.levers, start=1):
        if lever.kind in _PULLS:
            which = chosen(lever, known, made.flows)
            found = Found(place, lever, bool(which.any()))
            made.flows, found = _PULLS[lever.kind](found, made.flows, which, at)
            made.found.append(found)
    return made


def _terms(found: Found, flows: Flows, which: Bools, at: _At) -> tuple[Flows, Found]:
    lever = found.lever
    which = which & effects.issued_from(flows, at.start)
    if not which.any():
        return flows, replace(found, invoices=False)
    before = (flows.due - flows.issued).astype(np.float64)
    after = (
        np.full(len(before), float(lever.days)) if lever.days is not None else before + (lever.change or 0)
    )
    # Terms that are outside already are as they are: only what takes them further out is refused.
    lowest, highest = np.minimum(before, TERMS[0]), np.maximum(before, TERMS[1])
    usual, was = float(np.median(after[which])), float(np.median(before[which]))
    if not min(was, TERMS[0]) <= usual <= max(was, TERMS[1]):
        raise where(found.number, lever).refusal(
            _(
                "a change of {change} days makes terms of {days} days; they can be {low} to {high}.",
                change=lever.change,
                days=round(usual),
                low=TERMS[0],
                high=TERMS[1],
            ),
            "change",
        )
    within = np.clip(after, lowest, highest)
    weight = np.abs(flows.amount[which])
    weight = weight / weight.sum() if weight.sum() > 0 else np.full(len(weight), 1 / len(weight))
    who = flows.customer[which]
    if lever.pass_through is not None:
        given = float(lever.pass_through)
        follows = np.full(len(before), given)
        told, seen = (given, given, given), None
    else:
        follows = getattr(at.known.follows, at.side)[flows.customer]
        all_of = at.known.follows
        value, low, high = (float(one[who] @ weight) for one in (all_of.value, all_of.low, all_of.high))
        told = (value, low, high)
        seen = int(at.known.follows.seen[np.unique(who)].sum())
    return effects.terms(flows, which, within, follows), replace(
        found, pass_through=told, seen=seen, clipped=bool((within != after)[which].any())
    )


def _discount(found: Found, flows: Flows, which: Bools, at: _At) -> tuple[Flows, Found]:
    lever = found.lever
    which = which & effects.issued_from(flows, at.start)
    share, days = float(lever.percent or 0) / 100, lever.days or 0
    if not which.any():
        return flows, replace(found, invoices=False)
    money = flows.by_day[which]
    lag = np.arange(flows.span)[None, :] + flows.origin + 1 - flows.issued[which, None]
    told = money.sum()
    saved = float((money * lag).sum() / told) - days if told > 0 else None
    rate = share / (1 - share) * 365 / saved if saved is not None and saved > 0 and share < 1 else None
    return effects.discounted(flows, which, share, days, float(lever.uptake or 0)), replace(
        found, days_saved=saved, yearly_rate=rate
    )


def _instalments(found: Found, flows: Flows, which: Bools, at: _At) -> tuple[Flows, Found]:
    lever = found.lever
    return effects.instalments(flows, which, lever.parts or 1, lever.every_days or 0, at.start), found


def _delay(found: Found, flows: Flows, which: Bools, at: _At) -> tuple[Flows, Found]:
    days = np.full(len(flows.customer), float(found.lever.days or 0))
    return effects.delayed(flows, which, days, at.start), found


def _effort(found: Found, flows: Flows, which: Bools, at: _At) -> tuple[Flows, Found]:
    asked = float(found.lever.days or 0)
    days = np.clip(asked, -at.known.earlier, at.known.later)[flows.customer]
    weight = np.abs(flows.amount) * which
    mean = float(days @ weight / weight.sum()) if weight.sum() > 0 else 0.0
    return effects.delayed(flows, which, days, at.start), replace(found, days=mean)


def _default(found: Found, flows: Flows, which: Bools, _at: _At) -> tuple[Flows, Found]:
    lever = found.lever
    day = number(lever.date) if lever.date else flows.origin
    return effects.failed(flows, which, float(lever.recovery or 0), day), found


def _sales(found: Found, flows: Flows, which: Bools, at: _At) -> tuple[Flows, Found]:
    which = which & flows.is_coming & (flows.issued >= at.start)
    factor = 1 + float(found.lever.percent or 0) / 100
    return effects.sold(flows, which, factor), replace(found, invoices=bool(which.any()))


def supplier_days(lever: Lever, bills: tuple[int, float | None]) -> int:
    """Return how many days later suppliers are paid: `bills` tells how many there are, and their median."""
    if lever.change is not None:
        return lever.change
    return (lever.days or 0) - round(bills[1] or 0)


_Pull = Callable[[Found, Flows, Bools, _At], tuple[Flows, Found]]
_PULLS: dict[str, _Pull] = {
    "terms": _terms,
    "discount": _discount,
    "instalments": _instalments,
    "delay": _delay,
    "effort": _effort,
    "default": _default,
    "sales": _sales,
}


def by_customer(base: Flows, after: Flows, ids: list[str]) -> pl.DataFrame:
    """Return what becomes of each customer's receipts: over the weeks, and at most at the end of one.

    Returns:
        `customer_id`, `receipts` (difference over the horizon) and `most` (the largest difference of the
        receipts so far at the end of a week), floats; those that differ, the most first.
    """
    weekly = (after.by_day - base.by_day)[:, : base.horizon].reshape(len(base.customer), -1, 7).sum(axis=2)
    per = np.zeros((len(ids), weekly.shape[1]))
    np.add.at(per, base.customer, weekly)
    so_far = np.cumsum(per, axis=1)
    most = so_far[np.arange(len(ids)), np.argmax(np.abs(so_far), axis=1)] if len(ids) else np.zeros(0)
    return (
        pl.DataFrame({"customer_id": ids, "receipts": so_far[:, -1], "most": most})
        .filter(pl.col("most").abs() >= 0.005)  # noqa: PLR2004 - half a cent
        .sort(pl.col("most").abs(), "customer_id", descending=[True, False])
    )
