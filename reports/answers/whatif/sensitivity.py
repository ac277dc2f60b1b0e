"""Which lever and which assumption matters most: the lowest balance with each of them weaker and stronger."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from data.errors import ScenarioError
from reports.answers.whatif import lever_form, whatif
from reports.answers.whatif.apply_levers import chosen
from reports.answers.whatif.scenario_file import KINDS, Lever, Scenario
from reports.answers.whatif.whatif import Ground, WhatIf
from reports.formats import day, days, money_short, number, percent
from reports.translation import _, _p

_HALF_MORE = Decimal("1.5")
_NOTABLE = Decimal("0.1")  # of the largest difference in any week
_BILLINGS = Decimal(10)  # percent
_DAYS = 5
_MONTH = timedelta(days=28)
_MONEY = pl.Decimal(38, 2)
_SCHEMA: dict[str, pl.DataType] = {
    "assumption": pl.String(),
    "low_said": pl.String(),
    "low_effect": _MONEY,
    "high_said": pl.String(),
    "high_effect": _MONEY,
}

_End = tuple[str, list[Decimal]]  # a value in words, and the closing balances under it


@dataclass(frozen=True)
class _Turn:
    """One assumption at two other values; None where it has no second one."""

    name: str
    first: tuple[str, Scenario] | None
    second: tuple[str, Scenario] | None


@dataclass(frozen=True)
class Swings:
    """What a balance does as one lever or assumption is another and the rest stays.

    Attributes:
        rows: `assumption`; `low_said`, `low_effect` and `high_said`, `high_effect`: the two values it is
            given, the one that leaves less first, and the change of the balance; the widest first. What
            changes nothing is left out.
        is_lowest: of the lowest expected balance; else of the last one, for the levers leave the lowest.
    """

    rows: pl.DataFrame
    is_lowest: bool


def swings(on: Ground, found: WhatIf) -> Swings:
    """Work out which lever and which assumption matters most.

    Args:
        on: what every what-if stands on.
        found: the scenario, worked out.
    """
    usual = found.after.weeks["closing"].to_list()
    turned = [(turn.name, list(_ends(on, turn))) for turn in _turns(on, found)]
    # A low point the levers leave alone comes before they work: it tells nothing of them.
    moved = abs(found.after.lowest["closing"] - found.base.lowest["closing"])
    if moved and moved >= _NOTABLE * max(abs(value) for value in found.difference["closing"]):
        return Swings(_frame(turned, usual, min), is_lowest=True)
    return Swings(_frame(turned, usual, lambda balances: balances[-1]), is_lowest=False)


def _ends(on: Ground, turn: _Turn) -> Iterator[_End]:
    for one in (turn.first, turn.second):
        if one is not None:
            said, scenario = one
            try:
                yield said, whatif.closings(on, scenario)
            except ScenarioError:  # as strong as that it is not sensible any more
                continue


def _frame(
    turned: list[tuple[str, list[_End]]], usual: list[Decimal], of: Callable[[list[Decimal]], Decimal]
) -> pl.DataFrame:
    rows = []
    for name, found in turned:
        ends = [(of(balances) - of(usual), said) for said, balances in found]
        if not any(effect for effect, _said in ends):
            continue
        ends.sort(key=lambda end: end[0])
        if len(ends) == 1:
            nothing = (Decimal("0.00"), _("as set"))
            ends = [*ends, nothing] if ends[0][0] < 0 else [nothing, *ends]
        rows.append((name, ends[0][1], ends[0][0], ends[1][1], ends[1][0]))
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    return frame.sort(pl.col("high_effect") - pl.col("low_effect"), descending=True, maintain_order=True)


def _turns(on: Ground, found: WhatIf) -> Iterator[_Turn]:
    scenario = found.scenario
    names: dict[str, int] = {}
    for place, lever in enumerate(scenario.levers):
        if lever.kind == "target":
            continue
        name = lever_form.kind_name(lever.kind)
        names[name] = names.get(name, 0) + 1
        told = name if names[name] == 1 else f"{name} ({names[name]})"
        without = replace(scenario, levers=(*scenario.levers[:place], *scenario.levers[place + 1 :]))
        stronger = _stronger(on, lever)
        second = stronger and (stronger[0], _with(scenario, place, stronger[1]))
        yield _Turn(told, (_p("word", "without"), without), second)
    estimated = [one for one in found.found if one.seen is not None and one.pass_through is not None]
    for one in estimated:
        _value, low, high = one.pass_through or (0.0, 0.0, 0.0)
        ends = []
        for bound in (low, high):
            other = replace(one.lever, pass_through=round(Decimal(repr(bound)), 4))
            ends.append((percent(bound, 0), _with(scenario, one.number - 1, other)))
        yield _Turn(_("Customers follow the terms"), ends[0], ends[1])
    if scenario.levers and any(lever.kind not in {"flow", "target"} for lever in scenario.levers):
        later = found.start + _MONTH
        yield _Turn(_("Start date"), (day(later), replace(scenario, start=later)), None)
    if on.flows is not None:
        yield from _usual(scenario)


def _usual(scenario: Scenario) -> Iterator[_Turn]:
    """Yield what a forecast always rests on: how much is billed, and when everybody pays."""
    sales = [
        (f"{number(change, sign=True)}%", _and(scenario, Lever("sales", percent=change)))
        for change in (-_BILLINGS, _BILLINGS)
    ]
    yield _Turn(_("New invoices"), sales[0], sales[1])
    yield _Turn(
        _("Everybody pays later"),
        (days(_DAYS, short=True), _and(scenario, Lever("delay", days=_DAYS))),
        None,
    )


def _with(scenario: Scenario, place: int, lever: Lever) -> Scenario:
    return replace(scenario, levers=(*scenario.levers[:place], lever, *scenario.levers[place + 1 :]))


def _and(scenario: Scenario, lever: Lever) -> Scenario:
    return replace(scenario, levers=(*scenario.levers, lever))


def _stronger(on: Ground, lever: Lever) -> tuple[str, Lever] | None:
    """Return how far a lever is when pulled half as far again, and that lever; None where it cannot be."""
    name, value = {
        "terms": ("change", lever.change),
        "supplier_terms": ("change", lever.change),
        "discount": ("uptake", lever.uptake),
        "delay": ("days", lever.days),
        "effort": ("days", lever.days),
        "sales": ("percent", lever.percent),
        "flow": ("amount", lever.amount),
        "instalments": ("every_days", lever.every_days),
        "default": ("recovery", lever.recovery),
    }[lever.kind]
    if name == "change" and lever.days is not None:
        usual = _usual_terms(on, lever)
        if usual is None:
            return None
        name, value = "days", round(usual + float(_HALF_MORE) * (lever.days - usual))
    elif lever.kind == "default":
        value = Decimal(0)
    elif value is not None:
        value = _HALF_MORE * value
    if value is None:
        return None
    key = next(key for key in KINDS[lever.kind] if key.name == name)
    within: Decimal | int = min(max(Decimal(value), Decimal(key.low)), Decimal(key.high))
    if key.kind == "whole":
        within = int(within)
    if within == getattr(lever, name):
        return None
    changed: dict[str, Any] = {name: within}
    return _said(name, within), replace(lever, **changed)


def _usual_terms(on: Ground, lever: Lever) -> float | None:
    """Return the median of the terms a lever changes, in days; None where it is not known."""
    if lever.kind == "supplier_terms":
        return on.bills[1]
    if on.flows is None or on.known is None:
        return None
    which = chosen(lever, on.known, on.flows) & on.flows.is_coming & ~on.flows.is_note
    return float(np.median((on.flows.due - on.flows.issued)[which])) if which.any() else None


def _said(name: str, value: Decimal | int) -> str:
    if name in {"uptake", "recovery"}:
        return percent(value, 0)
    if name == "percent":
        return f"{number(value, 0, sign=True)}%"
    if name == "amount":
        return money_short(Decimal(value))
    return ("+" if name == "change" and value > 0 else "") + days(value, short=True)
