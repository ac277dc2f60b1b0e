"""Lever `target`: no more than an amount may be overdue on a day; it moves no money."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from data.message_templates import Message, template
from reports.answers.whatif.lever import MOST_MONEY, Key, Lever
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect, LeverKind
from reports.formats import number
from reports.translation import _, _p

_DATE_PAST = template("date must be after the last day known, {day}.")


def _target(lever: Lever) -> tuple[date, Decimal]:
    return lever.day("date") or date.min, lever.decimal("max_overdue") or Decimal("0.00")


def _assumptions(_effect: LeverEffect, _context: LeverContext) -> Iterator[str]:
    yield _("it moves no money: it tells which open invoices have to come in.")


def _refusal(lever: Lever, context: LeverContext) -> tuple[str, Message] | None:
    day = lever.day("date")
    if day is None or day > context.as_of:
        return None
    return "date", _DATE_PAST(day=context.as_of)


TARGET = LeverKind(
    name="target",
    label=lambda: _("Target for overdue"),
    help=lambda: _("Which open invoices have to come in; it moves no money."),
    keys=(
        Key("date", "day", label=lambda: _p("field", "On")),
        Key("max_overdue", "money", 0, MOST_MONEY, label=lambda: _("Overdue at most")),
    ),
    first_values=lambda as_of: {"date": date(as_of.year, 12, 31), "max_overdue": Decimal(0)},
    summary=lambda lever: number(lever.decimal("max_overdue")),
    assumptions=_assumptions,
    target=_target,
    refusal=_refusal,
    has_start=False,
    may_repeat=True,
)
