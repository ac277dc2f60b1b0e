"""A lever in a few words, and a value of one of its keys."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from reports.answers.whatif.lever import Key, Lever
from reports.answers.whatif.levers import kind_of
from reports.formats import days, in_sentence, money_short, number, percent
from reports.translation import _, _p


def lever_summary(lever: Lever, names: Mapping[str, str], first: date | None = None) -> str:
    """Return a lever in a few words: what it does, for whom, and from when where it starts later than others.

    Args:
        lever: of a scenario.
        names: customer_id -> name.
        first: first day the levers of the scenario work.
    """
    kind = kind_of(lever)
    values = kind.summary(lever)
    if values is None:
        return _("{lever}: unchanged", lever=kind.label())
    parts = [f"{kind.label()} {values}".strip(), _customers(lever, names)]
    if first is not None and lever.start is not None and lever.start > first and kind.has_start:
        parts.append(_("from {day}", day=in_sentence(lever.start)))
    return ", ".join(part for part in parts if part)


def lever_subject(lever: Lever, names: Mapping[str, str]) -> str:
    """Return a lever that changes something in a few words, with its customers unless it is for everybody."""
    kind = kind_of(lever)
    words = f"{kind.label()} {kind.summary(lever) or ''}".strip()
    return ", ".join(part for part in (words, lever_customers(lever, names)) if part)


def lever_customers(lever: Lever, names: Mapping[str, str]) -> str:
    """Return for whom a lever is; empty for everybody."""
    return _customers(lever, names) if lever.segment is not None or lever.customers else ""


def _customers(lever: Lever, names: Mapping[str, str]) -> str:
    if lever.segment is not None:
        return lever.segment
    if not lever.customers:
        return _p("word", "everybody") if kind_of(lever).is_for_customers else ""
    first, others = names.get(lever.customers[0], lever.customers[0]), len(lever.customers) - 1
    return _("{customer} and {count} more", customer=first, count=number(others)) if others else first


def value_text(key: Key, value: Decimal | float) -> str:
    """Return the value of a key as short as a figure needs it."""
    match key.kind:
        case "share":
            return percent(value, 0)
        case "percent":
            return f"{number(value, 0, sign=key.is_signed)}%"
        case "money":
            return money_short(Decimal(value))
    return ("+" if key.is_signed and value > 0 else "") + days(value, short=True)
