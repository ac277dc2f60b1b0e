"""Lever `effort`: reminders bring payments forward, within what the ledger has shown of each customer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from forecasting.arrays import Bools, number
from forecasting.whatif import effects
from forecasting.whatif.cash_flows import Flows
from reports.answers.whatif.customer_reactions import CustomerReactions
from reports.answers.whatif.lever import Key
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect, LeverKind, half_again
from reports.answers.whatif.levers.days_or_change import days_with_sign
from reports.answers.whatif.outcome_figures import forward_sentence
from reports.formats import days
from reports.translation import _


def _receipts(
    effect: LeverEffect, flows: Flows, which: Bools, reactions: CustomerReactions, start: date
) -> tuple[Flows, LeverEffect]:
    wanted = float(effect.lever.whole("days") or 0)
    moves = np.clip(wanted, -reactions.days_earlier, reactions.days_later)[flows.customer]
    weights = np.abs(flows.amount) * which
    mean = float(moves @ weights / weights.sum()) if weights.sum() > 0 else 0.0
    return effects.delay(flows, which, moves, number(start)), replace(effect, mean_days=mean)


def _assumptions(effect: LeverEffect, _context: LeverContext) -> Iterator[str]:
    if effect.mean_days is not None:
        yield _(
            "of {asked} asked, {days} on average: no customer is moved further than from its usual "
            "lateness to its better or worse quarter of payments.",
            asked=days(effect.lever.whole("days")),
            days=days(effect.mean_days, 1),
        )


EFFORT = LeverKind(
    name="effort",
    label=lambda: _("Reminder effort"),
    help=lambda: _("Fewer days is earlier. No customer moves beyond its own better or worse quarter."),
    keys=(Key("days", "whole", -60, 60, label=lambda: _("Days later; earlier is negative")),),
    first_values=lambda _as_of: {"days": -5},
    summary=lambda lever: days_with_sign(lever.whole("days")),
    headline=forward_sentence,
    assumptions=_assumptions,
    receipts=_receipts,
    stronger=half_again("days"),
)
