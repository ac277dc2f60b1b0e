"""The boxes of the levers on screen: their first values, and the scenario made from what was typed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from data.errors import ScenarioError
from reports.answers.shared.forms import NotAnAmountError, amount, amount_text
from reports.answers.whatif.lever import Key, Lever, Scenario, Value
from reports.answers.whatif.lever_kind import LeverKind
from reports.answers.whatif.levers import KINDS, kind_of
from reports.answers.whatif.scenario_file import parse, to_toml
from reports.formats import number
from reports.sentences import translate
from reports.translation import _, _p

Scope = Literal["all", "segment", "customers"]
Typed = dict[str, Any]
"""What stands in the boxes of one lever: kind, scope, segment, customers, start, mode, a value per key."""

_UNNAMED = "-"
_PLACES = 6  # decimals of a typed number


@dataclass(frozen=True)
class Refusal:
    """Why what was typed gives no result.

    Attributes:
        lever: its place, from 0; None: the scenario's own boxes.
        field: of the lever or scenario; empty where it is no single one.
        sentence: plain text that may hold text from data.
    """

    lever: int | None
    field: str
    sentence: str


@dataclass(frozen=True)
class Draft:
    """What stands in the boxes.

    Attributes:
        start: first day the levers work; None is the day after the last one known.
        minimum_cash, credit_line: amounts as typed; empty: the settings hold.
        levers: what stands in the boxes of each.
    """

    start: date | None = None
    minimum_cash: str = ""
    credit_line: str = ""
    levers: tuple[Typed, ...] = ()


def boxes(kind: LeverKind, mode: str | None = None) -> list[Key]:
    """Return the keys of a lever that have a box; of keys that exclude one another, the one of the mode."""
    others = set() if kind.alternatives is None else set(kind.alternatives.labels) - {mode}
    return [key for key in kind.keys if key.label is not None and key.name not in others]


def scope_name(scope: str) -> str:
    """Return what a choice of customers is called."""
    return {
        "all": _p("choice", "Everybody"),
        "segment": _p("choice", "Segment"),
        "customers": _("Chosen customers"),
    }[scope]


def new_lever(kind: LeverKind, *, as_of: date, largest: str | None) -> Typed:
    """Return what stands in the boxes of a lever that was just added.

    Args:
        kind: of the lever.
        as_of: last day known.
        largest: the customer that owes most.
    """
    values = kind.first_values(as_of)
    customers = (largest,) if kind.is_for_one_customer and largest is not None else ()
    typed = _typed(kind, Lever(kind.name, values, customers=customers))
    if kind.alternatives is not None:
        typed["mode"] = next(name for name in values if name in kind.alternatives.labels)
    return typed


def draft_of(scenario: Scenario) -> Draft:
    """Return what stands in the boxes for a scenario."""
    return Draft(
        start=scenario.start,
        minimum_cash=amount_text(scenario.minimum_cash),
        credit_line=amount_text(scenario.credit_line),
        levers=tuple(_typed(kind_of(lever), lever) for lever in scenario.levers),
    )


def _typed(kind: LeverKind, lever: Lever) -> Typed:
    scope: Scope = "customers" if lever.customers else "all" if lever.segment is None else "segment"
    typed: Typed = {
        "kind": kind.name,
        "scope": scope if kind.is_for_customers else "all",
        "segment": lever.segment,
        "customers": list(lever.customers),
        "start": lever.start,
    }
    if kind.alternatives is not None:
        ways = kind.alternatives.labels
        typed["mode"] = next((name for name in ways if name in lever.values), next(iter(ways)))
    for key in kind.keys:
        value = lever.values.get(key.name)
        if key.kind == "share" and isinstance(value, Decimal):
            typed[key.name] = float(value * 100)
        elif key.kind == "money":
            typed[key.name] = amount_text(lever.decimal(key.name))
        else:
            typed[key.name] = float(value) if isinstance(value, Decimal) else value
    return typed


def scenario_of(draft: Draft, name: str = _UNNAMED) -> tuple[Scenario | None, list[Refusal]]:
    """Return the scenario that the boxes make, or what is wrong, each at its box.

    Args:
        draft: what stands in them.
        name: of the scenario.
    """
    refusals: list[Refusal] = []
    levers = [_lever(place, typed, refusals) for place, typed in enumerate(draft.levers)]
    money = {
        field: _money(getattr(draft, field), low, None, field, refusals)
        for field, low in (("minimum_cash", None), ("credit_line", Decimal(0)))
    }
    if refusals:
        return None, refusals
    try:
        # What a file would be refused for is refused here.
        return parse(to_toml(Scenario(name, draft.start, **money, levers=tuple(levers)))), []
    except ScenarioError as error:
        return None, [refusal_of(error)]


def refusal_of(error: ScenarioError) -> Refusal:
    """Return a refusal by the file or the books, at its box."""
    reason = translate(error.reason)
    sentence = reason[:1].upper() + reason[1:]
    return Refusal(None if error.lever is None else error.lever - 1, error.field or "", sentence)


def _lever(place: int, typed: Typed, refusals: list[Refusal]) -> Lever:
    kind = KINDS[typed["kind"]]
    # A key without a box may be typed elsewhere on the screen, or left out.
    keys = [
        *boxes(kind, typed.get("mode")),
        *(key for key in kind.keys if key.label is None and typed.get(key.name) is not None),
    ]
    values: dict[str, Value] = {}
    for key in keys:
        value = _value(place, key, typed.get(key.name), refusals)
        if value is not None:
            values[key.name] = value
    scope = typed.get("scope") if kind.is_for_customers else "all"
    segment, customers, start = typed.get("segment"), typed.get("customers"), typed.get("start")
    if scope == "segment":
        if not segment:
            refusals.append(Refusal(place, "segment", _("Choose a segment.")))
        return Lever(kind.name, values, segment=segment, start=start)
    if scope == "customers":
        if not customers:
            refusals.append(Refusal(place, "customers", _("Choose at least one customer.")))
        return Lever(kind.name, values, customers=tuple(customers or ()), start=start)
    return Lever(kind.name, values, start=start)


def _value(place: int, key: Key, typed: Any, refusals: list[Refusal]) -> Value | None:
    if key.kind == "money":
        return _money(typed, Decimal(key.low), place, key.name, refusals)
    if key.kind == "day":
        if typed is None:
            refusals.append(Refusal(place, key.name, _("Choose a day.")))
        day: date | None = typed
        return day
    times = 100 if key.kind == "share" else 1
    low, high = Decimal(key.low) * times, Decimal(key.high) * times
    value = None if typed is None else round(Decimal(repr(typed)), _PLACES)
    if value is None or not low <= value <= high:
        bounds = {"low": number(low), "high": number(high)}
        sentence = (
            _("Write a whole number from {low} to {high}.", **bounds)
            if key.kind == "whole"
            else _("Write a percentage from {low} to {high}.", **bounds)
        )
        refusals.append(Refusal(place, key.name, sentence))
        return None
    # Without the trailing zeros that a box adds.
    return int(value) if key.kind == "whole" else (value / times).normalize()


def _money(
    typed: str | None, low: Decimal | None, place: int | None, field: str, refusals: list[Refusal]
) -> Decimal | None:
    try:
        value = amount(typed)
    except NotAnAmountError as error:
        refusals.append(Refusal(place, field, f"{translate(error.message)}."))
        return None
    if value is None and place is not None:
        refusals.append(Refusal(place, field, _("Write an amount.")))
    elif value is not None and low is not None and value < low:
        refusals.append(Refusal(place, field, _("Write an amount from {low}.", low=number(low, 2))))
    return value
