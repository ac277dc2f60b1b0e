"""The levers as a screen offers them: their names and boxes, and the scenario made of what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from data.errors import ScenarioError
from reports.answers.shared.forms import NotAnAmountError, amount, written
from reports.answers.whatif.scenario_file import KINDS, Key, Lever, Scenario, parse, to_toml
from reports.formats import days, number
from reports.translation import _, _p

Box = Literal["whole", "percent", "share", "money", "day"]
Typed = dict[str, Any]

# In the order of the list a lever is added from.
OFFERED = (
    "terms",
    "discount",
    "instalments",
    "effort",
    "delay",
    "default",
    "sales",
    "supplier_terms",
    "flow",
    "target",
)
SCOPES = ("all", "segment", "customers")
TERMS = ("days", "change")
FOLLOWED = (0, 150)  # percent: ends of the slider
_NOT_OF_CUSTOMERS = ("supplier_terms", "flow")
_EITHER = ("terms", "supplier_terms")
_UNNAMED = "-"
# Kept as a share, typed as a percentage.
_SHARES = ("uptake", "recovery", "pass_through")
_DIGITS = 8


@dataclass(frozen=True)
class Field:
    """One box of a lever: the key of the scenario it fills, what it is called, what it takes."""

    name: str
    label: str
    box: Box


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
        minimum_cash, credit_line: amounts as typed; empty: as they are set.
        levers: per lever its `kind`, `scope`, `segment`, `customers` and what its boxes hold.
    """

    start: date | None = None
    minimum_cash: str = ""
    credit_line: str = ""
    levers: tuple[Typed, ...] = ()


def kind_name(kind: str) -> str:
    """Return what a lever is called."""
    return {
        "terms": _("Payment term"),
        "discount": _("Early-payment discount"),
        "instalments": _("Payment in instalments"),
        "effort": _("Reminder effort"),
        "delay": _("Customers pay later"),
        "default": _("A customer fails"),
        "sales": _p("lever", "Sales"),
        "supplier_terms": _("Supplier terms"),
        "flow": _("One-off payment or receipt"),
        "target": _("Target for overdue"),
    }[kind]


def kind_help(kind: str) -> str:
    """Return in a sentence what a lever does."""
    return {
        "terms": _("Invoices issued from the start date get other terms."),
        "discount": _("Part of the invoices issued from the start date is paid early, less the discount."),
        "instalments": _("What would be paid from the start date on comes in equal parts."),
        "effort": _("Fewer days is earlier. Nobody moves further than its own better or worse quarter."),
        "delay": _("What would be paid from the start date on comes so many days later."),
        "default": _("From this day on only a part of what they owe comes in."),
        "sales": _(
            "Billings from the start date on, up or down. A plan week by week is typed under Liquidity "
            "forecast, Plan."
        ),
        "supplier_terms": _("Bills to pay from the start date on are paid later or earlier."),
        "flow": _("Write what goes out with a minus."),
        "target": _("Which open invoices have to come in; it moves no money."),
    }[kind]


def fields(kind: str, mode: str | None = None) -> list[Field]:
    """Return the boxes of a lever; of terms, those of the way they are given."""
    names = [key.name for key in KINDS[kind] if key.name != "pass_through"]
    if kind in _EITHER:
        names = [mode or TERMS[0]]
    return [Field(name, _label(kind, name), _box(kind, name)) for name in names]


def has_scope(kind: str) -> bool:
    """Tell whether a lever can be for some customers only."""
    return kind not in _NOT_OF_CUSTOMERS


def has_mode(kind: str) -> bool:
    """Tell whether a lever is given either as new terms or as more or fewer days."""
    return kind in _EITHER


def scope_name(scope: str) -> str:
    """Return what a choice of customers is called."""
    return {
        "all": _p("choice", "Everybody"),
        "segment": _p("choice", "Segment"),
        "customers": _("Chosen customers"),
    }[scope]


def mode_name(mode: str) -> str:
    """Return what a way to give terms is called."""
    return {"days": _("New terms"), "change": _("± days")}[mode]


def _label(kind: str, name: str) -> str:
    own = {
        ("discount", "days"): _("Pay within, days"),
        ("discount", "percent"): _("Discount, %"),
        ("sales", "percent"): _("More or less, %"),
        ("delay", "days"): _("Days later"),
        ("effort", "days"): _("Days later; earlier is negative"),
        ("default", "date"): _p("field", "From"),
        ("flow", "date"): _p("field", "On"),
        ("target", "date"): _p("field", "On"),
    }
    shared = {
        "days": _("Terms, days"),
        "change": _("More or fewer days"),
        "uptake": _("Share of the amounts that takes it, %"),
        "parts": _p("field", "Parts"),
        "every_days": _("Days between parts"),
        "recovery": _("Share that still comes in, %"),
        "amount": _p("field", "Amount"),
        "max_overdue": _("Overdue at most"),
    }
    return own.get((kind, name)) or shared[name]


def _box(kind: str, name: str) -> Box:
    if name in _SHARES:
        return "share"
    key = _key(kind, name)
    return {"whole": "whole", "number": "percent", "money": "money", "day": "day"}[key.kind]  # type: ignore[return-value]


def _key(kind: str, name: str) -> Key:
    return next(key for key in KINDS[kind] if key.name == name)


def fresh(kind: str, *, as_of: date, largest: str | None) -> Typed:
    """Return a lever as it is added: with values somebody might ask.

    Args:
        kind: of the lever.
        as_of: last day known.
        largest: the customer that owes most, whom a delay or default is first asked of.
    """
    start: Typed = {"kind": kind, "scope": "all", "segment": None, "customers": [], "mode": "days"}
    year_end = date(as_of.year, 12, 31)
    own: dict[str, Typed] = {
        "terms": {"days": 14, "change": -14, "pass_through": None},
        "discount": {"percent": 2.0, "days": 8, "uptake": 30.0},
        "instalments": {"parts": 3, "every_days": 30},
        "effort": {"days": -5},
        "delay": {"days": 14},
        "default": {"date": as_of + timedelta(days=1), "recovery": 0.0},
        "sales": {"percent": -10.0},
        "supplier_terms": {"mode": "change", "days": 45, "change": 7},
        "flow": {"date": as_of + timedelta(days=28), "amount": written(Decimal(-25_000))},
        "target": {"date": year_end, "max_overdue": written(Decimal(0))},
    }
    lever = {**start, **own[kind]}
    if kind in {"instalments", "delay", "default"} and largest is not None:
        lever |= {"scope": "customers", "customers": [largest]}
    return lever


def typed_of(scenario: Scenario) -> Draft:
    """Return what stands in the boxes for a scenario."""
    return Draft(
        start=scenario.start,
        minimum_cash=written(scenario.minimum_cash),
        credit_line=written(scenario.credit_line),
        levers=tuple(_typed(lever) for lever in scenario.levers),
    )


def _typed(lever: Lever) -> Typed:
    scope = "customers" if lever.customers else "all" if lever.segment is None else "segment"
    typed: Typed = {
        "kind": lever.kind,
        "scope": scope if has_scope(lever.kind) else "all",
        "segment": lever.segment,
        "customers": list(lever.customers),
        "mode": "change" if lever.change is not None else "days",
    }
    for key in KINDS[lever.kind]:
        value = getattr(lever, key.name)
        if key.name in _SHARES:
            typed[key.name] = None if value is None else float(value * 100)
        elif key.kind == "money":
            typed[key.name] = written(value)
        else:
            typed[key.name] = float(value) if isinstance(value, Decimal) else value
    return typed


def scenario_of(draft: Draft, name: str = _UNNAMED) -> tuple[Scenario | None, list[Refusal]]:
    """Read the boxes: the scenario they make, or what is wrong, at its box.

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
    """Return what only the books can tell is wrong, at its box."""
    sentence = error.reason[:1].upper() + error.reason[1:]
    return Refusal(None if error.lever is None else error.lever - 1, error.field or "", sentence)


def _lever(place: int, typed: Typed, refusals: list[Refusal]) -> Lever:
    kind = typed["kind"]
    read = {
        field.name: _value(place, kind, field, typed.get(field.name), refusals)
        for field in fields(kind, typed.get("mode"))
    }
    lever = Lever(kind, **read)
    if kind == "terms" and typed.get("pass_through") is not None:
        followed = Field("pass_through", "", "share")
        lever = replace(lever, pass_through=_value(place, kind, followed, typed["pass_through"], refusals))
    if has_scope(kind) and typed.get("scope") == "segment":
        if not typed.get("segment"):
            refusals.append(Refusal(place, "segment", _("Choose a segment.")))
        return replace(lever, segment=typed.get("segment"))
    if has_scope(kind) and typed.get("scope") == "customers":
        if not typed.get("customers"):
            refusals.append(Refusal(place, "customers", _("Choose at least one customer.")))
        return replace(lever, customers=tuple(typed.get("customers") or ()))
    return lever


def _value(place: int, kind: str, field: Field, typed: Any, refusals: list[Refusal]) -> Any:
    key = _key(kind, field.name)
    if field.box == "money":
        return _money(typed, Decimal(key.low), place, field.name, refusals)
    if field.box == "day":
        if typed is None:
            refusals.append(Refusal(place, field.name, _("Choose a day.")))
        return typed
    times = 100 if field.box == "share" else 1
    low, high = Decimal(key.low) * times, Decimal(key.high) * times
    value = None if typed is None else round(Decimal(repr(typed)), _DIGITS - 2)
    if value is None or not low <= value <= high:
        said = {"low": number(low), "high": number(high)}
        refusals.append(
            Refusal(
                place,
                field.name,
                _("Write a whole number from {low} to {high}.", **said)
                if field.box == "whole"
                else _("Write a percentage from {low} to {high}.", **said),
            )
        )
        return None
    # Without the noughts a box puts behind it.
    return int(value) if field.box == "whole" else (value / times).normalize()


def _money(
    typed: str | None, low: Decimal | None, place: int | None, field: str, refusals: list[Refusal]
) -> Decimal | None:
    try:
        value = amount(typed)
    except NotAnAmountError as error:
        refusals.append(Refusal(place, field, f"{error}."))
        return None
    if value is None and place is not None:
        refusals.append(Refusal(place, field, _("Write an amount.")))
    elif value is not None and low is not None and value < low:
        refusals.append(Refusal(place, field, _("Write an amount from {low}.", low=number(low, 2))))
    return value


def lever_said(lever: Lever, names: Mapping[str, str]) -> str:
    """Return a lever in a few words: what it does, and for whom.

    Args:
        lever: of a scenario.
        names: customer_id -> name.
    """
    who = _p("word", "everybody") if has_scope(lever.kind) else ""
    if lever.segment is not None:
        who = lever.segment
    elif lever.customers:
        first = names.get(lever.customers[0], lever.customers[0])
        rest = len(lever.customers) - 1
        who = _("{customer} and {count} more", customer=first, count=number(rest)) if rest else first
    if lever.kind in _EITHER and lever.change == 0:
        return _("{lever}: unchanged", lever=kind_name(lever.kind))
    what = kind_name(lever.kind)
    value = _value_said(lever)
    return ", ".join(part for part in (f"{what} {value}".strip(), who) if part)


def _value_said(lever: Lever) -> str:
    match lever.kind:
        case "discount":
            said = _("{percent}% within {days} days", percent=_short(lever.percent), days=lever.days)
        case "instalments":
            said = _("{count} parts", count=lever.parts)
        case "sales":
            said = f"{number(lever.percent, 1, sign=True)}%"
        case "flow":
            said = number(lever.amount, sign=True)
        case "target":
            said = number(lever.max_overdue)
        case "default":
            said = ""
        case "terms" | "supplier_terms" if lever.days is not None:
            said = days(lever.days)
        case _:
            moved = lever.change if lever.days is None else lever.days
            said = ("+" if (moved or 0) > 0 else "") + days(moved)
    return said


def _short(value: Decimal | None) -> str:
    return number(value, 0 if value is not None and value == int(value) else 1)
