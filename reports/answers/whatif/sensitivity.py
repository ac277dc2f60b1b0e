"""Sensitivity: how the lowest balance changes with each lever and each assumption weaker and stronger."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from data.errors import ScenarioError
from reports.answers.whatif.evaluate import WhatIf, closing_balances
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.lever import Key, Lever, Scenario
from reports.answers.whatif.levers import kind_of
from reports.answers.whatif.levers.delay import DELAY
from reports.answers.whatif.levers.sales import SALES

_NOTABLE = Decimal("0.1")  # of the largest difference in any week
_BILLINGS = Decimal(10)  # percent
_DAYS = 5
_MONTH = timedelta(days=28)

Assumption = Literal["lever", "pass_through", "start", "billings", "lateness"]


@dataclass(frozen=True)
class Variant:
    """One assumption with another value, and the scenario under it.

    Attributes:
        scenario: with that value.
        value: the value; None: the lever is left out.
        key: of the lever the value belongs to; None where it belongs to none.
    """

    scenario: Scenario
    value: Decimal | int | float | date | None
    key: Key | None = None


@dataclass(frozen=True)
class Variation:
    """A lever or an assumption, and one or two variants of it.

    Attributes:
        assumption: a lever of the scenario, how customers follow their terms, the first day, what is billed,
            or when everybody pays.
        variants: one or two.
        kind: of the lever.
        occurrence: of a lever among those of its kind, from 1.
    """

    assumption: Assumption
    variants: tuple[Variant, ...]
    kind: str = ""
    occurrence: int = 1


@dataclass(frozen=True)
class Swing:
    """How the balance changes with a variation.

    Attributes:
        variation: the lever or assumption.
        effects: change of the balance and the variant that makes it, the smaller change first; one of the
            two has no variant where there is a single one: nothing changes.
    """

    variation: Variation
    effects: tuple[tuple[Decimal, Variant | None], tuple[Decimal, Variant | None]]

    @property
    def width(self) -> Decimal:
        """The distance between the two changes."""
        return self.effects[1][0] - self.effects[0][0]


@dataclass(frozen=True)
class Sensitivity:
    """How a balance changes when one lever or assumption changes and the others stay.

    Attributes:
        swings: the widest first; a variation that changes nothing is left out.
        is_lowest: of the lowest expected balance; else of the last one, because the levers leave the lowest.
    """

    swings: list[Swing]
    is_lowest: bool


def sensitivity(ground: Ground, what_if: WhatIf) -> Sensitivity:
    """Work out which lever and which assumption matters most.

    Args:
        ground: of the what-if.
        what_if: the scenario, evaluated.
    """
    base_case = what_if.after.weeks["closing"].to_list()
    results = [(variation, list(_closings(ground, variation))) for variation in _variations(ground, what_if)]
    # A lowest balance that the levers leave alone comes before they work: it shows nothing about them.
    change = abs(what_if.after.lowest["closing"] - what_if.base.lowest["closing"])
    is_lowest = bool(change) and change >= _NOTABLE * max(
        abs(value) for value in what_if.difference["closing"]
    )
    balance: Callable[[list[Decimal]], Decimal] = min if is_lowest else lambda closings: closings[-1]
    swings = [
        swing
        for variation, closings in results
        if (swing := _swing(variation, closings, base_case, balance)) is not None
    ]
    return Sensitivity(sorted(swings, key=lambda swing: swing.width, reverse=True), is_lowest)


def _closings(ground: Ground, variation: Variation) -> Iterator[tuple[Variant, list[Decimal]]]:
    for variant in variation.variants:
        try:
            yield variant, closing_balances(ground, variant.scenario)
        except ScenarioError:  # the value is too strong to be sensible
            continue


def _swing(
    variation: Variation,
    results: list[tuple[Variant, list[Decimal]]],
    base_case: list[Decimal],
    balance: Callable[[list[Decimal]], Decimal],
) -> Swing | None:
    effects: list[tuple[Decimal, Variant | None]] = [
        (balance(closings) - balance(base_case), variant) for variant, closings in results
    ]
    if not any(change for change, _variant in effects):
        return None
    effects.sort(key=lambda effect: effect[0])
    if len(effects) == 1:
        unchanged = (Decimal("0.00"), None)
        effects = [*effects, unchanged] if effects[0][0] < 0 else [unchanged, *effects]
    return Swing(variation, (effects[0], effects[1]))


def _variations(ground: Ground, what_if: WhatIf) -> Iterator[Variation]:
    scenario = what_if.scenario
    yield from _of_levers(ground, scenario)
    for effect in what_if.effects:
        if effect.paid_invoices is not None and effect.pass_through is not None:
            yield Variation(
                "pass_through", tuple(_of_bounds(scenario, effect.number - 1, effect.pass_through))
            )
    if any(kind_of(lever).has_start for lever in scenario.levers):
        later = what_if.context.start + _MONTH
        yield Variation("start", (Variant(replace(scenario, start=later), later),))
    if ground.flows is not None:
        yield from _of_forecast(scenario)


def _of_levers(ground: Ground, scenario: Scenario) -> Iterator[Variation]:
    """Yield each lever, left out and half as strong again."""
    occurrences: dict[str, int] = {}
    for place, lever in enumerate(scenario.levers):
        kind = kind_of(lever)
        if kind.stronger is None:
            continue
        occurrences[kind.name] = occurrences.get(kind.name, 0) + 1
        variants = [Variant(scenario.without_lever(place), None)]
        stronger = _stronger(ground, lever)
        if stronger is not None:
            key, value = stronger
            changed = replace(lever, values={**lever.values, key.name: value})
            variants.append(Variant(scenario.with_lever(place, changed), value, key))
        yield Variation("lever", tuple(variants), kind.name, occurrences[kind.name])


def _stronger(ground: Ground, lever: Lever) -> tuple[Key, Decimal | int] | None:
    """Return key and value with which a lever is half as strong again; None where it cannot be stronger."""
    kind = kind_of(lever)
    stronger = kind.stronger(lever, ground) if kind.stronger is not None else None
    if stronger is None:
        return None
    key = kind.key(stronger[0])
    value: Decimal | int = min(max(Decimal(stronger[1]), Decimal(key.low)), Decimal(key.high))
    if key.kind == "whole":
        value = int(value)
    return None if value == lever.values.get(key.name) else (key, value)


def _of_bounds(scenario: Scenario, place: int, pass_through: tuple[float, float, float]) -> Iterator[Variant]:
    """Yield the scenario with the lower and with the upper bound of an estimated pass-through."""
    lever = scenario.levers[place]
    key = kind_of(lever).key("pass_through")
    for bound in pass_through[1:]:
        value = round(Decimal(repr(bound)), 4)
        changed = replace(lever, values={**lever.values, key.name: value})
        yield Variant(scenario.with_lever(place, changed), bound, key)


def _of_forecast(scenario: Scenario) -> Iterator[Variation]:
    """Yield the assumptions every forecast rests on: how much is billed, and when everybody pays."""
    yield Variation(
        "billings",
        tuple(
            _with_more(scenario, Lever(SALES.name, {"percent": change}), SALES.key("percent"), change)
            for change in (-_BILLINGS, _BILLINGS)
        ),
    )
    delay = Lever(DELAY.name, {"days": _DAYS})
    yield Variation("lateness", (_with_more(scenario, delay, DELAY.key("days"), _DAYS),))


def _with_more(scenario: Scenario, lever: Lever, key: Key, value: Decimal | int) -> Variant:
    return Variant(replace(scenario, levers=(*scenario.levers, lever)), value, key)
