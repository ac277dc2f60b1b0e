"""Lever `terms`: other payment terms for the invoices issued from the start date."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from data.message_templates import template
from forecasting.arrays import Bools, Floats, Ints, number
from forecasting.whatif import effects
from forecasting.whatif.cash_flows import Flows
from reports.answers.whatif.customer_reactions import CustomerReactions, lever_documents
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.lever import Key, Lever
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect, LeverKind
from reports.answers.whatif.levers.days_or_change import (
    DAYS_OR_CHANGE,
    KEYS,
    stronger_terms,
    terms_summary,
)
from reports.answers.whatif.outcome_figures import forward_sentence
from reports.answers.whatif.refusals import lever_refusal
from reports.formats import in_sentence
from reports.formats import number as number_text
from reports.translation import _

_SHORTEST, _LONGEST = 0, 365  # days
_OUT_OF_BOUNDS = template(
    "a change of {change} days makes terms of {days} days; they can be {low} to {high}."
)


def _receipts(
    effect: LeverEffect, flows: Flows, which: Bools, reactions: CustomerReactions, start: date
) -> tuple[Flows, LeverEffect]:
    which = which & effects.coming_invoices(flows, number(start))
    if not which.any():
        return flows, replace(effect, has_documents=False)
    before = (flows.due - flows.issued).astype(np.float64)
    after = _new_terms(effect, before, which)
    # Terms outside the bounds stay possible: only a change that takes them further out is clipped.
    clipped = np.clip(after, np.minimum(before, _SHORTEST), np.maximum(before, _LONGEST))
    pass_through, effect = _pass_through(effect, flows, which, reactions)
    effect = replace(effect, is_clipped=bool((clipped != after)[which].any()))
    return effects.change_terms(flows, which, clipped, pass_through), effect


def _new_terms(effect: LeverEffect, before: Floats, which: Bools) -> Floats:
    """Return the terms asked for, shape (n,); refuse them where the usual ones leave the bounds.

    Raises:
        ScenarioError: the median of the new terms is out of bounds, and further than it was.
    """
    terms, change = effect.lever.whole("days"), effect.lever.whole("change")
    after = np.full(len(before), float(terms)) if terms is not None else before + (change or 0)
    usual_after, usual_before = float(np.median(after[which])), float(np.median(before[which]))
    if not min(usual_before, _SHORTEST) <= usual_after <= max(usual_before, _LONGEST):
        raise lever_refusal(
            effect.number,
            effect.lever.kind,
            _OUT_OF_BOUNDS(
                change=change,
                days=round(usual_after),
                low=_SHORTEST,
                high=_LONGEST,
            ),
            "change",
        )
    return after


def _pass_through(
    effect: LeverEffect, flows: Flows, which: Bools, reactions: CustomerReactions
) -> tuple[Floats, LeverEffect]:
    """Return the pass-through of each document, and the effect with its value, bounds and basis."""
    given = effect.lever.decimal("pass_through")
    if given is not None:
        value = float(given)
        return np.full(len(which), value), replace(effect, pass_through=(value, value, value))
    customers: Ints = flows.customer[which]
    amounts = np.abs(flows.amount[which])
    weights = amounts / amounts.sum() if amounts.sum() > 0 else np.full(len(amounts), 1 / len(amounts))
    estimate = reactions.pass_through
    value, low, high = (
        float(side[customers] @ weights) for side in (estimate.value, estimate.low, estimate.high)
    )
    paid_invoices = int(estimate.paid_invoices[np.unique(customers)].sum())
    effect = replace(effect, pass_through=(value, low, high), paid_invoices=paid_invoices)
    return reactions.expected_pass_through[flows.customer], effect


def _assumptions(effect: LeverEffect, context: LeverContext) -> Iterator[str]:
    yield _("only invoices issued from {start} get the new terms.", start=in_sentence(context.start))
    if effect.pass_through is None:
        return
    value, low, high = (number_text(bound, 2) for bound in effect.pass_through)
    if effect.paid_invoices is None:
        yield _("per day of other terms customers pay {value} days later or earlier, as given.", value=value)
    elif effect.paid_invoices == 0:
        yield _(
            "per day of other terms customers are taken to pay {value} days later or earlier, between {low} "
            "and {high}: what other ledgers show, for here nobody had invoices on different terms.",
            value=value,
            low=low,
            high=high,
        )
    else:
        yield _(
            "per day of other terms customers are taken to pay {value} days later or earlier, between {low} "
            "and {high}: estimated per customer from {count} paid invoices on other terms than usual, and "
            "drawn to what other ledgers show where there are few.",
            value=value,
            low=low,
            high=high,
            count=number_text(effect.paid_invoices),
        )
    if effect.is_clipped:
        yield _("terms that would leave {low} to {high} days stop there.", low=_SHORTEST, high=_LONGEST)


def _stronger(lever: Lever, ground: Ground) -> tuple[str, Decimal | int] | None:
    return stronger_terms(lever, _usual_days(lever, ground))


def _usual_days(lever: Lever, ground: Ground) -> float | None:
    """Return the median terms of the coming invoices a lever is for; None where they are not known."""
    flows = ground.flows
    if flows is None or ground.reactions is None:
        return None
    which = lever_documents(lever, ground.reactions, flows) & flows.is_coming & ~flows.is_note
    return float(np.median((flows.due - flows.issued)[which])) if which.any() else None


TERMS = LeverKind(
    name="terms",
    label=lambda: _("Payment term"),
    help=lambda: _("Invoices issued from the start date get other terms."),
    # The screen draws the pass-through as a slider beside the estimate.
    keys=(*KEYS, Key("pass_through", "share", 0, Decimal("1.5"), may_be_left_out=True)),
    first_values=lambda _as_of: {"days": 14, "change": -14},
    summary=terms_summary,
    headline=forward_sentence,
    assumptions=_assumptions,
    receipts=_receipts,
    stronger=_stronger,
    alternatives=DAYS_OR_CHANGE,
)
