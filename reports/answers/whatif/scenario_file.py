"""A what-if scenario as TOML: read, checked key by key, written again; file, store and screen share it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli_w

from data.errors import ScenarioError, TomlError
from data.message_templates import Message
from data.toml_text import parse_toml
from reports.answers import sentences
from reports.answers.whatif.lever import MOST_MONEY, Key, Lever, Scenario, Value
from reports.answers.whatif.levers import KINDS, kind_of
from reports.answers.whatif.refusals import Refuse, lever_refusal, scenario_refusal

_YEARS = range(1900, 2200)  # a date in a file must be in one of these
_CENT = Decimal("0.01")
_CONTROL = re.compile("[\x80-\x9f\u2028\u2029]")
_MOST_LEVERS, _MOST_CUSTOMERS = 50, 10_000
_PLACES = 8  # decimals of a percentage or share
_LONGEST_NAME, _LONGEST_FILE, _LONGEST_VALUE = 100, 1_000_000, 80

_OWN_KEYS = (
    Key("start", "day", may_be_left_out=True),
    Key("minimum_cash", "money", -MOST_MONEY, MOST_MONEY, may_be_left_out=True),
    Key("credit_line", "money", 0, MOST_MONEY, may_be_left_out=True),
)
_LEVER_START = Key("start", "day", may_be_left_out=True)


def read(path: Path) -> Scenario:
    """Read a scenario from a file.

    Raises:
        ScenarioError: it is too large, no text, or `parse` refuses it.
    """
    with path.open("rb") as file:
        raw = file.read(_LONGEST_FILE + 1)
    if len(raw) > _LONGEST_FILE:
        raise ScenarioError(sentences.SCENARIO_TOO_LARGE(file=path.name))
    try:
        return parse(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ScenarioError(sentences.SCENARIO_NOT_UTF_8(file=path.name)) from None


def parse(text: str) -> Scenario:
    """Read a scenario and check everything that can be checked without the books.

    Raises:
        ScenarioError: one sentence about the first fault, with its lever and key.
    """
    try:
        document = parse_toml(text, parse_float=Decimal)
    except TomlError as error:
        raise ScenarioError(sentences.SCENARIO_NOT_TOML(cause=error.message)) from None
    own_keys = {key.name: key for key in _OWN_KEYS}
    for name in document:
        if name not in {"name", "lever", *own_keys}:
            raise ScenarioError(
                sentences.SCENARIO_KEY_UNKNOWN(
                    name=_as_written(name), names=", ".join(["name", *own_keys, "lever"])
                ),
                field=name,
            )
    values: dict[str, Any] = {
        name: _value(document[name], key, scenario_refusal)
        for name, key in own_keys.items()
        if name in document
    }
    levers = tuple(_levers(document.get("lever", [])))
    _check_starts(levers, values.get("start"))
    return Scenario(name=_name(document), **values, levers=levers)


def _check_starts(levers: tuple[Lever, ...], first: date | None) -> None:
    for number, lever in enumerate(levers, start=1):
        if lever.start is not None and first is not None and lever.start < first:
            reason = sentences.LEVER_BEFORE_SCENARIO(day=lever.start, first=first)
            raise lever_refusal(number, lever.kind, reason, "start")


def to_toml(scenario: Scenario) -> str:
    """Write a scenario; reading it again gives the same one."""
    own = {"name": scenario.name} | {key.name: getattr(scenario, key.name) for key in _OWN_KEYS}
    # One lever at a time: the library would write short ones as tables on one line.
    levers = (f"\n[[lever]]\n{_toml(_lever_table(lever))}" for lever in scenario.levers)
    return _toml(own) + "".join(levers)


def _lever_table(lever: Lever) -> dict[str, object]:
    values = {key.name: lever.values.get(key.name) for key in kind_of(lever).keys}
    selection = {"segment": lever.segment, "customers": lever.customers or None, "start": lever.start}
    return {"kind": lever.kind, **selection, **values}


def _toml(table: Mapping[str, object]) -> str:
    """Write the keys of a table that have a value.

    The library writes U+0080 to U+009F as they are, and the store takes no row with control characters.
    """
    text = tomli_w.dumps(
        {name: _without_point(value) for name, value in table.items() if value is not None}, indent=2
    )
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _without_point(value: object) -> object:
    """Return a whole number as one: the library would write `20.0`, and `1e+2` for a hundred."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else None
    is_whole = isinstance(exponent, int) and exponent >= 0
    return int(value) if is_whole else value  # type: ignore[call-overload]


def _name(document: Mapping[str, Any]) -> str:
    name = document.get("name")
    if name is None:
        raise scenario_refusal(sentences.NAME_MISSING(), "name")
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise scenario_refusal(sentences.NAME_NOT_A_TEXT(most=_LONGEST_NAME), "name")
    return name.strip()


def _levers(tables: object) -> Iterator[Lever]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise scenario_refusal(sentences.LEVERS_NOT_TABLES(), "lever")
    if len(tables) > _MOST_LEVERS:
        raise scenario_refusal(sentences.TOO_MANY_LEVERS(count=len(tables), most=_MOST_LEVERS), "lever")
    for number, table in enumerate(tables, start=1):
        yield _lever(number, table)


def _lever(number: int, table: Mapping[str, Any]) -> Lever:
    kind = _kind(number, table)

    def refuse(reason: Message, field: str) -> ScenarioError:
        return lever_refusal(number, kind, reason, field)

    keys = {key.name: key for key in KINDS[kind].keys}
    for name in table:
        if name not in {"kind", "segment", "customers", "start", *keys}:
            takes = ", ".join([*keys, "segment", "customers", "start"])
            raise refuse(sentences.KEY_UNKNOWN(name=_as_written(name), names=takes), name)
    for key in keys.values():
        if key.name not in table and not key.may_be_left_out:
            raise refuse(sentences.KEY_MISSING(name=key.name, allowed=_allowed(key)), key.name)
    values = {name: _value(table[name], key, refuse) for name, key in keys.items() if name in table}
    alternatives = KINDS[kind].alternatives
    if alternatives is not None and sum(name in values for name in alternatives.labels) != 1:
        raise refuse(alternatives.refusal, next(iter(alternatives.labels)))
    start: Any = _value(table["start"], _LEVER_START, refuse) if "start" in table else None
    return Lever(kind, values, **_selection(table, refuse), start=start)


def _kind(number: int, table: Mapping[str, Any]) -> str:
    kind = table.get("kind")
    kinds = ", ".join(KINDS)
    if kind is None:
        raise lever_refusal(number, "", sentences.KIND_MISSING(kinds=kinds), "kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise lever_refusal(number, "", sentences.KIND_UNKNOWN(kind=_as_written(kind), kinds=kinds), "kind")
    return kind


def _selection(table: Mapping[str, Any], refuse: Refuse) -> dict[str, Any]:
    segment, customers = table.get("segment"), table.get("customers")
    if segment is not None and customers is not None:
        raise refuse(sentences.SEGMENT_OR_CUSTOMERS(), "segment")
    if segment is not None and not isinstance(segment, str):
        raise refuse(sentences.SEGMENT_NOT_A_TEXT(), "segment")
    if customers is None:
        return {"segment": segment}
    is_list = isinstance(customers, list) and all(isinstance(name, str) and name for name in customers)
    if not is_list or not 1 <= len(customers) <= _MOST_CUSTOMERS:
        raise refuse(sentences.CUSTOMERS_NOT_A_LIST(), "customers")
    return {"customers": tuple(dict.fromkeys(customers))}


def _value(raw: object, key: Key, refuse: Refuse) -> Value:
    """Return the value of a key in its own type; refuse one it may not hold."""
    value: Value | None
    if key.kind == "day":
        is_day = isinstance(raw, date) and not isinstance(raw, datetime)
        value = raw if is_day and raw.year in _YEARS else None  # type: ignore[attr-defined, assignment]
    else:
        value = _number(raw, key)
    if value is None:
        raise refuse(
            sentences.NOT_ALLOWED(name=key.name, allowed=_allowed(key), value=_as_written(raw)),
            key.name,
        )
    return value


def _number(raw: object, key: Key) -> int | Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        return None
    value = Decimal(raw)
    if not value.is_finite() or not key.low <= value <= key.high:
        return None
    if key.kind == "whole":
        return int(value) if isinstance(raw, int) else None
    if key.kind == "money":
        return value.quantize(_CENT) if value == value.quantize(_CENT) else None
    return value if value == round(value, _PLACES) else None


def _allowed(key: Key) -> Message:
    """Return in words what a key takes."""
    bounds = {"low": key.low, "high": key.high}
    match key.kind:
        case "day":
            return sentences.A_DAY(first=_YEARS[0], last=_YEARS[-1])
        case "whole":
            return sentences.A_WHOLE_NUMBER(**bounds)
        case "money" if key.low == 0:
            return sentences.AN_AMOUNT_FROM_ZERO()
        case "money":
            return sentences.AN_AMOUNT()
    return sentences.A_NUMBER(**bounds)


def _as_written(value: object) -> str:
    """Return a value for a sentence: a text in quotes, a day or number as in the file, nothing long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal | date):
        return _short(str(value))
    return _short(repr(value))


def _short(text: str) -> str:
    text = "".join(letter if letter.isprintable() else " " for letter in text).rstrip(".")
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
