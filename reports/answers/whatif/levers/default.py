"""Lever `default`: customers fail, and only part of their debt is recovered."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from forecasting.arrays import Bools, number
from forecasting.whatif import effects
from forecasting.whatif.cash_flows import Flows
from reports.answers.whatif.customer_reactions import CustomerReactions
from reports.answers.whatif.lever import Key
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect, LeverKind
from reports.formats import in_sentence
from reports.translation import _, _p


def _receipts(
    effect: LeverEffect, flows: Flows, which: Bools, _reactions: CustomerReactions, _start: date
) -> tuple[Flows, LeverEffect]:
    day = effect.lever.day("date")
    first = number(day) if day is not None else flows.origin
    return effects.recover_part(flows, which, float(effect.lever.decimal("recovery") or 0), first), effect


def _assumptions(effect: LeverEffect, context: LeverContext) -> Iterator[str]:
    day = effect.lever.day("date")
    if day is not None and day > context.last_day:
        yield _("{day} is in none of the weeks: it changes nothing.", day=in_sentence(day))


DEFAULT = LeverKind(
    name="default",
    label=lambda: _("A customer fails"),
    help=lambda: _("From this day on only part of the debt comes in."),
    keys=(
        Key("date", "day", label=lambda: _p("field", "From")),
        Key("recovery", "share", 0, 1, label=lambda: _("Share that still comes in, %")),
    ),
    first_values=lambda as_of: {"date": as_of + timedelta(days=1), "recovery": Decimal(0)},
    summary=lambda _lever: "",
    assumptions=_assumptions,
    receipts=_receipts,
    stronger=lambda _lever, _ground: ("recovery", Decimal(0)),
    is_for_one_customer=True,
    has_start=False,
)
