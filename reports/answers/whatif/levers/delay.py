"""Lever `delay`: customers pay a number of days later."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from forecasting.arrays import Bools, number
from forecasting.whatif import effects
from forecasting.whatif.cash_flows import Flows
from reports.answers.whatif.customer_reactions import CustomerReactions
from reports.answers.whatif.lever import Key
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect, LeverKind, half_again
from reports.answers.whatif.levers.days_or_change import days_with_sign
from reports.answers.whatif.outcome_figures import peak_sentence
from reports.formats import in_sentence
from reports.translation import _


def _receipts(
    effect: LeverEffect, flows: Flows, which: Bools, _reactions: CustomerReactions, start: date
) -> tuple[Flows, LeverEffect]:
    days = np.full(len(flows.customer), float(effect.lever.whole("days") or 0))
    return effects.delay(flows, which, days, number(start)), effect


def moves_from_start(_effect: LeverEffect, context: LeverContext) -> Iterator[str]:
    """Yield that only payments from the start date on move."""
    yield _("it moves what would be paid on {start} or later.", start=in_sentence(context.start))


DELAY = LeverKind(
    name="delay",
    label=lambda: _("Customers pay later"),
    help=lambda: _("Payments from the start date on come this many days later."),
    keys=(Key("days", "whole", 0, 365, label=lambda: _("Days later")),),
    first_values=lambda _as_of: {"days": 14},
    summary=lambda lever: days_with_sign(lever.whole("days")),
    headline=peak_sentence,
    assumptions=moves_from_start,
    receipts=_receipts,
    stronger=half_again("days"),
    is_for_one_customer=True,
)
