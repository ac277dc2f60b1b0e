"""A what-if scenario as TOML: read, checked key by key, written again; file, store and screen share it."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from data.errors import ScenarioError
from reports.translation import _

Day = date  # a lever has a key of that name
Kind = Literal["whole", "number", "money", "day"]

_YEARS = range(1900, 2200)  # the ones a file may speak of
_MOST_MONEY = Decimal(10) ** 14
_CONTROLS = re.compile("[\x7f-\x9f]")
_CENT = Decimal("0.01")
_MOST_LEVERS, _MOST_CUSTOMERS = 50, 10_000
_PLACES = 8  # decimals of a number that is no amount
_LONGEST_NAME, _LONGEST_FILE, _LONGEST_SHOWN = 100, 1_000_000, 40


@dataclass(frozen=True)
class Key:
    """One key of a lever and what it may hold.

    Attributes:
        name: of the key.
        kind: a whole number, a number, an amount to the cent, or a day.
        low, high: bounds, both allowed; of a day they mean nothing.
        may_be_left_out: it has a default, or stands for another key.
    """

    name: str
    kind: Kind
    low: int | Decimal = 0
    high: int | Decimal = 0
    may_be_left_out: bool = False


_TERMS = (
    Key("days", "whole", 0, 365, may_be_left_out=True),
    Key("change", "whole", -180, 180, may_be_left_out=True),
)
_AMOUNT = (-_MOST_MONEY, _MOST_MONEY)

# One entry per lever; screens make their fields of it, so that both refuse the same.
KINDS: Mapping[str, tuple[Key, ...]] = {
    "terms": (*_TERMS, Key("pass_through", "number", 0, Decimal("1.5"), may_be_left_out=True)),
    "discount": (
        Key("percent", "number", 0, 100),
        Key("days", "whole", 0, 365),
        Key("uptake", "number", 0, 1),
    ),
    "instalments": (Key("parts", "whole", 2, 36), Key("every_days", "whole", 1, 180)),
    "delay": (Key("days", "whole", 0, 365),),
    "effort": (Key("days", "whole", -60, 60),),
    "default": (Key("date", "day"), Key("recovery", "number", 0, 1)),
    "sales": (Key("percent", "number", -100, 500),),
    "supplier_terms": _TERMS,
    "flow": (Key("date", "day"), Key("amount", "money", *_AMOUNT)),
    "target": (Key("date", "day"), Key("max_overdue", "money", 0, _MOST_MONEY)),
}
_EITHER = ("terms", "supplier_terms")  # days or change, one of them
_OWN = (
    Key("start", "day", may_be_left_out=True),
    Key("minimum_cash", "money", *_AMOUNT, may_be_left_out=True),
    Key("credit_line", "money", 0, _MOST_MONEY, may_be_left_out=True),
)


@dataclass(frozen=True)
class Lever:
    """One lever; what its kind does not take is None.

    Attributes:
        kind: one of KINDS.
        segment: the customers of one segment; None: not chosen by segment.
        customers: ids; empty: not chosen one by one. Without either it is for everybody.
    """

    kind: str
    segment: str | None = None
    customers: tuple[str, ...] = ()
    days: int | None = None
    change: int | None = None
    pass_through: Decimal | None = None
    percent: Decimal | None = None
    uptake: Decimal | None = None
    parts: int | None = None
    every_days: int | None = None
    date: Day | None = None
    recovery: Decimal | None = None
    amount: Decimal | None = None
    max_overdue: Decimal | None = None


@dataclass(frozen=True)
class Scenario:
    """What is asked: levers from a day on, and the room the bank balance has.

    Attributes:
        name: as its maker calls it.
        start: first day the levers work; None: the day after the forecast's.
        minimum_cash, credit_line: in the place of the settings; None: as these are.
        levers: in the order they are pulled.
    """

    name: str
    start: date | None = None
    minimum_cash: Decimal | None = None
    credit_line: Decimal | None = None
    levers: tuple[Lever, ...] = ()


def read(path: Path) -> Scenario:
    """Read a scenario from a file.

    Raises:
        ScenarioError: it is too large, no text, or `parse` refuses it.
    """
    with path.open("rb") as file:
        raw = file.read(_LONGEST_FILE + 1)
    if len(raw) > _LONGEST_FILE:
        raise ScenarioError(_("{file} is larger than a scenario can be (1 MB).", file=path.name))
    try:
        return parse(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ScenarioError(_("{file} is no UTF-8 text: save it as UTF-8.", file=path.name)) from None


def parse(text: str) -> Scenario:
    """Read a scenario and check everything that can be told without the books.

    Raises:
        ScenarioError: one sentence about the first thing that is wrong, with its lever and key.
    """
    try:
        found = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise ScenarioError(_("The scenario is no TOML: {cause}.", cause=_short(str(error)))) from None
    own = {key.name: key for key in _OWN}
    for name in found:
        if name not in {"name", "lever", *own}:
            raise ScenarioError(
                _(
                    "The scenario has a key {name} it does not know; it takes {names}.",
                    name=_shown(name),
                    names=", ".join(["name", *own, "lever"]),
                ),
                field=name,
            )
    values = {name: _value(found[name], key, _Where()) for name, key in own.items() if name in found}
    return Scenario(name=_name(found), **values, levers=tuple(_levers(found.get("lever", []))))


def to_toml(scenario: Scenario) -> str:
    """Write a scenario; reading it again gives the same one."""
    lines = [f"name = {_quoted(scenario.name)}"]
    lines += [
        f"{key.name} = {_written(getattr(scenario, key.name))}"
        for key in _OWN
        if getattr(scenario, key.name) is not None
    ]
    for lever in scenario.levers:
        lines += ["", "[[lever]]", f'kind = "{lever.kind}"']
        if lever.segment is not None:
            lines.append(f"segment = {_quoted(lever.segment)}")
        if lever.customers:
            lines.append(f"customers = [{', '.join(map(_quoted, lever.customers))}]")
        given = {field.name: getattr(lever, field.name) for field in fields(lever)}
        lines += [
            f"{key.name} = {_written(given[key.name])}"
            for key in KINDS[lever.kind]
            if given[key.name] is not None
        ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class _Where:
    """The lever something is said of; none: the scenario itself."""

    number: int | None = None
    kind: str = ""

    @property
    def said(self) -> str:
        if self.number is None:
            return _("The scenario")
        if not self.kind:
            return _("Lever {number}", number=self.number)
        return _("Lever {number} ({kind})", number=self.number, kind=self.kind)

    def refusal(self, sentence: str, field: str | None = None) -> ScenarioError:
        return ScenarioError(f"{self.said}: {sentence}", lever=self.number, field=field, reason=sentence)


def where(number: int, lever: Lever) -> _Where:
    """Return the place of a lever, for what only the books can tell is wrong with it."""
    return _Where(number, lever.kind)


def _name(found: Mapping[str, Any]) -> str:
    name = found.get("name")
    if name is None:
        raise _Where().refusal(_('name is missing; write it like name = "14 days for retail".'), "name")
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise _Where().refusal(
            _("name must be a text of 1 to {most} letters on one line.", most=_LONGEST_NAME), "name"
        )
    return name.strip()


def _levers(found: object) -> Iterator[Lever]:
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _Where().refusal(_("levers are written as [[lever]], each with its keys below it."), "lever")
    if len(found) > _MOST_LEVERS:
        raise _Where().refusal(
            _("it has {count} levers, and takes at most {most}.", count=len(found), most=_MOST_LEVERS),
            "lever",
        )
    for number, one in enumerate(found, start=1):
        yield _lever(number, one)


def _lever(number: int, found: Mapping[str, Any]) -> Lever:
    kind = found.get("kind")
    if kind is None:
        raise _Where(number).refusal(
            _("kind is missing; it is one of {kinds}.", kinds=", ".join(KINDS)), "kind"
        )
    if not isinstance(kind, str) or kind not in KINDS:
        raise _Where(number).refusal(
            _("there is no kind {kind}; it is one of {kinds}.", kind=_shown(kind), kinds=", ".join(KINDS)),
            "kind",
        )
    at = _Where(number, kind)
    keys = {key.name: key for key in KINDS[kind]}
    for name in found:
        if name not in {"kind", "segment", "customers", *keys}:
            takes = ", ".join([*keys, "segment", "customers"])
            raise at.refusal(
                _("it does not know {name}; it takes {names}.", name=_shown(name), names=takes), name
            )
    for key in keys.values():
        if key.name not in found and not key.may_be_left_out:
            raise at.refusal(
                _("{name} is missing: {allowed}.", name=key.name, allowed=_allowed(key)), key.name
            )
    values = {name: _value(found[name], key, at) for name, key in keys.items() if name in found}
    if kind in _EITHER and ("days" in values) == ("change" in values):
        raise at.refusal(_("give either days, the new terms, or change, the days more or less."), "days")
    return Lever(kind=kind, **_selection(found, at), **values)


def _selection(found: Mapping[str, Any], at: _Where) -> dict[str, Any]:
    segment, customers = found.get("segment"), found.get("customers")
    if segment is not None and customers is not None:
        raise at.refusal(_("give a segment or customers, not both."), "segment")
    if segment is not None and not isinstance(segment, str):
        raise at.refusal(_('segment must be a text, like segment = "retail".'), "segment")
    if customers is None:
        return {"segment": segment}
    is_list = isinstance(customers, list) and all(isinstance(one, str) and one for one in customers)
    if not is_list or not 1 <= len(customers) <= _MOST_CUSTOMERS:
        raise at.refusal(
            _('customers must be a list of customer numbers, like customers = ["C1", "C2"].'), "customers"
        )
    return {"customers": tuple(dict.fromkeys(customers))}


def _value(found: object, key: Key, at: _Where) -> Any:
    """Return what a key holds as what it is; refuse what it may not hold."""
    if key.kind == "day":
        is_day = isinstance(found, date) and not isinstance(found, datetime)
        value: Any = found if is_day and found.year in _YEARS else None  # type: ignore[attr-defined]
    else:
        value = _number(found, key)
    if value is None:
        raise at.refusal(
            _(
                "{name} must be {allowed}, not {value}.",
                name=key.name,
                allowed=_allowed(key),
                value=_shown(found),
            ),
            key.name,
        )
    return value


def _number(found: object, key: Key) -> int | Decimal | None:
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        return None
    value = Decimal(found)
    if not value.is_finite() or not key.low <= value <= key.high:
        return None
    if key.kind == "whole":
        return int(value) if isinstance(found, int) else None
    if key.kind == "money":
        return value.quantize(_CENT) if value == value.quantize(_CENT) else None
    return value if value == round(value, _PLACES) else None


def _allowed(key: Key) -> str:
    """Say what a key takes."""
    values = {"low": key.low, "high": key.high}
    match key.kind:
        case "day":
            return _(
                "a day of the years {first} to {last}, written like 2026-12-01 without quotes",
                first=_YEARS[0],
                last=_YEARS[-1],
            )
        case "whole":
            return _("a whole number from {low} to {high}", **values)
        case "money" if key.low == 0:
            return _("an amount from 0.00, with at most two decimals")
        case "money":
            return _("an amount with at most two decimals")
    return _("a number from {low} to {high}", **values)


def _shown(value: object) -> str:
    """Return a value as it may be shown: a text in quotes, a day or number as written, nothing long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal | date):
        return _short(str(value))
    return _short(repr(value))


def _short(text: str) -> str:
    text = "".join(letter if letter.isprintable() else " " for letter in text).rstrip(".")
    return text if len(text) <= 2 * _LONGEST_SHOWN else f"{text[: 2 * _LONGEST_SHOWN]}…"


def _quoted(text: str) -> str:
    """Return a basic string of TOML: JSON's, and what controls JSON leaves as they are."""
    written = json.dumps(text, ensure_ascii=False)
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _written(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)
