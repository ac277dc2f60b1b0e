"""Lever `instalments`: customers pay in equal parts."""

from datetime import date

from forecasting.arrays import Bools, number
from forecasting.whatif import effects
from forecasting.whatif.cash_flows import Flows
from reports.answers.whatif.customer_reactions import CustomerReactions
from reports.answers.whatif.lever import Key, Lever
from reports.answers.whatif.lever_kind import LeverEffect, LeverKind, half_again
from reports.answers.whatif.levers.delay import moves_from_start
from reports.answers.whatif.outcome_figures import peak_sentence
from reports.translation import _, _p


def _receipts(
    effect: LeverEffect, flows: Flows, which: Bools, _reactions: CustomerReactions, start: date
) -> tuple[Flows, LeverEffect]:
    parts, every = effect.lever.whole("parts") or 1, effect.lever.whole("every_days") or 0
    return effects.pay_in_instalments(flows, which, parts, every, number(start)), effect


def _summary(lever: Lever) -> str:
    return _("{count} parts", count=lever.whole("parts"))


INSTALMENTS = LeverKind(
    name="instalments",
    label=lambda: _("Payment in instalments"),
    help=lambda: _("Payments from the start date on come in equal parts."),
    keys=(
        Key("parts", "whole", 2, 36, label=lambda: _p("field", "Parts")),
        Key("every_days", "whole", 1, 180, label=lambda: _("Days between parts")),
    ),
    first_values=lambda _as_of: {"parts": 3, "every_days": 30},
    summary=_summary,
    headline=peak_sentence,
    assumptions=moves_from_start,
    receipts=_receipts,
    stronger=half_again("every_days"),
    is_for_one_customer=True,
)
