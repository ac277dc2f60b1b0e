"""Lever `discount`: customers that pay early deduct a discount."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from forecasting.arrays import Bools, number
from forecasting.whatif import effects
from forecasting.whatif.cash_flows import Flows
from reports.answers.whatif.customer_reactions import CustomerReactions
from reports.answers.whatif.lever import Key, Lever
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect, LeverKind, half_again
from reports.answers.whatif.outcome_figures import OutcomeFigures, cost_of_money_text
from reports.formats import about, days, in_sentence, percent
from reports.formats import money as money_text
from reports.formats import number as number_text
from reports.translation import _

_YEAR = 365


def _receipts(
    effect: LeverEffect, flows: Flows, which: Bools, reactions: CustomerReactions, start: date
) -> tuple[Flows, LeverEffect]:
    lever = effect.lever
    which = which & effects.coming_invoices(flows, number(start))
    share, discount_days = float(lever.decimal("percent") or 0) / 100, lever.whole("days") or 0
    if not which.any():
        return flows, replace(effect, has_documents=False)
    money = flows.by_day[which]
    days_to_pay = np.arange(flows.span)[None, :] + flows.origin + 1 - flows.issued[which, None]
    expected = money.sum()
    saved = float((money * days_to_pay).sum() / expected) - discount_days if expected > 0 else None
    rate = yearly_rate(share, saved) if saved is not None and saved > 0 and share < 1 else None
    band = None
    if saved is not None and rate is not None:
        weights, customer = money.sum(axis=1) / expected, flows.customer[which]
        earlier, later = (
            float(days[customer] @ weights) for days in (reactions.days_earlier, reactions.days_later)
        )
        band = yearly_rate(share, saved + later), yearly_rate(share, saved - earlier)
    uptake = float(lever.decimal("uptake") or 0)
    after = effects.give_discount(flows, which, share, discount_days, uptake)
    return after, replace(effect, days_saved=saved, yearly_rate=rate, yearly_rate_band=band)


def yearly_rate(share: float, days: float) -> float:
    """Return what a discount costs a year: share / (1 - share) x 365 / days; infinite where no day is saved.

    Args:
        share: of the amount, 0-1, less than 1.
        days: that the payment comes earlier.
    """
    return share / (1 - share) * _YEAR / days if days > 0 else math.inf


def _headline(figures: OutcomeFigures) -> str:
    """Return the cash brought forward, its price and, only where every payment pattern agrees, a verdict."""
    values = {
        "lever": _discount_for(figures),
        "amount": about(abs(figures.last), figures.currency),
        "cost": money_text(figures.forgone, figures.currency, 0),
        "money_costs": cost_of_money_text(figures.cost_of_money),
    }
    if figures.yearly_rate is None or figures.last <= 0:
        return _("{lever} brings nothing forward and costs {cost}", **values)
    values["rate"] = percent(figures.yearly_rate)
    cheapest, dearest = figures.yearly_rate_band or (figures.yearly_rate, figures.yearly_rate)
    if cheapest > figures.cost_of_money:
        return _(
            "{lever} brings {amount} forward and costs {cost}: {rate} a year against {money_costs} at the "
            "bank, not worth it",
            **values,
        )
    if dearest < figures.cost_of_money:
        return _(
            "{lever} brings {amount} forward and costs {cost}: {rate} a year against {money_costs} at the "
            "bank, worth it",
            **values,
        )
    return _(
        "{lever} brings {amount} forward and costs {cost}: {rate} a year against {money_costs} at the bank",
        **values,
    )


def _discount_for(figures: OutcomeFigures) -> str:
    discount = _percent(figures.lever)
    if figures.customers:
        return _("{percent}% discount for {customers}", percent=discount, customers=figures.customers)
    return _("{percent}% discount", percent=discount)


def _assumptions(effect: LeverEffect, context: LeverContext) -> Iterator[str]:
    yield _(
        "for invoices issued from {start}; {uptake} of their amounts is paid on the discount day.",
        start=in_sentence(context.start),
        uptake=percent(effect.lever.decimal("uptake"), 0),
    )
    if effect.days_saved is not None and effect.yearly_rate is not None:
        yield _(
            "the discount brings that part forward by {days} and costs {rate} a year; it pays where "
            "money costs more than that.",
            days=days(effect.days_saved, 1),
            rate=percent(effect.yearly_rate),
        )
    elif effect.days_saved is not None:
        yield _("the discount day is no earlier than these customers pay: it brings nothing forward.")


def _summary(lever: Lever) -> str:
    return _("{percent}% within {days} days", percent=_percent(lever), days=lever.whole("days"))


def _percent(lever: Lever) -> str:
    discount = lever.decimal("percent")
    return number_text(discount, 0 if discount is not None and discount == int(discount) else 1)


DISCOUNT = LeverKind(
    name="discount",
    label=lambda: _("Early-payment discount"),
    help=lambda: _("Part of the invoices issued from the start date is paid early, less the discount."),
    keys=(
        Key("percent", "percent", 0, 100, label=lambda: _("Discount, %")),
        Key("days", "whole", 0, 365, label=lambda: _("Pay within, days")),
        Key("uptake", "share", 0, 1, label=lambda: _("Share of the amounts that takes it, %")),
    ),
    first_values=lambda _as_of: {"percent": Decimal(2), "days": 8, "uptake": Decimal("0.3")},
    summary=_summary,
    headline=_headline,
    assumptions=_assumptions,
    receipts=_receipts,
    stronger=half_again("uptake"),
    gives_discount=True,
)
