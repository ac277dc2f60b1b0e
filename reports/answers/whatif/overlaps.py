"""Levers of one kind for the same customers: both count, which is seldom meant."""

from itertools import combinations

import polars as pl

from reports.answers.whatif.lever import Lever, Scenario
from reports.answers.whatif.levers import kind_of
from reports.translation import _


def overlapping_levers(scenario: Scenario, customers: pl.DataFrame) -> list[tuple[int, int]]:
    """Return the numbers, from 1, of the pairs of levers that work on the same customers in the same way.

    One-off amounts and targets may stand beside each other: of those only two equal ones are a pair. A lever
    that changes nothing yet is in no pair.

    Args:
        scenario: with its levers.
        customers: every `customer_id` of the books with its `segment`.
    """
    segments = dict(customers.select("customer_id", "segment").iter_rows())
    numbered = [
        (number, lever)
        for number, lever in enumerate(scenario.levers, start=1)
        if kind_of(lever).summary(lever) is not None
    ]
    return [
        (first, second)
        for (first, lever), (second, other) in combinations(numbered, 2)
        if lever.kind == other.kind and _overlap(lever, other, segments)
    ]


def _overlap(lever: Lever, other: Lever, segments: dict[str, str | None]) -> bool:
    kind = kind_of(lever)
    if kind.may_repeat:
        return lever == other
    if not kind.is_for_customers:
        return True
    if lever.customers and other.customers:
        return not set(lever.customers).isdisjoint(other.customers)
    if lever.segment is not None and other.segment is not None:
        return lever.segment == other.segment
    if lever.customers or other.customers:
        segment = other.segment if lever.customers else lever.segment
        chosen = lever.customers or other.customers
        return segment is None or any(segments.get(customer) == segment for customer in chosen)
    return True


def overlap_sentences(scenario: Scenario, pairs: list[tuple[int, int]]) -> list[str]:
    """Return a warning per pair of levers."""
    return [
        _(
            "Levers {first} and {second} are both {kind} for the same customers: both count. Remove one if "
            "that is not meant.",
            first=first, second=second, kind=kind_of(scenario.levers[first - 1]).label(),
        )
        if kind_of(scenario.levers[first - 1]).is_for_customers
        else _(
            "Levers {first} and {second} are both {kind}: both count. Remove one if that is not meant.",
            first=first, second=second, kind=kind_of(scenario.levers[first - 1]).label(),
        )
        for first, second in pairs
    ]  # fmt: skip
